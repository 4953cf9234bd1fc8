package dev.graft.transferability;

import dev.graft.error.DataException;
import dev.graft.error.Problem;

/**
 * LEEP: how probable the labels are, given what the source model takes the rows for and how its classes go with the target's
 * ones: the mean of {@code log Σ_z P(y|z) θ(x)_z}. Higher is better, at most 0. Of use where the source model has its head,
 * for ranking source models on the same rows (Nguyen et al. 2020, arXiv 2002.12462).
 */
public final class Leep {
    private static final double TOLERANCE = 1e-3;

    private Leep() {}

    /**
     * The score.
     *
     * @param probabilities the source model's outputs after softmax, (rows, source classes), row after row
     * @param sourceClasses probabilities in a row, at least 1
     * @param labels the rows' labels in the target task, 0 to {@code classes - 1}
     * @param classes of the target task, at least 2
     * @return in nats a row
     * @throws dev.graft.error.SettingsException if the sizes do not fit each other
     * @throws DataException if a row is no distribution, a label is out of range, or all rows are of one class
     */
    public static double score(float[] probabilities, int sourceClasses, int[] labels, int classes) {
        LabeledRows rows = LabeledRows.of(probabilities, sourceClasses, labels, classes);
        double[][] given = new double[classes][sourceClasses];
        double[] source = new double[sourceClasses];
        double[] row = new double[sourceClasses];
        for (int i = 0; i < labels.length; i++) {
            rows.read(i, row);
            requireDistribution(row, i);
            for (int z = 0; z < sourceClasses; z++) {
                given[labels[i]][z] += row[z];
                source[z] += row[z];
            }
        }
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            rows.read(i, row);
            double expected = 0;
            for (int z = 0; z < sourceClasses; z++) {
                expected += source[z] == 0 ? 0 : given[labels[i]][z] / source[z] * row[z];
            }
            sum += Math.log(expected);
        }
        return sum / labels.length;
    }

    private static void requireDistribution(double[] row, int number) {
        double sum = 0;
        double least = 0;
        for (double value : row) {
            sum += value;
            least = Math.min(least, value);
        }
        if (least < 0 || Math.abs(sum - 1) > TOLERANCE) {
            throw new DataException(Problem.of("LEEP needs the source model's probabilities.")
                    .where("row " + number)
                    .expected("values of at least 0 that sum to 1")
                    .found("a sum of " + sum + ", the least " + least)
                    .fix("apply softmax to the logits first"));
        }
    }
}
