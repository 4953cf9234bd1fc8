package dev.graft.cli;

import dev.graft.image.Augmentation;
import dev.graft.optimization.Balance;
import dev.graft.optimization.NumberLoss;
import dev.graft.optimization.TrainingSettings;
import dev.graft.training.NetworkTraining;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How to train: options that every command has that trains on a target task. */
final class TrainingOptions {
    @Option(
            names = "--epochs",
            paramLabel = "N",
            converter = Range.PositiveInt.class,
            description = "Epochs of the strategy's main phase (10; for a transformer that is trained, 3, and"
                    + " more of under 1,100 texts).")
    private @Nullable Integer epochs;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            converter = Range.PositiveInt.class,
            description = "Examples a step (16; for a transformer that is trained on 400 texts or more, 32).")
    private @Nullable Integer batchSize;

    @Option(
            names = "--learning-rate",
            paramLabel = "X",
            converter = Range.LearningRate.class,
            description =
                    "The head's learning rate; backbones get a smaller one (0.001; for a transformer that is trained,"
                            + " 0.00015).")
    private @Nullable Double learningRate;

    @Mixin
    private OptimizationOptions optimization = new OptimizationOptions();

    @Option(
            names = "--patience",
            defaultValue = "0",
            paramLabel = "N",
            converter = Range.NonNegativeInt.class,
            description = "Stop after so many epochs without a better validation loss, and keep the best weights"
                    + " (${DEFAULT-VALUE}: train all epochs).")
    private int patience;

    @Option(
            names = "--balance",
            defaultValue = "none",
            paramLabel = "NAME",
            converter = NamedValue.BalanceName.class,
            description = "What to do about small classes: none, class-weights or sampling (${DEFAULT-VALUE}).")
    private Balance balance = Balance.NONE;

    @Option(
            names = "--loss",
            defaultValue = "squared",
            paramLabel = "NAME",
            converter = NamedValue.NumberLossName.class,
            description = "With regression, what the error of a number costs while it is learned: squared, absolute or"
                    + " huber, of which the last two are hardly moved by a few wrong numbers (${DEFAULT-VALUE}).")
    private NumberLoss loss = NumberLoss.SQUARED;

    @Option(
            names = "--seed",
            defaultValue = "42",
            paramLabel = "N",
            converter = Range.Seed.class,
            description = "Seed of splits, weights, order, dropout and augmentation (${DEFAULT-VALUE}).")
    private long seed;

    long seed() {
        return seed;
    }

    /** Graft's usual settings, with what was asked for. */
    TrainingSettings settings() {
        return in(TrainingSettings.defaults());
    }

    /** Other settings, with what was asked for. */
    TrainingSettings in(TrainingSettings base) {
        TrainingSettings settings = base;
        if (epochs != null) {
            settings = settings.withEpochs(epochs);
        }
        if (batchSize != null) {
            settings = settings.withBatchSize(batchSize);
        }
        if (learningRate != null) {
            settings = settings.withLearningRate(learningRate);
        }
        return optimization.in(settings.withPatience(patience).withSeed(seed));
    }

    /** Options with what was taken for those that were not given. */
    static Map<String, String> with(TrainingSettings settings, Map<String, String> given) {
        Map<String, String> all = new LinkedHashMap<>(given);
        all.putIfAbsent("--epochs", Integer.toString(settings.epochs()));
        all.putIfAbsent("--batch-size", Integer.toString(settings.batchSize()));
        all.putIfAbsent("--learning-rate", Double.toString(settings.learningRate()));
        all.putIfAbsent("--schedule", settings.schedule().name().toLowerCase(Locale.ROOT));
        all.putIfAbsent("--weight-decay", Float.toString(settings.optimizer().weightDecay()));
        return all;
    }

    Augmentation augmentation() {
        return optimization.augmentation();
    }

    Balance balance() {
        return balance;
    }

    /** Adds what settings do not hold. */
    NetworkTraining changes(NetworkTraining learning) {
        return learning.augmentation(optimization.augmentation())
                .balance(balance)
                .loss(loss);
    }
}
