package dev.graft.comparison;

import dev.graft.bundle.Confidence;
import dev.graft.bundle.MultimodalModel;
import dev.graft.comparison.TargetSource.TargetData;
import dev.graft.data.LabeledItems;
import dev.graft.data.RepeatedExamples;
import dev.graft.engine.Machine;
import dev.graft.error.StoppedException;
import dev.graft.evaluation.Confidences;
import dev.graft.evaluation.Evaluation;
import dev.graft.evaluation.UnknownInputs;
import dev.graft.feature.FeatureCache;
import dev.graft.head.Fusion;
import dev.graft.optimization.TrainingSettings;
import dev.graft.result.ExperimentResult;
import dev.graft.result.GraftVersion;
import dev.graft.result.ReportPictures;
import dev.graft.result.StrategyResult;
import dev.graft.result.TargetTask;
import dev.graft.training.Branch;
import dev.graft.training.MultimodalLearning;
import dev.graft.training.MultimodalResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A network of several branches on items of several parts, judged: what {@code graft fit} does with them. */
public final class ItemFit {
    private final String strategy;
    private final TargetData data;
    private final TrainingSettings settings;
    private final UnaryOperator<MultimodalLearning> changes;
    private final BooleanSupplier stopRequested;

    private ItemFit(
            String strategy,
            TargetData data,
            TrainingSettings settings,
            UnaryOperator<MultimodalLearning> changes,
            BooleanSupplier stopRequested) {
        this.strategy = strategy;
        this.data = data;
        this.settings = settings;
        this.changes = changes;
        this.stopRequested = stopRequested;
    }

    /**
     * The branches of a network.
     *
     * @param all the branches that are trained together
     * @param alone those of them that are also measured each alone, on the same split: each costs another training, which
     *     is cheap where the branch is frozen
     */
    public record Parts(List<Branch> all, List<Branch> alone) {
        /** Copies the lists. */
        public Parts {
            all = List.copyOf(all);
            alone = List.copyOf(alone);
        }
    }

    /**
     * What came of it.
     *
     * @param result the numbers; the first row is of all branches together
     * @param pictures what the items look like
     * @param model the trained network of all branches
     */
    public record Outcome(ExperimentResult result, ReportPictures pictures, MultimodalModel model) {}

    /** A network that was trained and measured on the test data. */
    private record Judged(String strategy, List<Branch> branches, MultimodalResult trained, Evaluation test) {
        PartsVerdict.Measured measured() {
            return new PartsVerdict.Measured(
                    strategy, branches.stream().map(Branch::name).toList(), test);
        }

        StrategyResult row() {
            return ResultRows.of(strategy, TrainedNetwork.of(trained), List.of(test), null, Fit.GALLERY);
        }
    }

    /**
     * Trains and judges.
     *
     * @param strategy how far the branches are trained, as it is to stand in the results
     * @param data the items, which are {@link LabeledItems}
     * @param settings how to train
     * @param changes added to every training: fusion, head, augmentation, balance
     * @param last added to the training of all branches alone: listener, checkpoints, resume
     * @throws StoppedException if asked to stop before all branches together were trained; a later request leaves out what
     *     is still to be measured alone
     */
    public static Outcome run(
            String strategy,
            Parts parts,
            TargetData data,
            TrainingSettings settings,
            UnaryOperator<MultimodalLearning> changes,
            UnaryOperator<MultimodalLearning> last,
            BooleanSupplier stopRequested) {
        long start = System.nanoTime();
        RepeatedExamples.say(data.train(), data.validation(), data.test());
        ItemFit fit = new ItemFit(strategy, data, settings, changes, stopRequested);
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            boolean several = parts.all().size() > 1;
            Judged together = fit.train(several ? strategy + ": together" : strategy, parts.all(), cache, last);
            List<Judged> alone = several ? fit.each(parts.alone(), cache) : List.of();
            @Nullable
            Evaluation validation = data.validation() == null
                    ? null
                    : together.trained().evaluate((LabeledItems) data.validation(), cache);
            Confidences confidences =
                    Confidences.measure(validation, together.test(), UnknownInputs.ALLOWED_SHARE, data.test()::caption);
            List<StrategyResult> results = new ArrayList<>();
            results.add(confidences.in(together.row()));
            alone.forEach(one -> results.add(one.row()));
            TargetTask target = Comparison.describe(data).withBalance(Fit.balance(data));
            ExperimentResult experiment = new ExperimentResult(
                    "fit",
                    settings.seed(),
                    1,
                    GraftVersion.current(),
                    Machine.describe(),
                    Sources.describe(parts.all()),
                    target,
                    results,
                    List.of(),
                    List.of(),
                    PartsVerdict.write(
                            together.measured(),
                            alone.stream().map(Judged::measured).toList(),
                            target),
                    (System.nanoTime() - start) / 1e9);
            return new Outcome(
                    experiment,
                    Samples.pictures(List.of(), data, results),
                    together.trained()
                            .model()
                            .withConfidence(new Confidence(confidences.temperature(), confidences.threshold())));
        }
    }

    private List<Judged> each(List<Branch> branches, FeatureCache cache) {
        List<Judged> alone = new ArrayList<>();
        try {
            for (Branch branch : branches) {
                // One branch alone leaves nothing to join.
                alone.add(train(
                        strategy + ": " + branch.name(),
                        List.of(branch),
                        cache,
                        learning -> learning.fusion(Fusion.concatenation())));
            }
        } catch (StoppedException e) {
            // What was asked for is trained already, and is worth more than what it would have been compared with.
            return alone;
        }
        return alone;
    }

    private Judged train(
            String row, List<Branch> branches, FeatureCache cache, UnaryOperator<MultimodalLearning> last) {
        MultimodalLearning learning = MultimodalLearning.on((LabeledItems) data.train());
        branches.forEach(learning::branch);
        learning.training(settings).cache(cache).stopWhen(stopRequested);
        if (data.validation() != null) {
            learning.validation(data.validation());
        }
        MultimodalResult trained = last.apply(changes.apply(learning)).run();
        return new Judged(row, branches, trained, trained.evaluate((LabeledItems) data.test(), cache));
    }
}
