package dev.graft.selection;

import dev.graft.backbone.Backbone;
import dev.graft.data.Folds;
import dev.graft.data.LabeledExamples;
import dev.graft.evaluation.Intervals;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.feature.Pooling;
import dev.graft.feature.Rows;
import dev.graft.result.ProbeResult;
import dev.graft.training.Cores;
import dev.graft.training.FeatureExtractor;
import dev.graft.transferability.HScore;
import dev.graft.transferability.LogMe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * Measures what a frozen backbone's features still tell apart at each stage: cross-validated logistic regression on the
 * training data (linear probes, Alain and Bengio 2017, arXiv 1610.01644), and beside it two scores that train nothing.
 * Test data is not touched.
 */
public final class Probes {
    private static final int FOLDS = 5;

    private Probes() {}

    /**
     * A probe of each stage, in the network's order; none if the smallest class has but one example. Of much data a part
     * answers as well. A network without weights tells nothing that the data does not, and has none.
     *
     * @param cores where the regressions run
     */
    public static List<ProbeResult> measure(
            Backbone backbone, LabeledExamples train, FeatureCache cache, long seed, Cores cores) {
        if (backbone.weights().names().isEmpty()) {
            return List.of();
        }
        LabeledExamples data = Partition.part(train, seed);
        int[] labels = IntStream.range(0, data.size()).map(data::label).toArray();
        int classes = data.classNames().size();
        int[] counts = new int[classes];
        Arrays.stream(labels).forEach(label -> counts[label]++);
        int folds = Math.min(FOLDS, Arrays.stream(counts).min().orElse(0));
        if (folds < 2) {
            return List.of();
        }
        List<Cut> cuts = FeatureCuts.stages(backbone.architecture()).stream()
                .map(stage -> new Cut(List.of(stage), FeatureCuts.POOLING))
                .toList();
        List<FeatureCandidate> candidates = new FeatureSearch(
                        data, Folds.stratified(labels, classes, folds, seed), cache, cores)
                .candidates(backbone, cuts);
        List<List<Rows>> rows = FeatureExtractor.extract(backbone, cuts, data, cache);
        int[] all = IntStream.range(0, data.size()).toArray();
        List<Callable<ProbeResult>> probes = new ArrayList<>();
        for (int i = 0; i < cuts.size(); i++) {
            Cut cut = cuts.get(i);
            List<Rows> features = rows.get(i);
            FeatureCandidate best = candidates.stream()
                    .filter(one -> one.cut().equals(cut))
                    .min(Comparator.comparingDouble(one -> one.judged().meanLoss(all)))
                    .orElseThrow();
            probes.add(() -> result(best, FeatureSearch.joined(features, data.size()), labels, classes, all));
        }
        return cores.all(probes, done -> {});
    }

    private static ProbeResult result(FeatureCandidate best, float[] features, int[] labels, int classes, int[] all) {
        String stage = best.cut().stageNames();
        boolean places = best.backbone().architecture().outputShape(stage).hasPlaces();
        int correct = best.judged().correct(all);
        return new ProbeResult(
                stage,
                (places ? FeatureCuts.POOLING : Pooling.NONE).label(),
                best.features(),
                (double) correct / labels.length,
                Intervals.wilson(correct, labels.length),
                LogMe.score(features, best.features(), labels, classes),
                HScore.score(features, best.features(), labels, classes));
    }
}
