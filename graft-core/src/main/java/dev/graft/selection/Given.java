package dev.graft.selection;

import dev.graft.optimization.TrainingSettings;
import dev.graft.strategy.Strategy;
import dev.graft.training.Branch;
import dev.graft.training.NetworkTraining;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A strategy that is given.
 *
 * @param strategy how branches without a strategy of their own are trained
 * @param branches gives branches strategies and cuts of their own
 * @param settings what is asked for instead of the strategy's own settings
 */
record Given(
        Strategy strategy,
        UnaryOperator<List<Branch>> branches,
        Function<TransferTask, UnaryOperator<TrainingSettings>> settings)
        implements Approach {
    @Override
    public String name() {
        return strategy.name();
    }

    @Override
    public Transferred run(TransferTask task) {
        List<Branch> network = branches.apply(task.sources().network());
        NetworkTraining learning = Trials.learning(task, task.train(), network, strategy, settings.apply(task));
        if (task.validation() != null) {
            learning.validation(task.validation());
        }
        return new Transferred(task.last().apply(learning).run(), network, null);
    }
}
