package dev.graft.selection;

import dev.graft.data.LabeledExamples;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.strategy.Renamed;
import dev.graft.training.Branch;
import dev.graft.training.NetworkTraining;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the source model, the cut and the strategy by cross-validation on the training data, then trains with all of
 * it; on items of several parts the cut of each branch, and which branch is trained. Epochs, batch size, learning rate and schedule are chosen too; the seed, the optimiser, augmentation and balance are
 * the user's.
 *
 * @param budget how long choosing and training may take, from the start of each on, where the task has no budget itself; null for
 *     as long as the data's size makes sensible. With a budget the choice, how much is learned from and for how long depend
 *     on the machine's speed, without one on data and seed alone
 */
public record Auto(@Nullable Duration budget) implements Approach {
    /** The name in options and results. */
    public static final String NAME = "auto";

    // Of the whole budget, for judging: what is left of it when the training ends is not to be used up by the training.
    private static final double JUDGING = 0.1;

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
        Budget whole = budget == null || task.budget().isLimited() ? task.budget() : Budget.of(budget);
        Clock clock = new Clock(whole, () -> kept(task, whole));
        if (task.sources().takesItems()) {
            return train(task, clock, new BranchSelection(task, clock).choose(), task.validation());
        }
        FirstLook.Seen first = new FirstLook(task, clock).take();
        return choose(first.task(), whole, clock, first.examples());
    }

    private static Transferred choose(TransferTask task, Budget whole, Clock clock, LabeledExamples looked) {
        boolean all = looked.size() == task.train().size();
        Choice choice = new Selection(all ? task : task.withTrain(looked), clock).choose();
        LabeledExamples compared = Partition.part(looked, task.settings().seed());
        if (choice.untried() != null) {
            return new ValidatedTraining(task, clock, choice, compared).run();
        }
        FinalData data = new FinalData(task, compared);
        Branch only = choice.network().get(0);
        if (!whole.isLimited()
                || !(choice.strategy() instanceof FeatureExtraction extraction)
                || only.backbone() == null) {
            // What was judged in the time for some examples is trained on these.
            return train(task, clock, all ? choice.on(data.all(), List.of()) : choice, task.validation());
        }
        double solving = SolvingCost.perExample(task, clock, choice, compared);
        LabeledExamples validation = data.validationWithin(clock, solving);
        LabeledExamples train = data.within(
                clock, only.backbone(), extraction.cut(only.backbone().architecture()), solving);
        return train(task, clock, choice.on(train, data.leftOut()), validation);
    }

    /** What must be left after the training: for judging, as far as that may be cut short itself, and for the report. */
    private static double kept(TransferTask task, Budget whole) {
        Double seconds = whole.seconds();
        return whole.kept()
                + Math.min(
                        seconds == null ? 0 : JUDGING * seconds,
                        task.judged() * task.cache().rowSeconds());
    }

    static Transferred train(TransferTask task, Clock clock, Choice choice, @Nullable LabeledExamples validation) {
        NetworkTraining learning = Trials.learning(
                        task,
                        choice.train(),
                        choice.network(),
                        new Renamed(NAME, choice.strategy()),
                        usual -> choice.settings())
                .within(clock);
        if (validation != null) {
            learning.validation(validation);
        }
        return new Transferred(task.last().apply(learning).run(), choice.network(), choice.result());
    }
}
