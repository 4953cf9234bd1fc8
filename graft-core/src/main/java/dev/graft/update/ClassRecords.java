package dev.graft.update;

import dev.graft.evaluation.UnknownInputs;
import dev.graft.feature.Cut;
import dev.graft.model.ClassRecord;
import dev.graft.model.HeldOut;
import dev.graft.model.HeldOut.KeptFeatures;
import dev.graft.statistics.ClassDistances;
import dev.graft.statistics.ClassDistances.Distance;
import dev.graft.statistics.ClassStatistics;
import dev.graft.statistics.UnknownRule;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes records of classes from features. */
public final class ClassRecords {
    /** More values are not kept of held-out examples: two mebibytes. */
    private static final int MOST_VALUES = 1 << 19;

    private ClassRecords() {}

    /**
     * Held-out examples.
     *
     * @param labels their classes
     * @param probabilities what the network says of them, calibrated, (examples, classes)
     * @param rows their features, (examples, features)
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Held(int[] labels, float[][] probabilities, float[] rows) {}

    /**
     * A record.
     *
     * @param cuts where each branch's features are taken
     * @param distances to the classes of the statistics
     * @param held examples that the statistics are not of; null if there are none
     */
    public static ClassRecord of(
            List<Cut> cuts,
            ClassStatistics statistics,
            ClassDistances distances,
            DiscriminantStrength strength,
            @Nullable Held held) {
        if (held == null || held.labels().length == 0) {
            return new ClassRecord(cuts, statistics, strength.shrinkage(), strength.temperature(), null, null);
        }
        HeldOut heldOut = new HeldOut(
                held.labels(),
                held.probabilities(),
                distances(distances, held.rows(), statistics.width()),
                kept(held.rows(), statistics.width()));
        UnknownRule rule = UnknownRule.choose(heldOut.distances(), heldOut.confidences(), UnknownInputs.ALLOWED_SHARE);
        return new ClassRecord(cuts, statistics, strength.shrinkage(), strength.temperature(), heldOut, rule);
    }

    /** The distances of some rows. */
    public static List<Distance> distances(ClassDistances distances, float[] rows, int width) {
        return IntStream.range(0, rows.length / width)
                .parallel()
                .mapToObj(i -> distances.of(rows, i * width))
                .toList();
    }

    /** The features of as many examples as there is room for, evenly spread over them. */
    private static KeptFeatures kept(float[] rows, int width) {
        int count = rows.length / width;
        int most = Math.max(1, Math.min(count, MOST_VALUES / width));
        int[] places = IntStream.range(0, most)
                .map(i -> (int) ((long) i * count / most))
                .toArray();
        return new KeptFeatures(places, some(rows, width, places));
    }

    /** Some of the rows. */
    static float[] some(float[] rows, int width, int[] chosen) {
        float[] some = new float[chosen.length * width];
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(rows, chosen[i] * width, some, i * width, width);
        }
        return some;
    }

    /** Some of the labels. */
    static int[] some(int[] labels, int[] chosen) {
        return Arrays.stream(chosen).map(i -> labels[i]).toArray();
    }
}
