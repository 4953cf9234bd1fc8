package dev.graft.data;

import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.targets.Targets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Stratified folds for cross-validation. */
public final class Folds {
    private Folds() {}

    /**
     * Deals examples into folds by their targets: of one class or grade each as {@link #stratified} does, of others so that each fold has
     * about as much of everything.
     *
     * @return the test indexes of each fold, ascending
     * @throws DataException if there are fewer examples than folds
     */
    public static List<int[]> of(Targets targets, int folds, long seed) {
        if (targets.kind().isOneOfNames()) {
            return stratified(targets.labels(), targets.kind().names().size(), folds, seed);
        }
        requireEnough(targets.size(), folds);
        double[] shares = new double[folds];
        Arrays.fill(shares, 1);
        int[] dealt = targets.deal(shares, seed);
        return IntStream.range(0, folds)
                .mapToObj(fold -> IntStream.range(0, dealt.length)
                        .filter(i -> dealt[i] == fold)
                        .toArray())
                .toList();
    }

    private static void requireEnough(int examples, int folds) {
        if (examples < folds) {
            throw new DataException(Problem.of("There are too few examples for cross-validation.")
                    .expected("at least " + folds + " examples, one for each fold")
                    .found(examples)
                    .fix("add examples, or use fewer folds"));
        }
    }

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
        requireEnough(labels.length, folds);
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
