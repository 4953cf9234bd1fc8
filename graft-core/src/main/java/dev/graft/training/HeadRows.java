package dev.graft.training;

import dev.graft.data.Folds;
import dev.graft.engine.EngineMatrix;
import dev.graft.optimization.Coordinates;
import dev.graft.optimization.CrossValidatedHeads;
import dev.graft.optimization.FeatureScaling;
import dev.graft.optimization.RowLosses;
import dev.graft.targets.Targets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Features that are scaled for linear heads, to choose among these by cross-validation.
 *
 * @param values the scaled features, or, if there are more of them than rows, as many coordinates of them: (rows, width)
 * @param width the values in a row
 * @param features how many features there are
 */
@SuppressWarnings("ArrayRecordComponent")
public record HeadRows(float[] values, int width, int features) {
    private static final int FOLDS = 5;
    private static final int MANY_EXAMPLES = 300;
    private static final int FOLDS_OF_MANY = 3;

    /**
     * Scales features by all rows, without their labels: the scale of a fold's own rows would differ by next to nothing.
     *
     * @param features (rows, width), row after row
     * @param blocks the widths of the blocks of features that count the same
     */
    public static HeadRows of(float[] features, int width, List<Integer> blocks) {
        int rows = features.length / width;
        float[] scaled = FeatureScaling.of(features, width, blocks).apply(features);
        return width <= rows
                ? new HeadRows(scaled, width, width)
                : new HeadRows(Coordinates.of(EngineMatrix.innerProducts(scaled, width), rows), rows, width);
    }

    /** How many rows there are. */
    public int count() {
        return values.length / width;
    }

    /** The heads to choose from, judged on the held rows of each fold. Closed by the caller. */
    public CrossValidatedHeads heads(RowLosses losses, List<CrossValidatedHeads.Fold> folds) {
        return new CrossValidatedHeads(
                new CrossValidatedHeads.Task(losses, features), folds, rows -> EngineMatrix.single(some(rows), width));
    }

    private float[] some(int[] rows) {
        float[] some = new float[rows.length * width];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(values, rows[i] * width, some, i * width, width);
        }
        return some;
    }

    /** Stratified folds: five, or three of many examples; none if there are too few to hold any back. */
    public static List<int[]> folds(Targets targets, long seed) {
        int count = targets.size();
        int most = count > MANY_EXAMPLES ? FOLDS_OF_MANY : FOLDS;
        if (!targets.kind().isOneOfNames()) {
            return count < 4 ? List.of() : Folds.of(targets, Math.min(most, count / 2), seed);
        }
        int[] labels = targets.labels();
        int[] counts = new int[targets.kind().names().size()];
        Arrays.stream(labels).forEach(label -> counts[label]++);
        int smallest = Arrays.stream(counts).min().orElse(0);
        if (IntStream.of(counts).max().orElse(0) < 2 || count < 4) {
            return List.of();
        }
        return Folds.stratified(labels, counts.length, Math.max(2, Math.min(most, smallest)), seed);
    }
}
