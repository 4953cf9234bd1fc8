package dev.graft.comparison;

import dev.graft.backbone.Backbone;
import dev.graft.bundle.TransferModel;
import dev.graft.comparison.TargetSource.TargetData;
import dev.graft.data.LabeledImages;
import dev.graft.data.NestedSubsets;
import dev.graft.evaluation.Evaluation;
import dev.graft.feature.FeatureCache;
import dev.graft.result.CurvePoint;
import dev.graft.result.ProbeResult;
import dev.graft.result.StrategyResult;
import dev.graft.result.TargetTask;
import dev.graft.strategy.Strategy;
import dev.graft.training.TransferLearning;
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

/** Runs strategies side by side on the same seeds, splits and nested subsets, and draws the conclusion. */
public final class Comparison {
    private final Backbone backbone;
    private final TargetSource source;
    private final List<Strategy> strategies;
    private final ComparisonSettings settings;
    private final ComparisonListener listener;
    private final BooleanSupplier stopRequested;
    private final List<Measurement> measurements = new ArrayList<>();
    private UnaryOperator<TransferLearning> preparation = learning -> learning;
    private int done;

    /** Prepares a comparison; {@link #run()} does it. */
    public Comparison(
            Backbone backbone,
            TargetSource source,
            List<Strategy> strategies,
            ComparisonSettings settings,
            ComparisonListener listener,
            BooleanSupplier stopRequested) {
        this.backbone = backbone;
        this.source = source;
        this.strategies = List.copyOf(strategies);
        this.settings = settings;
        this.listener = listener;
        this.stopRequested = stopRequested;
    }

    /** Adds the same changes to every training: augmentation, balance and the like. */
    public Comparison prepared(UnaryOperator<TransferLearning> changes) {
        preparation = changes;
        return this;
    }

    /** Trains and measures everything, a training on each core. */
    public ComparisonOutcome run() {
        TargetData first = source.draw(settings.firstSeed());
        List<ProbeResult> probes = new ArrayList<>();
        SideBySide.run(cores -> {
            for (int i = 0; i < settings.seeds(); i++) {
                long seed = settings.firstSeed() + i;
                TargetData data = i == 0 ? first : source.draw(seed);
                try (FeatureCache cache = FeatureCache.withDefaults()) {
                    if (i == 0) {
                        probes.addAll(Probes.measure(backbone, data.train(), cache, seed));
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
        for (Strategy strategy : strategies) {
            trainings.add(() -> onAll(strategy, seed, data, cache));
        }
        for (int i = sizes.size() - 1; i >= 0; i--) {
            LabeledImages subset = data.train().subset(subsets.get(i));
            for (Strategy strategy : strategies) {
                trainings.add(() -> onSubset(strategy, subset, seed, data, cache));
            }
        }
        return trainings;
    }

    private Measurement onAll(Strategy strategy, long seed, TargetData data, FeatureCache cache) {
        TransferLearning learning = learning(strategy, data.train(), seed, cache);
        if (data.validation() != null) {
            learning.validation(data.validation());
        }
        TransferResult result = learning.run();
        Evaluation test = result.evaluate(data.test(), cache);
        Evaluation curve = result.evaluate(data.curveTest(), cache);
        return new Measurement(seed, data.train().size(), strategy.name(), curve, test, result);
    }

    private Measurement onSubset(
            Strategy strategy, LabeledImages subset, long seed, TargetData data, FeatureCache cache) {
        TransferResult result = learning(strategy, subset, seed, cache).run();
        Evaluation curve = result.evaluate(data.curveTest(), cache);
        return new Measurement(seed, subset.size(), strategy.name(), curve, null, null);
    }

    private TransferLearning learning(Strategy strategy, LabeledImages train, long seed, FeatureCache cache) {
        return preparation.apply(TransferLearning.on(train)
                .backbone(backbone)
                .strategy(strategy)
                .training(settings.training().withSeed(seed))
                .stopWhen(stopRequested)
                .cache(cache));
    }

    private void tell(Measurement measurement, int total) {
        done++;
        listener.trainingDone(
                done,
                total,
                measurement.strategy() + ", " + measurement.samples() + " images, seed " + measurement.seed());
    }

    private ComparisonOutcome conclude(TargetData first, List<ProbeResult> probes) {
        int whole = first.train().size();
        List<StrategyResult> results = new ArrayList<>();
        Map<String, TransferModel> models = new LinkedHashMap<>();
        for (Strategy strategy : strategies) {
            List<Measurement> rows = Measurement.of(measurements, strategy.name(), whole);
            results.add(ResultRows.of(rows, measurements, whole, settings.galleryImages()));
            models.put(
                    strategy.name(),
                    Objects.requireNonNull(rows.get(0).result()).model());
        }
        List<CurvePoint> curve = ResultRows.curve(measurements);
        TargetTask target = describe(first);
        return new ComparisonOutcome(
                target, results, curve, VerdictWriter.write(results, curve, probes, target), models);
    }

    /** The data of the first seed, in numbers. */
    static TargetTask describe(TargetData data) {
        return new TargetTask(
                data.train().name(),
                data.train().classNames(),
                data.train().size(),
                data.validation() == null ? 0 : data.validation().size(),
                data.test().size(),
                data.curveTest().size(),
                data.train().digest());
    }
}
