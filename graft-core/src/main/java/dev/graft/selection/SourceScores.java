package dev.graft.selection;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledExamples;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.feature.Rows;
import dev.graft.optimization.CrossEntropy;
import dev.graft.result.SourceScore;
import dev.graft.training.FeatureExtractor;
import dev.graft.transferability.HScore;
import dev.graft.transferability.Leep;
import dev.graft.transferability.LogMe;
import java.util.List;

/** Scores source models without training anything, beside what cross-validation says of them. */
final class SourceScores {
    private static final double SHARE = 0.05;

    private final LabeledExamples data;
    private final FeatureCache cache;
    private final int[] labels;
    private final int classes;
    private final Clock clock;
    private final List<String> skipped;

    /**
     * Scores on the examples that a choice looked at.
     *
     * @param clock where the time goes that the scores take
     * @param skipped where to note what there is no time for
     */
    SourceScores(LabeledExamples data, FeatureCache cache, Clock clock, List<String> skipped) {
        this.clock = clock;
        this.skipped = skipped;
        this.data = data;
        this.cache = cache;
        labels = data.kind().isOneOfNames() ? data.targets().labels() : new int[0];
        classes = data.classNames().size();
    }

    SourceScore of(FeatureCandidate best, double accuracy) {
        Backbone backbone = best.backbone();
        Architecture architecture = backbone.architecture();
        if (labels.length == 0) {
            // The scores tell classes apart.
            return new SourceScore(
                    backbone.id(), best.cut().stageNames(), accuracy, Double.NaN, Double.NaN, Double.NaN);
        }
        // The logits take a pass of their own.
        if (data.size() * cache.rowSeconds() > SHARE * clock.left()) {
            skipped.add("scores of " + backbone.id() + " without training: they would not have fitted into the budget");
            return new SourceScore(
                    backbone.id(), best.cut().stageNames(), accuracy, Double.NaN, Double.NaN, Double.NaN);
        }
        Cut all = FeatureCuts.of(architecture).get(0);
        Cut own = Cut.at(architecture.classifier().name());
        List<List<Rows>> rows = FeatureExtractor.extract(backbone, List.of(all, own), data, cache);
        float[] features = FeatureSearch.joined(rows.get(0), labels.length);
        int width = features.length / labels.length;
        return new SourceScore(
                backbone.id(),
                best.cut().stageNames(),
                accuracy,
                LogMe.score(features, width, labels, classes),
                HScore.score(features, width, labels, classes),
                leep(backbone, rows.get(1), own.features(architecture)));
    }

    /** NaN for a source model that was trained without classes: its last stage makes no logits. */
    private double leep(Backbone backbone, List<Rows> rows, int sourceClasses) {
        if (backbone.card().classNames().isEmpty()) {
            return Double.NaN;
        }
        float[] logits = FeatureSearch.joined(rows, labels.length);
        float[][] probabilities = CrossEntropy.probabilities(logits, sourceClasses);
        float[] flat = new float[labels.length * probabilities[0].length];
        for (int i = 0; i < probabilities.length; i++) {
            System.arraycopy(probabilities[i], 0, flat, i * probabilities[0].length, probabilities[0].length);
        }
        return Leep.score(flat, probabilities[0].length, labels, classes);
    }
}
