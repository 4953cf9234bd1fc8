package dev.graft.optimization;

import dev.graft.error.Problem;
import dev.graft.error.Required;
import dev.graft.error.SettingsException;

/**
 * How to train, whatever the strategy.
 *
 * @param epochs epochs of the strategy's main phase, at least 1
 * @param batchSize examples in a step, at least 1; the last batch of an epoch may be smaller
 * @param learningRate the head's learning rate, positive; a strategy may give the backbone a smaller one
 * @param optimizer the optimiser
 * @param schedule how the rates change over a phase
 * @param clipNorm the largest global norm of the gradient; {@link Double#POSITIVE_INFINITY} for no clipping
 * @param patience stop after so many epochs without a better validation loss, and go back to the best weights; 0 to
 *     train all epochs and keep the last weights
 * @param seed of shuffling, initial weights and dropout
 */
public record TrainingSettings(
        int epochs,
        int batchSize,
        double learningRate,
        Optimizer optimizer,
        Schedule schedule,
        double clipNorm,
        int patience,
        long seed) {
    private static final int FEW_TEXTS = 400;
    private static final int FEWEST_STEPS = 100;
    private static final int USUAL_EPOCHS = 3;
    private static final int MOST_EPOCHS = 40;

    /** Checks the ranges. */
    public TrainingSettings {
        require(epochs >= 1, "epochs", "at least 1", epochs);
        require(batchSize >= 1, "batch size", "at least 1", batchSize);
        require(
                learningRate > 0 && Double.isFinite(learningRate),
                "learning rate",
                "a finite number above 0",
                learningRate);
        require(clipNorm > 0, "gradient norm limit", "above 0", clipNorm);
        require(patience >= 0, "patience", "at least 0", patience);
        Required.setting(optimizer, "optimizer");
        Required.setting(schedule, "schedule");
    }

    /** 10 epochs of batches of 16, Adam at a constant 1e-3, no clipping, no early stopping, seed 42. */
    public static TrainingSettings defaults() {
        return new TrainingSettings(10, 16, 1e-3, Optimizer.adam(), Schedule.CONSTANT, Double.POSITIVE_INFINITY, 0, 42);
    }

    /**
     * For transformers, in the range of Devlin et al. 2019 and tried on the Stanford Sentiment Treebank: 3 epochs of batches of
     * 32, AdamW with decay 0.01 at 1.5e-4 (a third of it for the backbone), warmed up and then falling to 0, gradients clipped
     * to a norm of 1, seed 42. Of few texts three epochs are a handful of steps, after which nothing is learned (Mosbach et al.
     * 2021, arXiv 2006.04884): then more epochs, for 100 steps or up to 40 epochs, and batches of 16.
     *
     * @param examples the training examples
     */
    public static TrainingSettings forTransformers(int examples) {
        int batch = examples < FEW_TEXTS ? 16 : 32;
        int wanted = (int) Math.ceil((double) FEWEST_STEPS * batch / Math.max(1, examples));
        int epochs = Math.min(MOST_EPOCHS, Math.max(USUAL_EPOCHS, wanted));
        return new TrainingSettings(epochs, batch, 1.5e-4, Optimizer.adamW(0.01f), Schedule.LINEAR_WARM_UP, 1, 0, 42);
    }

    /** Returns a copy with another number of epochs. */
    public TrainingSettings withEpochs(int value) {
        return new TrainingSettings(value, batchSize, learningRate, optimizer, schedule, clipNorm, patience, seed);
    }

    /** Returns a copy with another batch size. */
    public TrainingSettings withBatchSize(int value) {
        return new TrainingSettings(epochs, value, learningRate, optimizer, schedule, clipNorm, patience, seed);
    }

    /** Returns a copy with another learning rate. */
    public TrainingSettings withLearningRate(double value) {
        return new TrainingSettings(epochs, batchSize, value, optimizer, schedule, clipNorm, patience, seed);
    }

    /** Returns a copy with another optimiser. */
    public TrainingSettings withOptimizer(Optimizer value) {
        return new TrainingSettings(epochs, batchSize, learningRate, value, schedule, clipNorm, patience, seed);
    }

    /** Returns a copy with another schedule. */
    public TrainingSettings withSchedule(Schedule value) {
        return new TrainingSettings(epochs, batchSize, learningRate, optimizer, value, clipNorm, patience, seed);
    }

    /** Returns a copy that clips gradients to a global norm. */
    public TrainingSettings withClipNorm(double value) {
        return new TrainingSettings(epochs, batchSize, learningRate, optimizer, schedule, value, patience, seed);
    }

    /** Returns a copy that stops early. */
    public TrainingSettings withPatience(int value) {
        return new TrainingSettings(epochs, batchSize, learningRate, optimizer, schedule, clipNorm, value, seed);
    }

    /** Returns a copy with another seed. */
    public TrainingSettings withSeed(long value) {
        return new TrainingSettings(epochs, batchSize, learningRate, optimizer, schedule, clipNorm, patience, value);
    }

    private static void require(boolean holds, String setting, String expected, Object found) {
        if (!holds) {
            throw new SettingsException(Problem.of("A training setting is out of range.")
                    .where(setting)
                    .expected(expected)
                    .found(found));
        }
    }
}
