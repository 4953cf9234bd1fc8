package dev.graft.experiment;

import dev.graft.data.LabeledExamples;
import dev.graft.data.RepeatedExamples;
import dev.graft.engine.Machine;
import dev.graft.evaluation.Confidences;
import dev.graft.evaluation.Evaluation;
import dev.graft.evaluation.UnknownInputs;
import dev.graft.experiment.TargetSource.TargetData;
import dev.graft.feature.FeatureCache;
import dev.graft.model.AdapterModel;
import dev.graft.model.Confidence;
import dev.graft.model.TransferModel;
import dev.graft.optimization.TrainingSettings;
import dev.graft.result.ClassBalance;
import dev.graft.result.ExperimentResult;
import dev.graft.result.GraftVersion;
import dev.graft.result.ProbeResult;
import dev.graft.result.ReportPictures;
import dev.graft.result.SelectionResult;
import dev.graft.result.StrategyResult;
import dev.graft.result.TargetTask;
import dev.graft.selection.Approach;
import dev.graft.selection.Probes;
import dev.graft.selection.SourceModels;
import dev.graft.selection.TransferTask;
import dev.graft.training.SideBySide;
import dev.graft.training.TransferLearning;
import dev.graft.training.TransferResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
            TrainingSettings settings) {}

    /**
     * Trains and judges. Of a network with several branches, those that stay frozen are also measured each alone, on the same
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
            UnaryOperator<TransferLearning> changes,
            UnaryOperator<TransferLearning> last,
            Consumer<String> progress,
            BooleanSupplier stopRequested) {
        long start = System.nanoTime();
        long seed = settings.seed();
        RepeatedExamples.say(data.train(), data.validation(), data.test());
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            // First, where it is known what is probed: what is frozen finds its features in the cache then.
            boolean known = sources.candidates().size() == 1 && approach.usesBackbones();
            List<ProbeResult> before = known
                    ? Probes.measure(sources.candidates().get(0), data.train(), cache, seed, SideBySide.whenNeeded())
                    : List.of();
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
                    progress);
            Approach.Transferred transferred = approach.run(task);
            TransferResult trained = transferred.result();
            Evaluation test = trained.evaluate(data.test(), cache);
            List<Parts.Alone> alone = isOver(transferred, start)
                    ? List.of()
                    : new Parts(task, transferred).alone(approach.name(), data.test());
            List<ProbeResult> probes = known || sources.takesItems()
                    ? before
                    : Probes.measure(transferred.backbone(), data.train(), cache, seed, SideBySide.whenNeeded());
            String name = transferred.branches().size() > 1 ? approach.name() + ": together" : approach.name();
            Measurement row =
                    new Measurement(seed, data.train().size(), name, test, test, trained, transferred.selection());
            @Nullable
            Evaluation validation = data.validation() == null ? null : trained.evaluate(data.validation(), cache);
            Confidences confidences =
                    Confidences.measure(validation, test, UnknownInputs.ALLOWED_SHARE, data.test()::caption);
            StrategyResult result = confidences.in(ResultRows.of(List.of(row), List.of(row), row.samples(), GALLERY));
            List<StrategyResult> results = new ArrayList<>(List.of(result));
            alone.forEach(part -> results.add(part.row()));
            TargetTask target = Comparison.describe(data).withBalance(balance(data));
            ExperimentResult experiment = new ExperimentResult(
                    "fit",
                    seed,
                    1,
                    GraftVersion.current(),
                    Machine.describe(),
                    Sources.describe(transferred.branches()),
                    target,
                    results,
                    List.of(),
                    List.of(),
                    sources.takesItems()
                            ? PartsVerdict.write(
                                    Parts.measured(row, transferred),
                                    alone.stream().map(Parts.Alone::measured).toList(),
                                    target)
                            : VerdictWriter.write(List.of(result), List.of(), probes, target),
                    (System.nanoTime() - start) / 1e9);
            Confidence confidence = new Confidence(confidences.temperature(), confidences.threshold());
            return new Outcome(
                    experiment,
                    HeatMaps.on(
                            ReportSamples.pictures(List.of(), data, results),
                            data.test(),
                            List.of(result),
                            Map.of(result.strategy(), trained.model())),
                    trained.model().withConfidence(confidence),
                    trained.hasAdapters() ? trained.adapters().withConfidence(confidence) : null,
                    trained.settings());
        }
    }

    /** Whether a budget that was given is spent. */
    private static boolean isOver(Approach.Transferred transferred, long start) {
        SelectionResult selection = transferred.selection();
        Double budget = selection == null ? null : selection.budgetSeconds();
        return budget != null && (System.nanoTime() - start) / 1e9 > budget;
    }

    /** The examples of each class, by label. */
    static List<ClassBalance> balance(TargetData data) {
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
        return (int) IntStream.range(0, data.size())
                .filter(i -> data.label(i) == label)
                .count();
    }
}
