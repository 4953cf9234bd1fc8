package dev.graft.selection;

import dev.graft.data.LabeledExamples;
import dev.graft.data.NestedSubsets;
import dev.graft.feature.FeatureCache;
import dev.graft.optimization.CrossValidatedHeads.Fold;
import dev.graft.result.CurvePoint;
import dev.graft.training.Cores;
import dev.graft.training.FeatureExtractor;
import dev.graft.training.HeadRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** How the best frozen features do on held-out examples when they are learned from parts of the other folds. */
final class LearningCurve {
    /** The name of its one line. */
    static final String NAME = "frozen features";

    private static final int[] PARTS = {16, 8, 4, 2, 1};
    private static final int FEWEST_OF_CLASS = 2;
    private static final int FEWEST = 8;

    private final LabeledExamples data;
    private final List<int[]> folds;
    private final FeatureCache cache;
    private final long seed;

    LearningCurve(LabeledExamples data, List<int[]> folds, FeatureCache cache, long seed) {
        this.data = data;
        this.folds = folds;
        this.cache = cache;
        this.seed = seed;
    }

    /** A point for each part of the data that still has a few examples of each class. */
    List<CurvePoint> of(FeatureCandidate best) {
        FeatureSearch search = new FeatureSearch(data, folds, cache, Cores.one());
        HeadRows rows = search.prepared(FeatureExtractor.extract(best.backbone(), List.of(best.cut()), data, cache)
                .get(0));
        List<Integer> sizes = sizes();
        List<List<Fold>> divisions =
                sizes.stream().map(size -> (List<Fold>) new ArrayList<Fold>()).toList();
        for (int[] fold : folds) {
            int[] train = Partition.others(data.size(), fold);
            List<int[]> parts = NestedSubsets.stratified(data.subset(train), sizes, seed);
            for (int i = 0; i < parts.size(); i++) {
                divisions
                        .get(i)
                        .add(new Fold(
                                Arrays.stream(parts.get(i))
                                        .map(row -> train[row])
                                        .toArray(),
                                fold));
            }
        }
        List<CurvePoint> points = new ArrayList<>();
        for (int i = 0; i < sizes.size(); i++) {
            points.add(point(sizes.get(i), search.judge(best, rows, divisions.get(i))));
        }
        return points;
    }

    private List<Integer> sizes() {
        int smallest =
                data.size() - folds.stream().mapToInt(fold -> fold.length).max().orElse(0);
        int least = Math.max(
                FEWEST,
                FEWEST_OF_CLASS
                        * (data.kind().isOneOfNames() ? data.classNames().size() : 1));
        TreeSet<Integer> sizes = new TreeSet<>();
        for (int part : PARTS) {
            if (smallest / part >= least) {
                sizes.add(smallest / part);
            }
        }
        return List.copyOf(sizes);
    }

    private CurvePoint point(int size, OutOfFold judged) {
        int[] all = IntStream.range(0, data.size()).toArray();
        double score = judged.score(all);
        return new CurvePoint(size, NAME, score, judged.interval(all), 1, List.of(score));
    }
}
