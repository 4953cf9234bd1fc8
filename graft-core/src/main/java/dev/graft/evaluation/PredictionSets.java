package dev.graft.evaluation;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sets of classes that hold the true one as often as is asked for, whatever the network: split conformal prediction with the smallest
 * sets on average (Sadinle, Lei and Wasserman, "Least Ambiguous Set-Valued Classifiers with Bounded Error Levels", 2019, arXiv
 * 1609.00451). A class is in the set if its probability is at least what its own held-out examples have, but for the share that may be
 * missed. A set holds one class where the network is sure and several where it is not; where nothing fits, it is empty.
 *
 * <p>The promise is on average over examples like the held-out ones, and over which were held out: with n of them the coverage of one
 * network varies about it by some {@code sqrt(coverage (1 - coverage) / n)}.
 */
public final class PredictionSets {
    /** A class with fewer held-out examples shares the threshold of all. */
    public static final int FEWEST_OF_A_CLASS = 100;

    private final double coverage;
    private final double[] thresholds;
    private final int examples;

    private PredictionSets(double coverage, double[] thresholds, int examples) {
        this.coverage = coverage;
        this.thresholds = thresholds;
        this.examples = examples;
    }

    /**
     * Chooses the thresholds.
     *
     * @param probabilities of examples that were not learned from, (examples, classes)
     * @param labels their true classes
     * @param coverage how often the set shall hold the true class, above 0 and below 1
     * @throws SettingsException if the coverage is out of range, or there are too few examples for it: at least coverage / (1 -
     *     coverage) are needed
     */
    public static PredictionSets of(float[][] probabilities, int[] labels, double coverage) {
        if (!(coverage > 0 && coverage < 1)) {
            throw new SettingsException(Problem.of("A coverage is out of range.")
                    .expected("above 0 and below 1, such as 0.9")
                    .found(coverage));
        }
        int fewest = (int) Math.ceil(coverage / (1 - coverage) - 1e-9);
        if (labels.length < fewest) {
            throw new SettingsException(Problem.of("There are too few held-out examples for such a coverage.")
                    .expected("at least " + fewest + " for " + coverage)
                    .found(labels.length)
                    .fix("ask for less, or fit with more validation data"));
        }
        int classes = probabilities.length == 0 ? 0 : probabilities[0].length;
        double all = threshold(ofTruth(probabilities, labels, -1), coverage);
        double[] thresholds = new double[classes];
        for (int label = 0; label < classes; label++) {
            double[] own = ofTruth(probabilities, labels, label);
            boolean enough = own.length >= Math.max(FEWEST_OF_A_CLASS, fewest);
            thresholds[label] = enough ? threshold(own, coverage) : all;
        }
        return new PredictionSets(coverage, thresholds, labels.length);
    }

    /** The probabilities of the true class, of examples of one class or, if it is negative, of all. */
    private static double[] ofTruth(float[][] probabilities, int[] labels, int label) {
        double[] found = new double[labels.length];
        int count = 0;
        for (int i = 0; i < labels.length; i++) {
            if (label < 0 || labels[i] == label) {
                found[count++] = probabilities[i][labels[i]];
            }
        }
        return Arrays.copyOf(found, count);
    }

    private static double threshold(double[] ofTruth, double coverage) {
        Arrays.sort(ofTruth);
        int missed = (int) Math.floor((ofTruth.length + 1) * (1 - coverage) + 1e-9);
        return ofTruth[Math.max(1, missed) - 1];
    }

    /** How often a set holds the true class. */
    public double coverage() {
        return coverage;
    }

    /** How many held-out examples the thresholds were chosen on. */
    public int examples() {
        return examples;
    }

    /** The least probability with which a class belongs to the set. */
    public double threshold(int label) {
        return thresholds[label];
    }

    /** The labels in the set of an example with such probabilities, the most probable first. */
    public List<Integer> of(float[] probabilities) {
        List<Integer> set = new ArrayList<>();
        for (int label = 0; label < probabilities.length; label++) {
            if (probabilities[label] >= thresholds[label]) {
                set.add(label);
            }
        }
        set.sort((first, second) -> Float.compare(probabilities[second], probabilities[first]));
        return List.copyOf(set);
    }

    /**
     * How the sets do on labelled examples.
     *
     * @param covered how many sets hold the true class
     * @param meanSize the mean number of classes in a set
     * @param single how many sets hold one class alone
     * @param empty how many sets hold none
     */
    public record Assessment(int covered, double meanSize, int single, int empty) {}

    /** Counts how the sets do on labelled examples, at least one. */
    public Assessment assess(Evaluation evaluation) {
        int covered = 0;
        int single = 0;
        int empty = 0;
        long members = 0;
        int[] truth = evaluation.truth();
        for (int i = 0; i < truth.length; i++) {
            List<Integer> set = of(evaluation.probabilities()[i]);
            covered += set.contains(truth[i]) ? 1 : 0;
            single += set.size() == 1 ? 1 : 0;
            empty += set.isEmpty() ? 1 : 0;
            members += set.size();
        }
        return new Assessment(covered, members / (double) truth.length, single, empty);
    }
}
