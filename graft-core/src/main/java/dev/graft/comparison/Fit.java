package dev.graft.comparison;

import dev.graft.backbone.Backbone;
import dev.graft.bundle.TransferModel;
import dev.graft.comparison.TargetSource.TargetData;
import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.data.NestedSubsets;
import dev.graft.engine.Machine;
import dev.graft.evaluation.Evaluation;
import dev.graft.feature.FeatureCache;
import dev.graft.result.ExperimentResult;
import dev.graft.result.GraftVersion;
import dev.graft.result.ProbeResult;
import dev.graft.result.ReportPictures;
import dev.graft.result.ReportPictures.LabeledPicture;
import dev.graft.result.StrategyResult;
import dev.graft.strategy.Strategy;
import dev.graft.training.TransferLearning;
import dev.graft.training.TransferResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** One strategy on one target task, judged: what {@code graft fit} does. */
public final class Fit {
    private static final int GALLERY = 24;
    private static final int SAMPLES_PER_CLASS = 10;
    private static final int MOST_PROBED = 2000;

    private Fit() {}

    /**
     * What came of it.
     *
     * @param result the numbers
     * @param pictures the pictures that go with them
     * @param model the trained network
     */
    public record Outcome(ExperimentResult result, ReportPictures pictures, TransferModel model) {}

    /**
     * Trains and judges.
     *
     * @param data the target task's data
     * @param seed the seed of the run, which settings made by {@code prepared} should have too
     * @param prepared adds settings, listener, checkpoints and the like to a transfer that has data, backbone and strategy
     */
    public static Outcome run(
            Backbone backbone,
            Strategy strategy,
            TargetData data,
            long seed,
            UnaryOperator<TransferLearning> prepared) {
        long start = System.nanoTime();
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            TransferLearning learning = TransferLearning.on(data.train())
                    .backbone(backbone)
                    .strategy(strategy)
                    .cache(cache);
            if (data.validation() != null) {
                learning.validation(data.validation());
            }
            TransferResult trained = prepared.apply(learning).run();
            Evaluation test = trained.evaluate(data.test(), cache);
            List<ProbeResult> probes = Probes.measure(backbone, probed(data.train(), seed), cache, seed);
            Measurement row = new Measurement(seed, data.train().size(), strategy.name(), test, test, trained);
            StrategyResult result = ResultRows.of(List.of(row), List.of(row), row.samples(), GALLERY);
            ExperimentResult experiment = new ExperimentResult(
                    "fit",
                    seed,
                    1,
                    GraftVersion.current(),
                    Machine.describe(),
                    Sources.describe(backbone),
                    Comparison.describe(data),
                    List.of(result),
                    List.of(),
                    VerdictWriter.write(List.of(result), List.of(), probes, Comparison.describe(data)),
                    (System.nanoTime() - start) / 1e9);
            return new Outcome(experiment, pictures(List.of(), data, List.of(result)), trained.model());
        }
    }

    /** Probes answer as well on a part of very much data. */
    private static LabeledImages probed(LabeledImages train, long seed) {
        return train.size() <= MOST_PROBED
                ? train
                : train.subset(NestedSubsets.stratified(train, List.of(MOST_PROBED), seed)
                        .get(0));
    }

    /** Samples of the target data, and the test images that the results' galleries show. */
    static ReportPictures pictures(List<LabeledPicture> sourceSamples, TargetData data, List<StrategyResult> results) {
        Map<Integer, Image> shown = new HashMap<>();
        results.forEach(result ->
                result.gallery().forEach(prediction -> shown.computeIfAbsent(prediction.index(), data.test()::image)));
        return new ReportPictures(sourceSamples, Samples.of(data.train(), SAMPLES_PER_CLASS), shown);
    }
}
