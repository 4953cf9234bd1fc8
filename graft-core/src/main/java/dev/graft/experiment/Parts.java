package dev.graft.experiment;

import dev.graft.data.ColumnKind;
import dev.graft.data.LabeledExamples;
import dev.graft.error.GraftException;
import dev.graft.error.StoppedException;
import dev.graft.evaluation.Evaluation;
import dev.graft.head.Fusion;
import dev.graft.image.Augmentation;
import dev.graft.result.StrategyResult;
import dev.graft.selection.Approach;
import dev.graft.selection.TransferTask;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.training.Branch;
import dev.graft.training.NetworkTraining;
import dev.graft.training.TrainingListener;
import dev.graft.training.TransferResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of items, each alone: how well a branch tells the classes apart without the others. */
final class Parts {
    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    private final TransferTask task;
    private final Approach.Transferred together;

    Parts(TransferTask task, Approach.Transferred together) {
        this.task = task;
        this.together = together;
    }

    /**
     * A part that was measured alone.
     *
     * @param measured what it says of the test data
     * @param row the row of the results
     */
    record Alone(PartsVerdict.Measured measured, StrategyResult row) {}

    /** The network of all parts as it was measured. */
    static PartsVerdict.Measured measured(Measurement row, Approach.Transferred together) {
        return new PartsVerdict.Measured(
                row.strategy(),
                together.branches().stream().map(Branch::name).toList(),
                Objects.requireNonNull(row.test()));
    }

    /** Trains a head on each branch that was frozen; none if there is but one branch. */
    List<Alone> alone(String strategy, LabeledExamples test) {
        List<Alone> alone = new ArrayList<>();
        if (together.branches().size() < 2) {
            return alone;
        }
        try {
            for (Branch branch : together.branches()) {
                if (isFrozen(branch)) {
                    alone.add(train(strategy + ": " + branch.name(), branch, test));
                }
            }
        } catch (StoppedException e) {
            // What was asked for is trained already, and is worth more than what it would have been compared with.
            return alone;
        } catch (GraftException e) {
            LOG.warn("the parts were not all measured alone: {}", e.getMessage());
        }
        return alone;
    }

    private boolean isFrozen(Branch branch) {
        Set<String> frozen = together.result().frozenStages();
        return together.result().model().branches().stream()
                .filter(one -> one.name().equals(branch.name()))
                .flatMap(one -> one.stages().stream().map(stage -> one.prefix() + stage.name()))
                .allMatch(frozen::contains);
    }

    private Alone train(String row, Branch branch, LabeledExamples test) {
        NetworkTraining learning = NetworkTraining.on(task.train())
                .branch(branch)
                .strategy(FeatureExtraction.defaults())
                .training(usual -> task.settings())
                .cache(task.cache())
                .listener(TrainingListener.SILENT)
                .stopWhen(task.stopRequested());
        if (task.validation() != null) {
            learning.validation(task.validation());
        }
        // One branch alone leaves nothing to join.
        NetworkTraining changed = task.changes().apply(learning).fusion(Fusion.concatenation());
        if (branch.kind() != ColumnKind.IMAGE) {
            changed.augmentation(Augmentation.none());
        }
        TransferResult trained = changed.run();
        Evaluation measured = trained.evaluate(test, task.cache());
        return new Alone(
                new PartsVerdict.Measured(row, List.of(branch.name()), measured),
                ResultRows.of(row, TrainedNetwork.of(trained), List.of(measured), null, Fit.GALLERY));
    }
}
