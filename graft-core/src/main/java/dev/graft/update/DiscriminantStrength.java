package dev.graft.update;

import dev.graft.evaluation.Calibration;
import dev.graft.evaluation.Evaluation;
import dev.graft.optimization.CrossEntropy;
import dev.graft.statistics.ClassDistances;
import dev.graft.statistics.ClassDistances.LinearFunctions;
import dev.graft.statistics.ClassStatistics;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * How strongly the covariance of linear discriminants is shrunken, and what their logits are divided by: the pair of the lowest loss on
 * examples that the statistics are not of.
 *
 * @param shrinkage above 0, at most 1
 * @param temperature positive
 * @param accuracy of the discriminants on those examples, 0 to 1
 */
public record DiscriminantStrength(double shrinkage, double temperature, double accuracy) {
    /** That of labels and numbers, which have no discriminants. */
    public static final DiscriminantStrength UNUSED = new DiscriminantStrength(ClassDistances.SHRINKAGE, 1, Double.NaN);

    /** The logit of a class of which nothing is known. */
    static final double IMPOSSIBLE = -1e4;

    private static final double MODERATE = 0.4;
    private static final List<Double> SHRINKAGES = List.of(0.1, MODERATE, 0.9);

    /**
     * Chooses on held-out rows; without any, it is what suits most.
     *
     * @param rows (examples, features)
     * @param labels their classes
     */
    public static DiscriminantStrength of(
            ClassStatistics statistics, List<Integer> blocks, float[] rows, int[] labels) {
        if (labels.length == 0) {
            return new DiscriminantStrength(MODERATE, Math.sqrt(statistics.width()), Double.NaN);
        }
        DiscriminantStrength best = null;
        double least = Double.POSITIVE_INFINITY;
        for (double shrinkage : SHRINKAGES) {
            LinearFunctions discriminants =
                    ClassDistances.of(statistics, blocks, shrinkage).discriminants();
            // Differences of densities grow with the number of features: as they are, they bear no doubt.
            double size = Math.sqrt(statistics.width());
            Evaluation raw = evaluation(discriminants, rows, labels, size);
            Calibration calibration = Calibration.fit(raw);
            double loss = calibration.apply(raw).loss();
            if (best == null || loss < least) {
                least = loss;
                best = new DiscriminantStrength(shrinkage, size * calibration.temperature(), raw.accuracy());
            }
        }
        return Objects.requireNonNull(best);
    }

    /** Chooses on the second half of some rows, by the statistics of the first. */
    public static DiscriminantStrength byHalves(float[] rows, int[] labels, int classes, List<Integer> blocks) {
        int width = rows.length / labels.length;
        int[][] halves = {
            IntStream.range(0, labels.length).filter(i -> i % 2 == 0).toArray(),
            IntStream.range(0, labels.length).filter(i -> i % 2 == 1).toArray()
        };
        ClassStatistics first = ClassStatistics.of(
                ClassRecords.some(rows, width, halves[0]), width, ClassRecords.some(labels, halves[0]), classes);
        return first.varies()
                ? of(first, blocks, ClassRecords.some(rows, width, halves[1]), ClassRecords.some(labels, halves[1]))
                : new DiscriminantStrength(MODERATE, Math.sqrt(width), Double.NaN);
    }

    private static Evaluation evaluation(LinearFunctions discriminants, float[] rows, int[] labels, double divisor) {
        List<String> names = IntStream.range(0, discriminants.biases().length)
                .mapToObj(Integer::toString)
                .toList();
        return new Evaluation(probabilities(discriminants, rows, divisor), labels, names);
    }

    private static float[][] probabilities(LinearFunctions discriminants, float[] rows, double divisor) {
        return CrossEntropy.probabilities(logits(discriminants, rows, divisor), discriminants.biases().length);
    }

    /** Logits of the classes, row after row, (examples, classes); none of them is infinite. */
    static float[] logits(LinearFunctions discriminants, float[] rows, double divisor) {
        float[] logits = discriminants.of(rows, divisor);
        for (int i = 0; i < logits.length; i++) {
            logits[i] = Math.max(logits[i], (float) IMPOSSIBLE);
        }
        return logits;
    }
}
