package dev.graft.selection;

import dev.graft.data.LabeledExamples;
import dev.graft.data.NestedSubsets;
import dev.graft.training.HeadRows;
import java.util.List;
import java.util.stream.IntStream;

/** Which of the examples a choice looks at, and how they are dealt into folds. */
final class Partition {
    /** Features are compared on at most so many examples: more would change the choice no more. */
    static final int MOST_EXAMPLES = 1000;

    private Partition() {}

    /** The examples that a choice looks at: all of them if they are few, else a stratified part. */
    static LabeledExamples part(LabeledExamples train, long seed) {
        int most = Math.max(MOST_EXAMPLES, train.classNames().size());
        return train.size() <= most
                ? train
                : train.subset(
                        NestedSubsets.stratified(train, List.of(most), seed).get(0));
    }

    /** Stratified folds of the examples; none if there are too few to hold any back. */
    static List<int[]> folds(LabeledExamples data, long seed) {
        return HeadRows.folds(data.targets(), seed);
    }

    /**
     * All training examples, unless they are items whose features alone would take most of what is left of the budget; of others
     * {@link FinalData} takes as many as there is time for.
     *
     * @param data those that the choice looked at
     * @param passSeconds what one pass over these took
     * @param skipped where to note what is left out
     */
    static LabeledExamples affordable(
            TransferTask task, LabeledExamples data, Clock clock, double passSeconds, List<String> skipped) {
        LabeledExamples train = task.train();
        double affordable = 0.7 * clock.left() * data.size() / passSeconds;
        if (clock.budgetSeconds() == null
                || !task.sources().takesItems()
                || train.size() == data.size()
                || affordable >= train.size()) {
            return train;
        }
        int size = Math.max(data.size(), (int) affordable);
        skipped.add((train.size() - size) + " of " + train.size()
                + " training examples: their features would not have fitted into the budget");
        return train.subset(
                NestedSubsets.stratified(train, List.of(size), task.settings().seed())
                        .get(0));
    }

    /** All of 0 to {@code count - 1} but those. */
    static int[] others(int count, int[] without) {
        boolean[] out = new boolean[count];
        for (int index : without) {
            out[index] = true;
        }
        return IntStream.range(0, count).filter(index -> !out[index]).toArray();
    }
}
