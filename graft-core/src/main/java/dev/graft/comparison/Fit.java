package dev.graft.comparison;

import dev.graft.backbone.Backbone;
import dev.graft.bundle.Confidence;
import dev.graft.bundle.TransferModel;
import dev.graft.comparison.TargetSource.TargetData;
import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.data.NestedSubsets;
import dev.graft.engine.Machine;
import dev.graft.evaluation.Confidences;
import dev.graft.evaluation.Evaluation;
import dev.graft.evaluation.UnknownInputs;
import dev.graft.feature.FeatureCache;
import dev.graft.result.ClassBalance;
import dev.graft.result.ExperimentResult;
import dev.graft.result.GraftVersion;
import dev.graft.result.ProbeResult;
import dev.graft.result.ReportPictures;
import dev.graft.result.ReportPictures.LabeledPicture;
import dev.graft.result.StrategyResult;
import dev.graft.result.TargetTask;
import dev.graft.strategy.Strategy;
import dev.graft.training.TransferLearning;
import dev.graft.training.TransferResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
            @Nullable
            Evaluation validation = data.validation() == null ? null : trained.evaluate(data.validation(), cache);
            Confidences confidences =
                    Confidences.measure(validation, test, UnknownInputs.ALLOWED_SHARE, data.test()::caption);
            StrategyResult result = confidences.in(ResultRows.of(List.of(row), List.of(row), row.samples(), GALLERY));
            TargetTask target = Comparison.describe(data).withBalance(balance(data));
            ExperimentResult experiment = new ExperimentResult(
                    "fit",
                    seed,
                    1,
                    GraftVersion.current(),
                    Machine.describe(),
                    Sources.describe(backbone),
                    target,
                    List.of(result),
                    List.of(),
                    VerdictWriter.write(List.of(result), List.of(), probes, target),
                    (System.nanoTime() - start) / 1e9);
            return new Outcome(
                    experiment,
                    pictures(List.of(), data, List.of(result)),
                    trained.model().withConfidence(new Confidence(confidences.temperature(), confidences.threshold())));
        }
    }

    private static List<ClassBalance> balance(TargetData data) {
        List<String> names = data.train().classNames();
        return IntStream.range(0, names.size())
                .mapToObj(label -> new ClassBalance(
                        names.get(label),
                        count(data.train(), label),
                        data.validation() == null ? 0 : count(data.validation(), label),
                        count(data.test(), label)))
                .toList();
    }

    private static int count(LabeledImages data, int label) {
        return (int) IntStream.range(0, data.size())
                .filter(i -> data.label(i) == label)
                .count();
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
        results.stream()
                .flatMap(result -> Stream.concat(result.gallery().stream(), result.topLosses().stream()))
                .forEach(prediction -> shown.computeIfAbsent(prediction.index(), data.test()::image));
        return new ReportPictures(sourceSamples, Samples.of(data.train(), SAMPLES_PER_CLASS), shown);
    }
}
