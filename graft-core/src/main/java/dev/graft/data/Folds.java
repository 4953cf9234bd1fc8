package dev.graft.data;

import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Stratified folds for cross-validation. */
public final class Folds {
    private Folds() {}

    /**
     * Deals examples into folds.
     *
     * <p>Every example is in exactly one fold. The folds' sizes differ by at most one, and so do the counts of each class
     * in them; a class with fewer examples than folds is absent from some.
     *
     * @param labels the class of each example, 0 to {@code classes - 1}
     * @param classes the number of classes
     * @param folds the number of folds, at least 2
     * @param seed chooses which example goes where
     * @return the test indexes of each fold, ascending; all other examples are its training examples
     * @throws SettingsException if there are fewer than 2 folds
     * @throws DataException if there are fewer examples than folds, or a label is not one of the classes
     */
    public static List<int[]> stratified(int[] labels, int classes, int folds, long seed) {
        if (folds < 2) {
            throw new SettingsException(Problem.of("Cross-validation needs more folds.")
                    .expected("at least 2")
                    .found(folds));
        }
        if (labels.length < folds) {
            throw new DataException(Problem.of("There are too few examples for cross-validation.")
                    .expected("at least " + folds + " examples, one for each fold")
                    .found(labels.length)
                    .fix("add examples, or use fewer folds"));
        }
        int[] dealt = Stream.of(ClassIndexes.shuffled(labels, classes, new SplitMix64(seed)))
                .flatMapToInt(Arrays::stream)
                .toArray();
        int[][] result = new int[folds][];
        for (int fold = 0; fold < folds; fold++) {
            result[fold] = new int[(dealt.length - fold + folds - 1) / folds];
        }
        for (int i = 0; i < dealt.length; i++) {
            result[i % folds][i / folds] = dealt[i];
        }
        for (int[] fold : result) {
            Arrays.sort(fold);
        }
        return List.of(result);
    }
}
