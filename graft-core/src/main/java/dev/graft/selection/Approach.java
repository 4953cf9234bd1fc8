package dev.graft.selection;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledExamples;
import dev.graft.optimization.TrainingSettings;
import dev.graft.result.SelectionResult;
import dev.graft.strategy.Strategy;
import dev.graft.training.Branch;
import dev.graft.training.NetworkTraining;
import dev.graft.training.TransferResult;
import java.util.List;
import java.util.Objects;
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
     * @throws dev.graft.error.GraftException as {@link NetworkTraining#run()}
     */
    Transferred run(TransferTask task);

    /**
     * What came of it.
     *
     * @param result the training's result
     * @param branches the network that was trained: a single branch without a name, or those of items
     * @param selection how it was chosen; null if it was given
     */
    record Transferred(
            TransferResult result,
            List<Branch> branches,
            @Nullable SelectionResult selection) {
        /** Copies the list. */
        public Transferred {
            branches = List.copyOf(branches);
        }

        /** The source model that was used; of branches the first. */
        public Backbone backbone() {
            return branches.stream()
                    .map(Branch::backbone)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The given strategy, on the first source model or on all branches, trained as the task says. */
    static Approach of(Strategy strategy) {
        return new Given(strategy, UnaryOperator.identity(), task -> usual -> task.settings());
    }

    /**
     * The given strategy, on the first source model or on all branches, trained as it is best trained by itself.
     *
     * @param changes what is asked for instead of the strategy's own settings; the seed is the task's
     */
    static Approach withOwnSettings(Strategy strategy, UnaryOperator<TrainingSettings> changes) {
        return new Given(
                strategy,
                UnaryOperator.identity(),
                task -> usual -> changes.apply(usual).withSeed(task.settings().seed()));
    }
}
