package dev.graft.selection;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledExamples;
import dev.graft.optimization.TrainingSettings;
import dev.graft.result.SelectionResult;
import dev.graft.strategy.Strategy;
import dev.graft.training.TransferLearning;
import dev.graft.training.TransferResult;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A way to transfer: a strategy that is given, or one that is chosen by looking at the data. */
public interface Approach {
    /** The name in options and results. */
    String name();

    /** Whether it transfers from the task's source models. */
    default boolean usesBackbones() {
        return true;
    }

    /**
     * Looks at the examples before anything is trained.
     *
     * @throws dev.graft.error.SettingsException if it cannot take examples of this kind
     */
    default void requireUsable(LabeledExamples train) {}

    /**
     * Trains.
     *
     * @throws dev.graft.error.GraftException as {@link TransferLearning#run()}
     */
    Transferred run(TransferTask task);

    /**
     * What came of it.
     *
     * @param result the training's result
     * @param backbone the source model that was used
     * @param selection how it was chosen; null if it was given
     */
    record Transferred(
            TransferResult result,
            Backbone backbone,
            @Nullable SelectionResult selection) {}

    /** The given strategy, on the first source model, trained as the task says. */
    static Approach of(Strategy strategy) {
        return of(strategy, TransferTask::settings);
    }

    /**
     * The given strategy, on the first source model, trained as it is best trained by itself.
     *
     * @param changes what is asked for instead of the strategy's own settings; the seed is the task's
     */
    static Approach withOwnSettings(Strategy strategy, UnaryOperator<TrainingSettings> changes) {
        return of(strategy, task -> changes.apply(strategy.defaultSettings(
                        task.backbone().architecture(), task.train().size()))
                .withSeed(task.settings().seed()));
    }

    private static Approach of(Strategy strategy, Function<TransferTask, TrainingSettings> settings) {
        return new Approach() {
            @Override
            public String name() {
                return strategy.name();
            }

            @Override
            public Transferred run(TransferTask task) {
                TransferLearning learning =
                        Trials.learning(task, task.train(), task.backbone(), strategy, settings.apply(task));
                if (task.validation() != null) {
                    learning.validation(task.validation());
                }
                return new Transferred(task.last().apply(learning).run(), task.backbone(), null);
            }
        };
    }
}
