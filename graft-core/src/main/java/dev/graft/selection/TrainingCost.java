package dev.graft.selection;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledExamples;
import dev.graft.strategy.Strategy;
import dev.graft.training.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What it costs to train a backbone in some way, found by training it a little. */
final class TrainingCost {
    private static final int EXAMPLES = 64;
    private static final int BATCH = 32;
    private static final double SLOW = 0.05;

    /** A step goes forward, and back for the weights and for what comes before. */
    private static final double BACKWARD = 3;

    private TrainingCost() {}

    /**
     * Seconds for each example of an epoch: of the second of two, since the first fills the processor's caches. What comes before
     * the steps, such as making the network and the pass of the frozen part, does not count. Where the passes over the examples so far
     * show that even so little would take too long, nothing is run.
     *
     * @param strategy the way
     * @param left the time that is left, of which this may take a small part
     */
    static double perExample(
            TransferTask task, LabeledExamples data, Backbone backbone, Strategy strategy, double left) {
        int examples = Math.min(EXAMPLES, data.size());
        double guess = BACKWARD * task.cache().rowSeconds();
        if (2 * guess * examples > SLOW * left) {
            return guess;
        }
        Steps steps = new Steps();
        Trials.learning(
                        task,
                        data.subset(IntStream.range(0, examples).toArray()),
                        backbone,
                        strategy,
                        task.settings().withBatchSize(BATCH).withEpochs(2).withPatience(0))
                .listener(steps)
                .run();
        return steps.secondsOfSecondEpoch() / examples;
    }

    /** When the steps of the last phase ended. */
    private static final class Steps implements TrainingListener {
        private final List<Long> ends = new ArrayList<>();

        @Override
        public void phaseStarted(String name, int phase, int phases, long steps) {
            ends.clear();
        }

        @Override
        public void stepDone(long step, long steps, double loss) {
            ends.add(System.nanoTime());
        }

        double secondsOfSecondEpoch() {
            return (ends.get(ends.size() - 1) - ends.get(ends.size() / 2 - 1)) / 1e9;
        }
    }
}
