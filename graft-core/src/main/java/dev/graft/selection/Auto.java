package dev.graft.selection;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.strategy.Renamed;
import dev.graft.training.TransferLearning;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the source model, the cut and the strategy by cross-validation on the training data, then trains with all of
 * it; on items of several parts the cut of each branch, and which branch is trained. Epochs, batch size, learning rate and schedule are chosen too; the seed, the optimiser, augmentation and balance are
 * the user's.
 *
 * @param budget how long choosing and training may take; null for as long as the data's size makes sensible. With a
 *     budget the choice depends on the machine's speed, without one on data and seed alone
 */
public record Auto(@Nullable Duration budget) implements Approach {
    /** The name in options and results. */
    public static final String NAME = "auto";

    /** Checks the budget. */
    public Auto {
        if (budget != null && (budget.isNegative() || budget.isZero())) {
            throw new SettingsException(Problem.of("A budget must be longer than nothing.")
                    .expected("a duration such as 30s or 5m")
                    .found(budget));
        }
    }

    /** Without a budget. */
    public static Auto unlimited() {
        return new Auto(null);
    }

    /** With a budget. */
    public static Auto within(Duration budget) {
        return new Auto(budget);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Transferred run(TransferTask task) {
        Clock clock = new Clock(budget);
        Choice choice = task.sources().takesItems()
                ? new BranchSelection(task, clock).choose()
                : new Selection(task, clock).choose();
        TransferLearning learning = Trials.learning(
                task,
                choice.train(),
                choice.network(),
                new Renamed(NAME, choice.strategy()),
                usual -> choice.settings());
        if (task.validation() != null) {
            learning.validation(task.validation());
        }
        return new Transferred(task.last().apply(learning).run(), choice.network(), choice.result());
    }
}
