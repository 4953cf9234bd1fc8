package dev.graft.experiment;

import dev.graft.bundle.Bundle;
import dev.graft.data.LabeledExamples;
import dev.graft.data.RepeatedExamples;
import dev.graft.experiment.TargetSource.TargetData;
import dev.graft.feature.FeatureCache;
import dev.graft.model.AdapterModel;
import dev.graft.model.TransferModel;
import dev.graft.optimization.TrainingSettings;
import dev.graft.result.ClassBalance;
import dev.graft.result.ExperimentResult;
import dev.graft.result.ProbeResult;
import dev.graft.result.ReportPictures;
import dev.graft.selection.Approach;
import dev.graft.selection.Auto;
import dev.graft.selection.Budget;
import dev.graft.selection.SourceModels;
import dev.graft.selection.TransferTask;
import dev.graft.targets.Numbers;
import dev.graft.targets.Targets;
import dev.graft.training.NetworkTraining;
import dev.graft.training.SideBySide;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One strategy on one target task, judged: what {@code graft fit} does with images, texts and items of several parts. */
public final class Fit {
    static final int GALLERY = 24;

    private Fit() {}

    /**
     * What came of it.
     *
     * @param result the numbers
     * @param pictures the pictures that go with them
     * @param model the trained network
     * @param adapters what was trained beside the backbone; null if the strategy has no adapters
     * @param settings how it was trained
     */
    public record Outcome(
            ExperimentResult result,
            ReportPictures pictures,
            TransferModel model,
            @Nullable AdapterModel adapters,
            TrainingSettings settings) {
        /** The share of the test examples that the network has right, 0 to 1; of other targets than classes their main measure. */
        public double testAccuracy() {
            return result.results().get(0).testAccuracy();
        }

        /**
         * Writes all that prediction needs.
         *
         * @param directory must not exist, or be empty
         * @throws dev.graft.error.StorageException if it cannot be written
         */
        public void saveBundle(Path directory) {
            Bundle.write(directory, model, false);
        }
    }

    /**
     * Trains and judges, within the budget of an automatic choice that has one. Of a network with several branches, those that stay frozen are also measured each alone, on the same
     * split: their features are computed already.
     *
     * @param sources the source models, of which an approach that does not choose takes the first; or the branches of a network
     *     for items
     * @param data the target task's data
     * @param settings how to train
     * @param changes added to every training, also to those that an approach tries out: augmentation, balance, fusion, head
     * @param last added to the final training alone: listener, checkpoints, resume
     * @param progress hears, in words, what a choice has measured so far; by the calling thread
     * @throws dev.graft.error.StoppedException if asked to stop before what was asked for is trained; a later request leaves out
     *     what is still to be measured alone
     */
    public static Outcome run(
            SourceModels sources,
            Approach approach,
            TargetData data,
            TrainingSettings settings,
            UnaryOperator<NetworkTraining> changes,
            UnaryOperator<NetworkTraining> last,
            Consumer<String> progress,
            BooleanSupplier stopRequested) {
        Duration own = approach instanceof Auto auto ? auto.budget() : null;
        Budget budget = own == null ? Budget.unlimited() : Budget.of(own);
        return run(sources, approach, data, settings, changes, last, progress, stopRequested, budget);
    }

    /**
     * Trains and judges within a budget. Where not all fits into it, fewer examples are learned from and judged, and what only tells
     * more about the network is left out, all of which the result says.
     *
     * @param budget for everything from its own start to the last file that the result is written to
     */
    public static Outcome run(
            SourceModels sources,
            Approach approach,
            TargetData data,
            TrainingSettings settings,
            UnaryOperator<NetworkTraining> changes,
            UnaryOperator<NetworkTraining> last,
            Consumer<String> progress,
            BooleanSupplier stopRequested,
            Budget budget) {
        NetworkTraining.requireFitting(changes, data.train());
        RepeatedExamples.say(data.train(), data.validation(), data.test());
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            TransferTask task = new TransferTask(
                    sources,
                    data.train(),
                    data.validation(),
                    settings,
                    changes,
                    last,
                    cache,
                    SideBySide.whenNeeded(),
                    stopRequested,
                    progress,
                    budget,
                    data.test().size());
            // First, where it is known what is probed: what is frozen finds its features in the cache then.
            boolean known = sources.candidates().size() == 1 && approach.usesBackbones() && !(approach instanceof Auto);
            StageProbes stages = new StageProbes(data.train(), cache, settings.seed(), budget);
            List<ProbeResult> before =
                    known ? stages.measure(sources.candidates().get(0)) : List.of();
            Approach.Transferred transferred = approach.run(task);
            Judged judged = Judged.of(transferred.result(), data, cache, budget, settings.seed());
            List<Parts.Alone> alone = transferred.branches().size() > 1 && !budget.affords(0, "each part alone")
                    ? List.of()
                    : new Parts(task, transferred)
                            .alone(approach.name(), judged.data().test());
            List<ProbeResult> probes =
                    known || sources.takesItems() ? before : stages.of(transferred.backbone(), transferred.selection());
            return new OutcomeWriter(approach.name(), settings.seed(), transferred, judged, cache, budget)
                    .write(alone, probes);
        }
    }

    /** The examples of each class, by label; of several labels those that have it. Numbers have none to count. */
    static List<ClassBalance> balance(TargetData data) {
        if (data.train().kind() instanceof Numbers) {
            return List.of();
        }
        List<String> names = data.train().classNames();
        return IntStream.range(0, names.size())
                .mapToObj(label -> new ClassBalance(
                        names.get(label),
                        count(data.train(), label),
                        data.validation() == null ? 0 : count(data.validation(), label),
                        count(data.test(), label)))
                .toList();
    }

    private static int count(LabeledExamples data, int label) {
        Targets targets = data.targets();
        boolean one = targets.kind().isOneOfNames();
        return (int) IntStream.range(0, data.size())
                .filter(i -> one ? targets.label(i) == label : targets.value(i, label) > 0)
                .count();
    }
}
