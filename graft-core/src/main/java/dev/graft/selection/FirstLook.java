package dev.graft.selection;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledExamples;
import dev.graft.data.NestedSubsets;
import dev.graft.feature.FeatureCache;
import dev.graft.training.FeatureExtractor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which source model a choice within a budget begins with, and how many training examples it looks at: found by computing the features of
 * a few.
 */
final class FirstLook {
    /** Of what is left, for one pass over the examples; comparing what came of it takes about as long again. */
    private static final double SHARE = 0.2;

    private static final int[] GLANCES = {50, 150};
    private static final int FEWEST = 100;
    private static final int FEWEST_OF_CLASS = 5;

    private final TransferTask task;
    private final Clock clock;

    FirstLook(TransferTask task, Clock clock) {
        this.task = task;
        this.clock = clock;
    }

    /**
     * What a choice goes on with.
     *
     * @param task the task, its source models in the order in which they are worth a try
     * @param examples all training examples where there is time for as many as a choice looks at; else some, drawn as nested subsets are
     */
    record Seen(TransferTask task, LabeledExamples examples) {}

    /** Looks at few examples with the most promising source model, to see how many more there is time for. */
    Seen take() {
        LabeledExamples train = task.train();
        LabeledExamples most = Partition.part(train, task.settings().seed());
        int fewest = Math.max(FEWEST, FEWEST_OF_CLASS * train.classNames().size());
        boolean several = SourceRanking.isNeeded(task, most.size());
        boolean few = most.size() <= Math.max(fewest, GLANCES[GLANCES.length - 1]);
        if (clock.budgetSeconds() == null || (few && !several)) {
            return new Seen(task, train);
        }
        int[] order = NestedSubsets.stratified(
                        train, List.of(most.size()), task.settings().seed())
                .get(0);
        SourceRanking.Ranked ranked = several ? new SourceRanking(task, clock, order).rank() : null;
        TransferTask first = ranked == null ? task : task.withSources(ranked.sources());
        if (few) {
            return new Seen(first, train);
        }
        Glance glance = ranked == null ? glance(order, most.size()) : ranked.glance();
        boolean all = glance.size() == most.size() || affordable(glance.rowSeconds()) >= most.size();
        int size = all
                ? most.size()
                : Math.min(most.size(), Math.max(Math.max(fewest, glance.size()), affordable(glance.rowSeconds())));
        List<FeatureCache.Piece> pieces = new ArrayList<>(glance.pieces());
        if (size > glance.size()) {
            pieces.add(Glance.piece(train, order, glance.size(), size));
        }
        return new Seen(first, composed(all ? most : train.subset(Arrays.copyOf(order, size)), order, pieces, all));
    }

    private int affordable(double rowSeconds) {
        return (int) (SHARE * clock.left() / Math.max(1e-9, rowSeconds));
    }

    /** The features of few, and of more of them where there is time for these. */
    private Glance glance(int[] order, int most) {
        List<FeatureCache.Piece> pieces = new ArrayList<>();
        Backbone backbone = task.backbone();
        int from = 0;
        for (int to : GLANCES) {
            int affordable = affordable(task.cache().rowSeconds());
            if (from > 0 && (affordable < to || affordable >= most)) {
                break;
            }
            FeatureCache.Piece few = Glance.piece(task.train(), order, from, to);
            FeatureExtractor.extract(backbone, FeatureCuts.of(backbone.architecture()), few.examples(), task.cache());
            pieces.add(few);
            from = to;
        }
        return new Glance(pieces, from, task.cache().rowSeconds());
    }

    /** The examples to look at, whose features are put together of those of the pieces. */
    private LabeledExamples composed(
            LabeledExamples looked, int[] order, List<FeatureCache.Piece> pieces, boolean all) {
        LabeledExamples train = task.train();
        // Where that is all there is, examples stand in the data's own order.
        task.cache()
                .compose(
                        looked.digest(),
                        looked != train
                                ? pieces
                                : pieces.stream()
                                        .map(piece -> new FeatureCache.Piece(
                                                piece.examples(),
                                                IntStream.of(piece.places())
                                                        .map(place -> order[place])
                                                        .toArray()))
                                        .toList());
        return all ? train : looked;
    }
}
