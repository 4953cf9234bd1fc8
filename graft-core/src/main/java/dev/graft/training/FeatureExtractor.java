package dev.graft.training;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledExamples;
import dev.graft.engine.Tap;
import dev.graft.error.Problem;
import dev.graft.error.WeightsMismatchException;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.feature.Rows;
import dev.graft.weights.WeightSet;
import java.util.Comparator;
import java.util.List;

/** Takes a frozen backbone's features out, through the cache. */
public final class FeatureExtractor {
    private FeatureExtractor() {}

    /**
     * The pooled features at each stage of the cut, in the network's order, in one pass over the examples.
     *
     * @param cache keeps the rows, which are gone once it is closed
     */
    public static List<Rows> extract(Backbone backbone, Cut cut, LabeledExamples data, FeatureCache cache) {
        return extract(backbone, List.of(cut), data, cache).get(0);
    }

    /** The pooled features of several cuts, still in one pass over the examples. */
    public static List<List<Rows>> extract(
            Backbone backbone, List<Cut> cuts, LabeledExamples data, FeatureCache cache) {
        return extract(backbone.architecture(), backbone.weights(), backbone.id(), cuts, data, cache);
    }

    /**
     * The pooled features of several cuts of a network whose weights need not be a source model's.
     *
     * @param weights at least the tensors of the stages through the last cut
     * @param name what the network is called in messages
     */
    public static List<List<Rows>> extract(
            Architecture architecture,
            WeightSet weights,
            String name,
            List<Cut> cuts,
            LabeledExamples data,
            FeatureCache cache) {
        List<List<Tap>> taps =
                cuts.stream().map(cut -> Tap.at(architecture, cut)).toList();
        List<Tap> all = taps.stream().flatMap(List::stream).distinct().toList();
        String last = all.stream()
                .map(Tap::stage)
                .max(Comparator.comparingInt(architecture::position))
                .orElseThrow();
        BranchPlan plan = new BranchPlan("", architecture, architecture.stagesThrough(last), List.of(), all, List.of());
        try (FrozenPart frozen = FrozenPart.of(plan, weights, cache)) {
            List<Rows> rows = frozen.rows(View.plain(data));
            for (int i = 0; i < rows.size(); i++) {
                requireNumbers(rows.get(i), name, all.get(i).stage());
            }
            return taps.stream()
                    .map(some ->
                            some.stream().map(tap -> rows.get(all.indexOf(tap))).toList())
                    .toList();
        }
    }

    /** Features of broken weights would be written, compared and trained on without a word. */
    private static void requireNumbers(Rows rows, String backbone, String stage) {
        float[] row = new float[rows.width()];
        for (int i = 0; i < rows.count(); i++) {
            rows.read(i, row, 0);
            for (float value : row) {
                if (!Float.isFinite(value)) {
                    throw new WeightsMismatchException(Problem.of("Features came out that are no finite numbers.")
                            .where("stage " + stage + " of backbone " + backbone + ", example " + i)
                            .expected("finite numbers")
                            .found(value)
                            .fix("use weights as they were trained: with these the network computes nothing of use"));
                }
            }
        }
    }
}
