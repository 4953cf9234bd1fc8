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
import java.util.function.BooleanSupplier;

/** Runs strategies side by side on the same seeds, splits and nested subsets, and draws the conclusion. */
public final class Comparison {
    private final Backbone backbone;
    private final TargetSource source;
    private final List<Strategy> strategies;
    private final ComparisonSettings settings;
    private final ComparisonListener listener;
    private final BooleanSupplier stopRequested;
    private final List<Measurement> measurements = new ArrayList<>();
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

    /** Trains and measures everything. */
    public ComparisonOutcome run() {
        TargetData first = source.draw(settings.firstSeed());
        List<ProbeResult> probes;
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            probes = Probes.measure(backbone, first.train(), cache, settings.firstSeed());
            measure(settings.firstSeed(), first, cache);
        }
        for (int i = 1; i < settings.seeds(); i++) {
            long seed = settings.firstSeed() + i;
            try (FeatureCache cache = FeatureCache.withDefaults()) {
                measure(seed, source.draw(seed), cache);
            }
        }
        return conclude(first, probes);
    }

    private void measure(long seed, TargetData data, FeatureCache cache) {
        int whole = data.train().size();
        List<Integer> sizes = new ArrayList<>(new TreeSet<>(settings.curveSizes()));
        sizes.removeIf(size -> size >= whole);
        List<int[]> subsets = NestedSubsets.stratified(data.train(), sizes, seed);
        for (int i = 0; i < sizes.size(); i++) {
            LabeledImages subset = data.train().subset(subsets.get(i));
            for (Strategy strategy : strategies) {
                TransferResult result = learning(strategy, subset, seed, cache).run();
                Evaluation curve = result.evaluate(data.curveTest(), cache);
                add(new Measurement(seed, subset.size(), strategy.name(), curve, null, null), sizes.size() + 1);
            }
        }
        for (Strategy strategy : strategies) {
            TransferLearning learning = learning(strategy, data.train(), seed, cache);
            if (data.validation() != null) {
                learning.validation(data.validation());
            }
            TransferResult result = learning.run();
            Evaluation test = result.evaluate(data.test(), cache);
            Evaluation curve = result.evaluate(data.curveTest(), cache);
            add(new Measurement(seed, whole, strategy.name(), curve, test, result), sizes.size() + 1);
        }
    }

    private TransferLearning learning(Strategy strategy, LabeledImages train, long seed, FeatureCache cache) {
        return TransferLearning.on(train)
                .backbone(backbone)
                .strategy(strategy)
                .training(settings.training().withSeed(seed))
                .stopWhen(stopRequested)
                .cache(cache);
    }

    private void add(Measurement measurement, int sizes) {
        measurements.add(measurement);
        done++;
        int total = settings.seeds() * sizes * strategies.size();
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
        TargetTask target = new TargetTask(
                first.train().name(),
                first.train().classNames(),
                whole,
                first.validation() == null ? 0 : first.validation().size(),
                first.test().size(),
                first.curveTest().size(),
                first.train().digest());
        return new ComparisonOutcome(
                target, results, curve, VerdictWriter.write(results, curve, probes, target), models);
    }
}
