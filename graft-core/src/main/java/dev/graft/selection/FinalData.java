package dev.graft.selection;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledExamples;
import dev.graft.data.NestedSubsets;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.training.FeatureExtractor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The examples of the final training. The features of those that the choice looked at are not computed again; with a budget the
 * others' are computed here, portion by portion, as long as there is time.
 */
final class FinalData {
    /** Of what is left, for features and solving the head; the rest is for what a pass takes longer than the last. */
    private static final double SHARE = 0.85;

    private static final int FIRST = 64;

    private final TransferTask task;
    private final LabeledExamples train;
    private final int[] order;
    private final List<FeatureCache.Piece> pieces = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private int ready;

    /**
     * Before anything is computed.
     *
     * @param looked how many of the training examples, in the order of nested subsets, the choice looked at
     */
    FinalData(TransferTask task, LabeledExamples looked) {
        this.task = task;
        train = task.train();
        order = NestedSubsets.stratified(
                        train, List.of(train.size()), task.settings().seed())
                .get(0);
        pieces.add(new FeatureCache.Piece(looked, range(0, looked.size())));
        ready = looked.size();
    }

    /** What was left out for want of time, a line each. */
    List<String> leftOut() {
        return leftOut;
    }

    /** All training examples. */
    LabeledExamples all() {
        if (ready < order.length) {
            add(order.length);
        }
        return composed();
    }

    /**
     * As many training examples as there is time for, their features computed.
     *
     * @param solving what solving the head will take, in seconds for each example
     */
    LabeledExamples within(Clock clock, Backbone backbone, Cut cut, double solving) {
        int chunk = FIRST;
        while (ready < order.length) {
            int more = portions(clock, solving).train() - ready;
            if (more <= 0) {
                break;
            }
            LabeledExamples added = add(ready + Math.min(more, chunk));
            FeatureExtractor.extract(backbone, cut, added, task.cache());
            // A pass tells what the next will take: half of what there is time for, until little is left.
            chunk = Math.max(4 * FIRST, more / 2);
        }
        if (ready < order.length) {
            leftOut.add(
                    (order.length - ready) + " of " + order.length
                            + " training examples: their features, and solving a head on them, would not have fitted into the budget");
        }
        return composed();
    }

    /**
     * As many validation examples as there is time for; null if there are none.
     *
     * @param solving what solving the head will take, in seconds for each training example
     */
    @Nullable
    LabeledExamples validationWithin(Clock clock, double solving) {
        LabeledExamples validation = task.validation();
        if (validation == null) {
            return null;
        }
        int size = Math.max(
                portions(clock, solving).validation(), validation.classNames().size());
        if (size >= validation.size()) {
            return validation;
        }
        leftOut.add((validation.size() - size) + " of " + validation.size()
                + " validation examples: their features would not have fitted into the budget");
        return validation.subset(NestedSubsets.stratified(
                        validation, List.of(size), task.settings().seed())
                .get(0));
    }

    private Portions portions(Clock clock, double solving) {
        LabeledExamples validation = task.validation();
        double each = Math.max(task.cache().rowSeconds() + solving, 1e-9);
        return Portions.of(
                new Portions(order.length, validation == null ? 0 : validation.size()),
                ready,
                (SHARE * clock.left() - solving * ready) / each);
    }

    private LabeledExamples add(int until) {
        LabeledExamples added = train.subset(Arrays.copyOfRange(order, ready, until));
        pieces.add(new FeatureCache.Piece(added, range(ready, until)));
        ready = until;
        return added;
    }

    /** The examples of all pieces: those of the whole in their own order if none is missing. */
    private LabeledExamples composed() {
        boolean whole = ready == order.length;
        LabeledExamples all = whole ? train : train.subset(Arrays.copyOf(order, ready));
        if (pieces.size() > 1) {
            task.cache()
                    .compose(
                            all.digest(),
                            pieces.stream()
                                    .map(piece -> new FeatureCache.Piece(
                                            piece.examples(), whole ? places(piece.places()) : piece.places()))
                                    .toList());
        }
        return all;
    }

    private int[] places(int[] nested) {
        return Arrays.stream(nested).map(place -> order[place]).toArray();
    }

    private static int[] range(int from, int to) {
        return IntStream.range(from, to).toArray();
    }
}
