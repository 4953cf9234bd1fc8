package dev.graft.report;

import dev.graft.result.Classification;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A confusion matrix made ready to be looked at.
 *
 * @param counts counts, row = true label, column = predicted label
 * @param classes the classes' names, by label; as many as rows
 */
record ConfusionView(List<List<Integer>> counts, List<String> classes) {
    /** Up to so many classes the numbers of every cell can be read. */
    static final int READABLE = 20;

    private static final int LISTED = 20;

    /** Takes the matrix of a classification; rows without a class's name are called by their number. */
    static ConfusionView of(Classification classification, List<String> names) {
        int size = classification.confusion().size();
        List<String> classes = new ArrayList<>();
        for (int label = 0; label < size; label++) {
            classes.add(label < names.size() ? names.get(label) : "class " + label);
        }
        return new ConfusionView(classification.confusion(), List.copyOf(classes));
    }

    /** Predictions of one class as another. */
    record Mistake(String truth, String predicted, int count) {}

    int size() {
        return counts.size();
    }

    /** Whether every cell can show its number. */
    boolean readable() {
        return size() <= READABLE;
    }

    /** Whether the names above the columns have to stand upright. */
    boolean crowded() {
        return size() > 5;
    }

    int count(int truth, int predicted) {
        List<Integer> row = counts.get(truth);
        return predicted < row.size() ? row.get(predicted) : 0;
    }

    /** The part of a true class that was predicted so, 0 to 1. */
    double share(int truth, int predicted) {
        int examples = counts.get(truth).stream().mapToInt(Integer::intValue).sum();
        return examples == 0 ? 0 : (double) count(truth, predicted) / examples;
    }

    /** The share of a cell in percent, for its shade. */
    int percent(int truth, int predicted) {
        return (int) Math.round(100 * share(truth, predicted));
    }

    /** The most frequent mistakes, the worst first. */
    List<Mistake> worst() {
        List<Mistake> mistakes = new ArrayList<>();
        for (int truth = 0; truth < size(); truth++) {
            for (int predicted = 0; predicted < size(); predicted++) {
                if (truth != predicted && count(truth, predicted) > 0) {
                    mistakes.add(new Mistake(classes.get(truth), classes.get(predicted), count(truth, predicted)));
                }
            }
        }
        mistakes.sort(Comparator.comparingInt(Mistake::count).reversed());
        return List.copyOf(mistakes.subList(0, Math.min(LISTED, mistakes.size())));
    }
}
