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
import dev.graft.targets.TargetKind;
import dev.graft.targets.Targets;
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
     * @param targets what is true of them
     * @param answers what the network says of them: calibrated probabilities, or numbers, (examples, names)
     * @param rows their features, (examples, features)
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Held(Targets targets, float[][] answers, float[] rows) {}

    /**
     * A record.
     *
     * @param cuts where each branch's features are taken
     * @param targets how many of the statistics' last columns are targets
     * @param distances to the classes of the statistics
     * @param held examples that the statistics are not of; null if there are none
     */
    public static ClassRecord of(
            List<Cut> cuts,
            ClassStatistics statistics,
            int targets,
            ClassDistances distances,
            DiscriminantStrength strength,
            @Nullable Held held) {
        if (held == null || held.targets().size() == 0) {
            return new ClassRecord(cuts, statistics, targets, strength.shrinkage(), strength.temperature(), null, null);
        }
        int width = statistics.width() - targets;
        HeldOut heldOut = new HeldOut(
                held.targets(), held.answers(), distances(distances, held.rows(), width), kept(held.rows(), width));
        UnknownRule rule = UnknownRule.choose(heldOut.distances(), heldOut.confidences(), UnknownInputs.ALLOWED_SHARE);
        return new ClassRecord(cuts, statistics, targets, strength.shrinkage(), strength.temperature(), heldOut, rule);
    }

    /**
     * The statistics of examples: of each class or grade its own; of several labels and numbers those of all examples, each with its
     * targets behind its features.
     *
     * @param rows (examples, features)
     * @param width the number of features
     */
    public static ClassStatistics statistics(float[] rows, int width, Targets targets) {
        TargetKind kind = targets.kind();
        int count = targets.size();
        if (kind.isOneOfNames()) {
            return ClassStatistics.of(
                    rows, width, targets.labels(), kind.names().size());
        }
        int all = width + kind.width();
        float[] together = new float[Math.multiplyExact(count, all)];
        for (int i = 0; i < count; i++) {
            System.arraycopy(rows, i * width, together, i * all, width);
            for (int k = 0; k < kind.width(); k++) {
                together[i * all + width + k] = (float) targets.value(i, k);
            }
        }
        return ClassStatistics.of(together, all, new int[count], 1);
    }

    /** How many of the columns of such statistics are targets. */
    public static int targets(TargetKind kind) {
        return kind.isOneOfNames() ? 0 : kind.width();
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
