package dev.graft.selection;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledExamples;
import dev.graft.strategy.FineTuning;
import java.util.stream.IntStream;

/** What it costs to train all of a backbone, found by training it a little. */
final class TrainingCost {
    private static final int BATCH = 16;
    private static final int STEPS = 4;
    private static final double SLOW = 0.05;

    private TrainingCost() {}

    /**
     * Seconds for each example of an epoch. A first step fills the processor's caches; if it was not slow by itself, a few
     * more are timed.
     *
     * @param left the time that is left, of which this may take a small part
     */
    static double perExample(TransferTask task, LabeledExamples data, Backbone backbone, double left) {
        double first = seconds(task, data, backbone, Math.min(BATCH, data.size())) / Math.min(BATCH, data.size());
        int examples = Math.min(STEPS * BATCH, data.size());
        return first * examples > SLOW * left ? first : seconds(task, data, backbone, examples) / examples;
    }

    private static double seconds(TransferTask task, LabeledExamples data, Backbone backbone, int examples) {
        LabeledExamples few = data.subset(IntStream.range(0, examples).toArray());
        long start = System.nanoTime();
        Trials.learning(
                        task,
                        few,
                        backbone,
                        FineTuning.all(),
                        task.settings().withBatchSize(BATCH).withEpochs(1).withPatience(0))
                .run();
        return (System.nanoTime() - start) / 1e9;
    }
}
