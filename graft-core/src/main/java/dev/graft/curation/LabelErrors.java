package dev.graft.curation;

import dev.graft.backbone.Backbone;
import dev.graft.curation.Doubts.Doubt;
import dev.graft.curation.NearestNeighbors.Neighbor;
import dev.graft.data.LabeledExamples;
import dev.graft.evaluation.TargetMeasures;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.result.LabelReview;
import dev.graft.result.NeighborResult;
import dev.graft.selection.OutOfFoldAnswers;
import dev.graft.targets.Targets;
import dev.graft.training.Cores;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Labels that are likely wrong, by confident learning (Northcutt, Jiang and Chuang 2021, arXiv 1911.00068). An example is doubtful if
 * heads that did not learn from it find another class more probable than its label; it is flagged if another class is as probable as
 * it is on average for the examples that are labelled so. Each of several labels is a question of two classes; of numbers residuals
 * decide. Changes no label.
 */
public final class LabelErrors {
    private static final int NEIGHBORS = 4;
    private static final double ROUNDING = 1e-6;

    private LabelErrors() {}

    /** By what examples are ordered, the most suspicious first. */
    public enum Score {
        /** The probability of the given label. */
        SELF_CONFIDENCE,
        /** The probability of the given label, less that of the likeliest other class. */
        NORMALIZED_MARGIN,
        /** The normalized margin of probabilities from which the mean of each class's own examples was taken. */
        ADJUSTED_MARGIN
    }

    /**
     * An example whose label another class explains better.
     *
     * @param index its place
     * @param given its label
     * @param likelier the most probable other class
     * @param givenProbability of its label
     * @param likelierProbability of the other class
     * @param flagged whether another class is as probable as for the examples that are labelled so
     */
    public record Suspect(
            int index, int given, int likelier, double givenProbability, double likelierProbability, boolean flagged) {}

    /**
     * The doubtful labels, the least probable first.
     *
     * @param probabilities out-of-fold, (examples, classes)
     * @param labels the given label of each example; those of classes with one example are not doubted
     */
    public static List<Suspect> find(float[][] probabilities, int[] labels) {
        int classes = probabilities.length == 0 ? 0 : probabilities[0].length;
        double[] thresholds = thresholds(probabilities, labels, classes);
        int[] counts = counts(labels, classes);
        return IntStream.range(0, labels.length)
                .filter(i -> counts[labels[i]] > 1)
                .mapToObj(i -> suspect(i, probabilities[i], labels[i], thresholds))
                .filter(one -> one.likelierProbability() > one.givenProbability())
                .sorted(Comparator.comparingDouble(Suspect::givenProbability).thenComparingInt(Suspect::index))
                .toList();
    }

    private static Suspect suspect(int index, float[] probabilities, int given, double[] thresholds) {
        int likelier = given == 0 ? 1 : 0;
        boolean reaches = false;
        for (int k = 0; k < probabilities.length; k++) {
            likelier = k != given && probabilities[k] > probabilities[likelier] ? k : likelier;
            reaches |= k != given && probabilities[k] >= thresholds[k] - ROUNDING;
        }
        boolean doubtful = probabilities[likelier] > probabilities[given];
        return new Suspect(index, given, likelier, probabilities[given], probabilities[likelier], doubtful && reaches);
    }

    /**
     * How suspicious each label is, the smallest score first.
     *
     * @param probabilities out-of-fold, (examples, classes)
     * @param labels the given label of each example
     */
    public static double[] scores(float[][] probabilities, int[] labels, Score score) {
        int classes = probabilities.length == 0 ? 0 : probabilities[0].length;
        double[] taken =
                score == Score.ADJUSTED_MARGIN ? thresholds(probabilities, labels, classes) : new double[classes];
        double[] scores = new double[labels.length];
        for (int i = 0; i < scores.length; i++) {
            double other = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < classes; k++) {
                other = k == labels[i] ? other : Math.max(other, probabilities[i][k] - taken[k]);
            }
            scores[i] = probabilities[i][labels[i]] - taken[labels[i]] - (score == Score.SELF_CONFIDENCE ? 0 : other);
        }
        return scores;
    }

    /** The mean probability of each class for the examples that are labelled so. */
    private static double[] thresholds(float[][] probabilities, int[] labels, int classes) {
        double[] means = new double[classes];
        int[] counts = counts(labels, classes);
        for (int i = 0; i < labels.length; i++) {
            means[labels[i]] += probabilities[i][labels[i]];
        }
        Arrays.setAll(means, k -> means[k] / Math.max(1, counts[k]));
        return means;
    }

    private static int[] counts(int[] labels, int classes) {
        int[] counts = new int[classes];
        Arrays.stream(labels).forEach(label -> counts[label]++);
        return counts;
    }

    /**
     * Reviews what is told of some data on frozen features, and shows what each suspect is like. Classes, grades and each of several
     * labels are reviewed as {@link #find} says; numbers by how far they lie from those that heads expect, in robust standard deviations:
     * above 3.5 of them a number is likely wrong (Iglewicz and Hoaglin 1993).
     *
     * @param backbone whose features are used; it stays as it is
     * @param data the examples: four at least, and two of each of two classes, two that have a label and two that lack it, or different
     *     numbers
     * @param shown the same examples, as they are named
     * @param most how many suspects are given
     * @param cache keeps the features
     * @param seed deals the examples into folds
     * @param cores where heads are solved
     * @throws dev.graft.error.DataException if there are too few examples to hold any back
     */
    public static LabelReview review(
            Backbone backbone,
            LabeledExamples data,
            ShownExamples shown,
            int most,
            FeatureCache cache,
            long seed,
            Cores cores) {
        OutOfFoldAnswers held = OutOfFoldAnswers.of(backbone, data, cache, seed, cores);
        Targets targets = data.targets();
        Doubts doubts = Doubts.of(targets.kind());
        List<Doubt> found = doubts.find(held.values(), targets);
        List<Doubt> first = found.subList(0, Math.min(most, found.size()));
        Embeddings vectors = Embeddings.of(backbone, held.cuts().get(0), data, cache);
        List<List<Neighbor>> neighbors = like(first, found, targets, vectors);
        int flagged = (int) found.stream().filter(Doubt::flagged).count();
        List<String> unchecked = doubts.unchecked(targets);
        return new LabelReview(
                data.name(),
                data.size(),
                new LabelReview.Told(targets.kind().task(), targets.kind().names(), unchecked),
                new LabelReview.Heads(
                        backbone.id(),
                        held.cuts().stream().map(LabelErrors::words).toList(),
                        held.heads(),
                        TargetMeasures.primary(targets.kind()),
                        held.score()),
                flagged,
                doubts.conclusion(flagged, targets),
                unchecked.stream().map(name -> doubts.note(targets, name)).toList(),
                IntStream.range(0, first.size())
                        .mapToObj(i -> result(first.get(i), neighbors.get(i), targets, shown))
                        .toList());
    }

    private static String words(Cut cut) {
        return cut.stageNames() + " (" + cut.poolingLabel() + ")";
    }

    /** The nearest examples that show what is likelier, and of which that is not in doubt itself. */
    private static List<List<Neighbor>> like(
            List<Doubt> first, List<Doubt> found, Targets targets, Embeddings vectors) {
        if (first.isEmpty()) {
            return List.of();
        }
        int width = targets.kind().width();
        boolean[] doubtful = new boolean[targets.size() * width];
        found.forEach(one -> doubtful[one.index() * width + one.place()] = true);
        Doubts doubts = Doubts.of(targets.kind());
        Embeddings queries = vectors.some(first.stream().mapToInt(Doubt::index).toArray());
        return new NearestNeighbors(vectors)
                .of(
                        queries,
                        NEIGHBORS,
                        (query, example) ->
                                !doubtful[example * width + first.get(query).place()]
                                        && doubts.shows(targets, example, first.get(query)));
    }

    private static LabelReview.Suspect result(
            Doubt one, List<Neighbor> neighbors, Targets targets, ShownExamples shown) {
        List<NeighborResult> results = neighbors.stream()
                .map(neighbor -> new NeighborResult(
                        neighbor.index(),
                        shown.name(neighbor.index()),
                        targets.describe(neighbor.index()),
                        neighbor.similarity()))
                .toList();
        return new LabelReview.Suspect(
                one.index(),
                shown.name(one.index()),
                targets.describe(one.index()),
                likelier(targets, one),
                one.words(),
                one.evidence(),
                one.flagged(),
                results);
    }

    /** The entry of an example with the likelier value in its place. */
    private static String likelier(Targets targets, Doubt one) {
        double[] entry = targets.subset(new int[] {one.index()}).values();
        entry[one.place()] = one.value();
        return targets.kind().describe(entry, 0);
    }
}
