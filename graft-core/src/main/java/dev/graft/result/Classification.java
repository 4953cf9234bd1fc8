package dev.graft.result;

import java.util.List;

/**
 * Confusion matrix and what follows from it.
 *
 * @param confusion counts, row = true label, column = predicted label
 * @param classes figures for each class, by label
 * @param macroPrecision mean precision over the classes that have one, 0 to 1
 * @param macroRecall mean recall over the classes that have one, 0 to 1
 * @param macroF1 mean F1 over the classes that have one, 0 to 1
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
     * Figures of one class. What is not defined is NaN: the recall of a class without an example, and its precision and F1 if
     * nothing was taken for it.
     *
     * @param name the class's name
     * @param precision right predictions of this class among all predictions of it
     * @param recall right predictions of this class among all examples of it
     * @param f1 the harmonic mean of precision and recall
     * @param support the number of test examples of this class
     */
    public record ClassResult(String name, double precision, double recall, double f1, int support) {}

    /** The names of the classes of which there is no test example: nothing is known of how well they are recognised. */
    public List<String> untested() {
        return classes.stream()
                .filter(one -> one.support() == 0)
                .map(ClassResult::name)
                .toList();
    }
}
