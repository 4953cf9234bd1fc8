package dev.graft.selection;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledExamples;
import dev.graft.feature.FeatureCache;
import dev.graft.training.FeatureExtractor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Looks at source models with a few of the examples, so that a choice whose budget has time for one alone begins with the most promising
 * one, in whatever order they were named.
 */
final class SourceRanking {
    /** So many examples, or more where there is time for it, by all models alike. */
    private static final int[] LOOKS = {50, 150, 300};

    /** Of what is left, for computing features; comparing them takes less. */
    private static final double SHARE = 0.1;

    /** A model is not looked at where what is left would not do for so many looks like the dearest so far. */
    private static final double TIMES_TO_SPARE = 4;

    private final TransferTask task;
    private final Clock clock;
    private final int[] order;

    /**
     * Prepares a look.
     *
     * @param order the training examples to look at, the first ones first
     */
    SourceRanking(TransferTask task, Clock clock, int[] order) {
        this.task = task;
        this.clock = clock;
        this.order = order;
    }

    /** Whether there is anything to find out. */
    static boolean isNeeded(TransferTask task, int examples) {
        return task.backbones().size() > 1 && !task.sources().ranked() && examples > 2 * LOOKS[0];
    }

    /**
     * What was found.
     *
     * @param sources the most promising source model first
     * @param glance what that one made of the examples that were looked at
     */
    record Ranked(SourceModels sources, Glance glance) {}

    /** Ranks those that there is time to look at, before the others. */
    Ranked rank() {
        // What the first pass of all takes, such as the start of the engine, says nothing of the source model.
        pass(task.backbone(), piece(0, 1));
        List<FeatureCache.Piece> pieces = new ArrayList<>(List.of(piece(0, LOOKS[0])));
        List<Backbone> looked = new ArrayList<>();
        List<Double> seconds = new ArrayList<>();
        double dearest = 0;
        for (Backbone backbone : task.backbones()) {
            if (!looked.isEmpty() && clock.left() < TIMES_TO_SPARE * dearest) {
                break;
            }
            double before = clock.elapsed();
            looked.add(backbone);
            seconds.add(pass(backbone, pieces.get(0)));
            dearest = Math.max(dearest, clock.elapsed() - before);
        }
        int size = LOOKS[0];
        for (int to : LOOKS) {
            if (to > size && to <= order.length && to <= affordable(seconds)) {
                FeatureCache.Piece more = piece(size, to);
                for (int i = 0; i < looked.size(); i++) {
                    seconds.set(i, pass(looked.get(i), more));
                }
                pieces.add(more);
                size = to;
            }
        }
        List<Backbone> ranked = new ArrayList<>(judged(looked, pieces, size));
        double first = seconds.get(looked.indexOf(ranked.get(0)));
        task.backbones().stream().filter(one -> !looked.contains(one)).forEach(ranked::add);
        return new Ranked(SourceModels.ranked(ranked), new Glance(pieces, size, first));
    }

    private FeatureCache.Piece piece(int from, int to) {
        return Glance.piece(task.train(), order, from, to);
    }

    /** Computes the features of all cuts, and returns what an example took, in seconds. */
    private double pass(Backbone backbone, FeatureCache.Piece few) {
        FeatureExtractor.extract(backbone, FeatureCuts.of(backbone.architecture()), few.examples(), task.cache());
        return Math.max(1e-9, task.cache().rowSeconds());
    }

    private double affordable(List<Double> seconds) {
        return SHARE * clock.left() / seconds.stream().mapToDouble(one -> one).sum();
    }

    /** The models in the order of their best heads; as they were where the examples are too few to hold any back. */
    private List<Backbone> judged(List<Backbone> looked, List<FeatureCache.Piece> pieces, int size) {
        LabeledExamples few = task.train().subset(Arrays.copyOf(order, size));
        List<int[]> folds = Partition.folds(few, task.settings().seed());
        if (folds.isEmpty() || looked.size() < 2) {
            return looked;
        }
        task.cache().compose(few.digest(), pieces);
        FeatureSearch search = new FeatureSearch(few, folds, task.cache(), task.cores());
        int[] all = IntStream.range(0, size).toArray();
        List<FeatureCandidate> best = looked.stream()
                .map(backbone ->
                        FeatureScores.best(search.candidates(backbone, FeatureCuts.few(backbone.architecture())), all))
                .sorted(Comparator.comparingDouble(one -> FeatureScores.score(one, all)))
                .toList();
        task.progress()
                .accept("looked at " + size + " examples with each source model: "
                        + best.stream()
                                .map(one -> String.format(
                                        Locale.ROOT,
                                        "%s gets %s",
                                        one.backbone().id(),
                                        one.judged().said(all)))
                                .collect(Collectors.joining(", "))
                        + " of held-out ones");
        return best.stream().map(FeatureCandidate::backbone).toList();
    }
}
