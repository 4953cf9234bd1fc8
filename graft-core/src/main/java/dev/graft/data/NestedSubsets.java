package dev.graft.data;

import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.util.Arrays;
import java.util.List;

/**
 * Balanced subsets of growing size, each containing the smaller ones: the training sets of a data-size curve, where a
 * larger set must differ from a smaller one by additions only.
 */
public final class NestedSubsets {
    private NestedSubsets() {}

    /**
     * Chooses subsets.
     *
     * <p>Targets that are no classes are grouped by what they have in common ({@link dev.graft.targets.Targets#strata}). The classes'
     * counts within a subset differ by at most one, as long as every class has examples left. A smaller
     * subset is the beginning of a larger one.
     *
     * @param data what to choose from
     * @param sizes examples in each subset, all classes together; in any order
     * @param seed chooses the examples
     * @return the indexes into {@code data} of each subset, in the order of {@code sizes}
     * @throws SettingsException if a size is smaller than the number of classes
     * @throws DataException if a size is larger than the data
     */
    public static List<int[]> stratified(LabeledExamples data, List<Integer> sizes, long seed) {
        boolean ofClasses = data.kind().isOneOfNames();
        int[] groups = ofClasses ? ClassIndexes.labels(data) : data.targets().strata();
        int classes = ofClasses
                ? data.classNames().size()
                : Arrays.stream(groups).max().orElse(0) + 1;
        for (int size : sizes) {
            if (size < Math.max(ofClasses ? classes : 1, 1)) {
                throw new SettingsException(Problem.of("A training subset is too small to hold every class.")
                        .expected("at least " + classes + " examples, one for each class")
                        .found(size));
            }
            if (size > data.size()) {
                throw new DataException(Problem.of("A training subset is larger than the data it is chosen from.")
                        .where(data.name())
                        .expected("at most " + data.size() + " examples")
                        .found(size)
                        .fix("ask for smaller subsets, or add examples"));
            }
        }
        int[] order = balancedOrder(groups, classes, new SplitMix64(seed));
        return sizes.stream().map(size -> Arrays.copyOf(order, size)).toList();
    }

    /** All indexes, dealt in rounds of one example from each class that still has some. */
    private static int[] balancedOrder(int[] labels, int classes, SplitMix64 random) {
        int[][] byClass = ClassIndexes.shuffled(labels, classes, random);
        int[] turns = new int[classes];
        Arrays.setAll(turns, label -> label);
        int[] order = new int[labels.length];
        int dealt = 0;
        for (int round = 0; dealt < order.length; round++) {
            // Shuffled each round, so that the odd example of a subset is not always of the first class.
            random.shuffle(turns);
            for (int label : turns) {
                if (round < byClass[label].length) {
                    order[dealt++] = byClass[label][round];
                }
            }
        }
        return order;
    }
}
