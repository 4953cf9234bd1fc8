package dev.graft.selection;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledExamples;
import dev.graft.strategy.Frozen;
import dev.graft.strategy.Strategy;
import java.util.stream.IntStream;

/** What it costs to train a backbone in some way, found by training it a little. */
final class TrainingCost {
    private static final int BATCH = 16;
    private static final int STEPS = 4;
    private static final double SLOW = 0.05;

    /** A step goes forward, and back for the weights and for what comes before. */
    private static final double BACKWARD = 3;

    private TrainingCost() {}

    /**
     * Seconds for each example of an epoch. A first run fills the processor's caches, and the feature cache with what the frozen
     * part makes of the examples; if it was not slow by itself, a few more steps are timed. Where the passes over the examples so far
     * show that a first run would be too slow, nothing is run.
     *
     * @param strategy the way
     * @param left the time that is left, of which this may take a small part
     */
    static double perExample(
            TransferTask task, LabeledExamples data, Backbone backbone, Strategy strategy, double left) {
        double guess = BACKWARD * task.cache().rowSeconds();
        if (guess * BATCH > SLOW * left) {
            // Even so little would take too long to try.
            return guess;
        }
        double first =
                seconds(task, data, backbone, strategy, Math.min(BATCH, data.size())) / Math.min(BATCH, data.size());
        int examples = Math.min(STEPS * BATCH, data.size());
        if (first * examples > SLOW * left) {
            return first;
        }
        double again = seconds(task, data, backbone, strategy, examples);
        return (keepsFeatures(task, backbone, strategy) ? seconds(task, data, backbone, strategy, examples) : again)
                / examples;
    }

    private static boolean keepsFeatures(TransferTask task, Backbone backbone, Strategy strategy) {
        return strategy.phases(backbone.architecture(), task.settings()).stream()
                .anyMatch(phase -> !(phase.frozen() instanceof Frozen.Nothing));
    }

    private static double seconds(
            TransferTask task, LabeledExamples data, Backbone backbone, Strategy strategy, int examples) {
        LabeledExamples few = data.subset(IntStream.range(0, examples).toArray());
        long start = System.nanoTime();
        Trials.learning(
                        task,
                        few,
                        backbone,
                        strategy,
                        task.settings().withBatchSize(BATCH).withEpochs(1).withPatience(0))
                .run();
        return (System.nanoTime() - start) / 1e9;
    }
}
