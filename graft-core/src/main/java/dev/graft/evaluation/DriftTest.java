package dev.graft.evaluation;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.result.DriftResult;
import dev.graft.result.DriftResult.Compared;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Tells whether new examples are like those that a network was measured on, without their labels: two-sample Kolmogorov-Smirnov tests of
 * what the network says of them, each at its share of the error rate (Bonferroni), which found shifts best among the ways compared
 * by Rabanser, Guennemann and Lipton, "Failing Loudly: An Empirical Study of Methods for Detecting Dataset Shift", 2019, arXiv
 * 1810.11953; here also of the distances of the features to the classes.
 */
public final class DriftTest {
    /** How often it says that inputs moved which did not. */
    public static final double ERROR_RATE = 0.05;

    /** With fewer examples the test says nothing. */
    public static final int FEWEST = 20;

    private static final int TERMS = 100;

    private DriftTest() {}

    /**
     * Values of one kind, such as the probabilities of a class.
     *
     * @param name what they are
     * @param reference the values of held-out examples
     * @param found the values of the new examples
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Values(String name, double[] reference, double[] found) {}

    /**
     * Compares values of several kinds.
     *
     * @throws SettingsException if there are fewer than 20 examples on a side
     */
    public static DriftResult compare(List<Values> kinds) {
        int reference = kinds.get(0).reference().length;
        int examples = kinds.get(0).found().length;
        if (Math.min(reference, examples) < FEWEST) {
            throw new SettingsException(Problem.of("There are too few examples to tell whether they moved.")
                    .expected("at least " + FEWEST + " held-out ones in the bundle, and as many new ones")
                    .found(reference + " held-out, " + examples + " new")
                    .fix("give more examples"));
        }
        List<Compared> compared = new ArrayList<>();
        for (Values kind : kinds) {
            double[] before = kind.reference().clone();
            double[] after = kind.found().clone();
            Arrays.sort(before);
            Arrays.sort(after);
            double statistic = statistic(before, after);
            double probability = probability(statistic, reference, examples);
            compared.add(new Compared(
                    kind.name(),
                    statistic,
                    probability,
                    probability <= ERROR_RATE / kinds.size(),
                    before[before.length / 2],
                    after[after.length / 2],
                    Arrays.stream(before).average().orElse(Double.NaN),
                    Arrays.stream(after).average().orElse(Double.NaN)));
        }
        return new DriftResult(reference, examples, ERROR_RATE, compared);
    }

    /** The largest difference between the shares of values up to a point. */
    private static double statistic(double[] first, double[] second) {
        double largest = 0;
        int i = 0;
        int j = 0;
        while (i < first.length && j < second.length) {
            double point = Math.min(first[i], second[j]);
            while (i < first.length && first[i] <= point) {
                i++;
            }
            while (j < second.length && second[j] <= point) {
                j++;
            }
            largest = Math.max(largest, Math.abs((double) i / first.length - (double) j / second.length));
        }
        return largest;
    }

    /** How likely so large a difference is by chance, as samples grow (Stephens 1970). */
    private static double probability(double statistic, int first, int second) {
        double root = Math.sqrt((double) first * second / (first + second));
        double scaled = (root + 0.12 + 0.11 / root) * statistic;
        if (scaled < 0.2) {
            return 1;
        }
        double sum = 0;
        for (int k = 1; k <= TERMS; k++) {
            sum += (k % 2 == 1 ? 2 : -2) * Math.exp(-2.0 * k * k * scaled * scaled);
        }
        return Math.min(1, Math.max(0, sum));
    }

    /** What it means, in a sentence or two. */
    public static String words(DriftResult result) {
        List<Compared> moved =
                result.compared().stream().filter(Compared::moved).toList();
        if (moved.isEmpty()) {
            return String.format(
                    Locale.ROOT,
                    "Nothing says that the inputs moved: of %d comparisons with %d held-out examples none is"
                            + " significant, at an error rate of %.0f%% for all together.",
                    result.compared().size(),
                    result.reference(),
                    100 * result.errorRate());
        }
        List<String> features = new ArrayList<>();
        List<String> classes = new ArrayList<>();
        for (Compared one : moved) {
            if (one.isOfFeatures()) {
                features.add(String.format(
                        Locale.ROOT,
                        "%s, median %.4g before, %.4g now",
                        one.name(),
                        one.medianBefore(),
                        one.medianNow()));
            } else {
                classes.add(String.format(
                        Locale.ROOT, "%s, mean %.3f before, %.3f now", one.name(), one.meanBefore(), one.meanNow()));
            }
        }
        List<String> sentences = new ArrayList<>();
        if (!features.isEmpty()) {
            sentences.add(
                    "The inputs moved: their features lie elsewhere than those of the examples that the network was measured"
                            + " on (" + String.join("; ", features) + ").");
        }
        if (!classes.isEmpty()) {
            boolean ofClasses =
                    result.compared().stream().noneMatch(one -> one.name().equals(DriftResult.DISTANCE_TO_ALL));
            sentences.add((features.isEmpty()
                            ? ofClasses
                                    ? "The mix of classes moved, as far as the network sees, or it is less or more sure of them: "
                                    : "What the network says of them moved: "
                            : "What it says of them moved too: ")
                    + String.join("; ", classes) + ".");
        }
        sentences.add(String.format(
                Locale.ROOT,
                "Of inputs that did not move, this is said in at most %.0f of 100 cases.",
                100 * result.errorRate()));
        return String.join(" ", sentences);
    }
}
