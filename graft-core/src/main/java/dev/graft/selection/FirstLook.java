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

/** How many training examples a choice looks at within a budget: found by computing the features of a few. */
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

    /** All training examples where there is time for as many as a choice looks at; else some, drawn as nested subsets are. */
    LabeledExamples examples() {
        LabeledExamples train = task.train();
        LabeledExamples most = Partition.part(train, task.settings().seed());
        int fewest = Math.max(FEWEST, FEWEST_OF_CLASS * train.classNames().size());
        if (clock.budgetSeconds() == null || most.size() <= Math.max(fewest, GLANCES[GLANCES.length - 1])) {
            return train;
        }
        int[] order = NestedSubsets.stratified(
                        train, List.of(most.size()), task.settings().seed())
                .get(0);
        List<FeatureCache.Piece> pieces = new ArrayList<>();
        Backbone backbone = task.backbone();
        int from = 0;
        int affordable = 0;
        for (int to : GLANCES) {
            if (from > 0 && affordable < to) {
                break;
            }
            FeatureCache.Piece few = piece(train, order, from, to);
            FeatureExtractor.extract(backbone, FeatureCuts.of(backbone.architecture()), few.examples(), task.cache());
            pieces.add(few);
            from = to;
            affordable =
                    (int) (SHARE * clock.left() / Math.max(1e-9, task.cache().rowSeconds()));
            if (affordable >= most.size()) {
                break;
            }
        }
        boolean all = affordable >= most.size();
        int size = all ? most.size() : Math.max(Math.max(fewest, from), affordable);
        pieces.add(piece(train, order, from, size));
        LabeledExamples looked = all ? most : train.subset(Arrays.copyOf(order, size));
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

    private static FeatureCache.Piece piece(LabeledExamples train, int[] order, int from, int to) {
        return new FeatureCache.Piece(
                train.subset(Arrays.copyOfRange(order, from, to)),
                IntStream.range(from, to).toArray());
    }
}
