package dev.graft.result;

import java.util.List;

/**
 * Confusion matrix and what follows from it.
 *
 * @param confusion counts, row = true label, column = predicted label
 * @param classes figures for each class, by label
 * @param macroPrecision mean precision over the classes, 0 to 1
 * @param macroRecall mean recall over the classes, 0 to 1
 * @param macroF1 mean F1 over the classes, 0 to 1
 */
public record Classification(
        List<List<Integer>> confusion,
        List<ClassResult> classes,
        double macroPrecision,
        double macroRecall,
        double macroF1) {
    /** Copies the lists. */
    public Classification {
        confusion = confusion.stream().map(List::copyOf).toList();
        classes = List.copyOf(classes);
    }

    /**
     * Figures of one class. A ratio whose denominator is 0 is 0.
     *
     * @param name the class's name
     * @param precision right predictions of this class among all predictions of it
     * @param recall right predictions of this class among all examples of it
     * @param f1 the harmonic mean of precision and recall
     * @param support the number of test examples of this class
     */
    public record ClassResult(String name, double precision, double recall, double f1, int support) {}
}
