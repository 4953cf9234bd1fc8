package dev.graft.selection;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledExamples;
import dev.graft.feature.Cut;
import dev.graft.targets.TargetScale;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Compares ways to prepare photographs by the frozen features that a backbone makes of them, on a part of the examples. */
final class PreparationSearch {
    // In standard errors of the difference between the losses of the same examples.
    private static final double CLEARLY = 1.5;

    private final TransferTask task;
    private final LabeledExamples data;
    private final List<int[]> folds;

    PreparationSearch(TransferTask task, LabeledExamples data, List<int[]> folds) {
        this.task = task;
        this.data = data;
        this.folds = folds;
    }

    /** What is worth a look; of much data not what would make everything slower. */
    List<Preparations.Variant> of(Backbone backbone) {
        return Preparations.of(backbone, data, task.train().size() == data.size());
    }

    /**
     * Says that a variant is clearly better, and by how much; nothing if it is not.
     *
     * @param usual the best features so far
     * @param cuts where features are compared
     * @param part the examples that they are compared on, in rising order
     */
    Optional<String> better(Preparations.Variant variant, FeatureCandidate usual, List<Cut> cuts, int[] part) {
        OutOfFold known = lowest(new FeatureSearch(data, folds, task.cache(), task.cores())
                .candidates(usual.backbone(), cuts, part).stream()
                        .map(one -> one.judged().of(part))
                        .toList());
        OutOfFold other = lowest(new FeatureSearch(
                        data.subset(part), TargetScale.of(data.targets()), within(part), task.cache(), task.cores())
                .candidates(variant.backbone(), cuts).stream()
                        .map(FeatureCandidate::judged)
                        .toList());
        if (other.lowerLoss(known) < CLEARLY) {
            return Optional.empty();
        }
        int[] all = all(part.length);
        return Optional.of(String.format(
                Locale.ROOT,
                "%s takes %s here: on %d held-out examples the loss of frozen features is %.3f then, and %.3f as usual",
                usual.backbone().id(),
                variant.words(),
                part.length,
                other.meanLoss(all),
                known.meanLoss(all)));
    }

    /** The folds' examples of a part, by their place in it. */
    private List<int[]> within(int[] part) {
        return folds.stream()
                .map(fold -> Arrays.stream(fold)
                        .map(example -> Arrays.binarySearch(part, example))
                        .filter(place -> place >= 0)
                        .sorted()
                        .toArray())
                .toList();
    }

    private static OutOfFold lowest(List<OutOfFold> judged) {
        return judged.stream()
                .min(Comparator.comparingDouble(one -> one.meanLoss(all(one.loss().length))))
                .orElseThrow();
    }

    private static int[] all(int count) {
        return IntStream.range(0, count).toArray();
    }
}
