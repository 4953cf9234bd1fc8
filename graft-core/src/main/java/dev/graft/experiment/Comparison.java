package dev.graft.experiment;

import dev.graft.data.LabeledExamples;
import dev.graft.data.NestedSubsets;
import dev.graft.data.RepeatedExamples;
import dev.graft.evaluation.Evaluation;
import dev.graft.evaluation.TargetMeasures;
import dev.graft.experiment.TargetSource.TargetData;
import dev.graft.feature.FeatureCache;
import dev.graft.model.TransferModel;
import dev.graft.result.CurvePoint;
import dev.graft.result.ProbeResult;
import dev.graft.result.StrategyResult;
import dev.graft.result.TargetTask;
import dev.graft.selection.Approach;
import dev.graft.selection.Probes;
import dev.graft.selection.SourceModels;
import dev.graft.selection.TransferTask;
import dev.graft.targets.OneClass;
import dev.graft.targets.TargetKind;
import dev.graft.training.Cores;
import dev.graft.training.NetworkTraining;
import dev.graft.training.SideBySide;
import dev.graft.training.TrainingListener;
import dev.graft.training.TransferResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Runs strategies side by side on the same seeds, splits and nested subsets, and draws the conclusion. */
public final class Comparison {
    private final SourceModels sources;
    private final TargetSource source;
    private final List<Approach> approaches;
    private final ComparisonSettings settings;
    private final ComparisonListener listener;
    private final BooleanSupplier stopRequested;
    private final List<Measurement> measurements = new ArrayList<>();
    private UnaryOperator<NetworkTraining> preparation = learning -> learning;
    private int done;

    /**
     * Prepares a comparison; {@link #run()} does it.
     *
     * @param sources the source models, of which an approach that does not choose takes the first; or the branches of a network
     *     for items
     */
    public Comparison(
            SourceModels sources,
            TargetSource source,
            List<? extends Approach> approaches,
            ComparisonSettings settings,
            ComparisonListener listener,
            BooleanSupplier stopRequested) {
        this.sources = sources;
        this.source = source;
        this.approaches = List.copyOf(approaches);
        this.settings = settings;
        this.listener = listener;
        this.stopRequested = stopRequested;
    }

    /** Adds the same changes to every training: augmentation, balance and the like. */
    public Comparison prepared(UnaryOperator<NetworkTraining> changes) {
        preparation = changes;
        return this;
    }

    /** Trains and measures everything, a training on each core. */
    public ComparisonOutcome run() {
        TargetData first = source.draw(settings.firstSeed());
        NetworkTraining.requireFitting(preparation, first.train());
        RepeatedExamples.say(first.train(), first.validation(), first.test());
        approaches.forEach(approach -> approach.requireUsable(first.train()));
        List<ProbeResult> probes = new ArrayList<>();
        SideBySide.run(cores -> {
            for (int i = 0; i < settings.seeds(); i++) {
                long seed = settings.firstSeed() + i;
                TargetData data = i == 0 ? first : source.draw(seed);
                try (FeatureCache cache = FeatureCache.withDefaults()) {
                    if (i == 0 && !sources.takesItems()) {
                        probes.addAll(Probes.measure(sources.candidates().get(0), data.train(), cache, seed, cores));
                    }
                    List<Callable<Measurement>> trainings = trainings(seed, data, cache);
                    int total = settings.seeds() * trainings.size();
                    measurements.addAll(cores.all(trainings, measurement -> tell(measurement, total)));
                }
            }
        });
        return conclude(first, probes);
    }

    /** The trainings of one seed, the longest first, so that the cores end together. */
    private List<Callable<Measurement>> trainings(long seed, TargetData data, FeatureCache cache) {
        int whole = data.train().size();
        List<Integer> sizes = new ArrayList<>(new TreeSet<>(settings.curveSizes()));
        sizes.removeIf(size -> size >= whole);
        List<int[]> subsets = NestedSubsets.stratified(data.train(), sizes, seed);
        List<Callable<Measurement>> trainings = new ArrayList<>();
        for (Approach approach : approaches) {
            trainings.add(() -> onAll(approach, seed, data, cache));
        }
        for (int i = sizes.size() - 1; i >= 0; i--) {
            LabeledExamples subset = data.train().subset(subsets.get(i));
            for (Approach approach : approaches) {
                trainings.add(() -> onSubset(approach, subset, seed, data, cache));
            }
        }
        return trainings;
    }

    private Measurement onAll(Approach approach, long seed, TargetData data, FeatureCache cache) {
        // What one training warns of, the others would say again.
        boolean heard = seed == settings.firstSeed() && approach == approaches.get(0);
        Approach.Transferred transferred = approach.run(task(data.train(), data.validation(), seed, cache, heard));
        TransferResult result = transferred.result();
        Evaluation test = result.evaluate(data.test(), cache);
        Evaluation curve = result.evaluate(data.curveTest(), cache);
        return new Measurement(
                seed, data.train().size(), approach.name(), curve, test, result, transferred.selection());
    }

    private Measurement onSubset(
            Approach approach, LabeledExamples subset, long seed, TargetData data, FeatureCache cache) {
        Approach.Transferred transferred = approach.run(task(subset, null, seed, cache, false));
        Evaluation curve = transferred.result().evaluate(data.curveTest(), cache);
        return new Measurement(seed, subset.size(), approach.name(), curve, null, null, transferred.selection());
    }

    private TransferTask task(
            LabeledExamples train, @Nullable LabeledExamples validation, long seed, FeatureCache cache, boolean heard) {
        return new TransferTask(
                sources,
                train,
                validation,
                settings.training().withSeed(seed),
                preparation,
                heard ? learning -> learning : learning -> learning.listener(TrainingListener.SILENT),
                cache,
                Cores.one(),
                stopRequested,
                choice -> {});
    }

    private void tell(Measurement measurement, int total) {
        done++;
        listener.trainingDone(
                done,
                total,
                measurement.strategy() + ", " + measurement.samples() + " examples, seed " + measurement.seed());
    }

    private ComparisonOutcome conclude(TargetData first, List<ProbeResult> probes) {
        int whole = first.train().size();
        List<StrategyResult> results = new ArrayList<>();
        Map<String, TransferModel> models = new LinkedHashMap<>();
        for (Approach approach : approaches) {
            List<Measurement> rows = Measurement.of(measurements, approach.name(), whole);
            results.add(ResultRows.of(rows, measurements, whole, settings.galleryImages()));
            models.put(
                    approach.name(),
                    Objects.requireNonNull(rows.get(0).result()).model());
        }
        List<CurvePoint> curve = ResultRows.curve(measurements);
        TargetTask target = describe(first);
        return new ComparisonOutcome(
                target, results, curve, VerdictWriter.write(results, curve, probes, target), models);
    }

    /** The data of the first seed, in numbers. */
    static TargetTask describe(TargetData data) {
        TargetTask task = new TargetTask(
                data.train().name(),
                data.train().classNames(),
                data.train().size(),
                data.validation() == null ? 0 : data.validation().size(),
                data.test().size(),
                data.curveTest().size(),
                data.train().digest());
        TargetKind kind = data.train().kind();
        return kind instanceof OneClass ? task : task.withTask(kind.task(), TargetMeasures.primary(kind));
    }
}
