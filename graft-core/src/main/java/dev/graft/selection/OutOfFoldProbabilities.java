package dev.graft.selection;

import dev.graft.backbone.Backbone;
import dev.graft.data.Folds;
import dev.graft.data.LabeledExamples;
import dev.graft.data.NestedSubsets;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.evaluation.Evaluation;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.feature.Rows;
import dev.graft.optimization.CrossEntropy;
import dev.graft.optimization.CrossValidatedHeads.Fold;
import dev.graft.optimization.LogisticSolver;
import dev.graft.training.Cores;
import dev.graft.training.FeatureExtractor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * The probabilities of the classes that heads on frozen features give examples that they did not learn from. A few cuts of the
 * backbone are tried on some of the examples; the best of them are then cross-validated on all, each with a strength of its own, and
 * their probabilities averaged. Examples of equal content are held back together; more than {@value #MOST_TOGETHER} are divided
 * into parts of about that many.
 *
 * @param values (examples, classes), each row adding up to 1
 * @param cuts where the features of the averaged heads are taken, the best first
 * @param heads the names of the averaged heads, in the same order
 * @param accuracy the share of the examples whose label is the most probable class
 */
@SuppressWarnings("ArrayRecordComponent")
public record OutOfFoldProbabilities(float[][] values, List<Cut> cuts, List<String> heads, double accuracy) {
    private static final int FOLDS = 5;
    private static final int FOLDS_OF_PART = 3;
    private static final int MOST_LOOKED_AT = 600;
    private static final int AVERAGED = 3;
    /** The features of more would not fit into memory, and heads that learn from so many know enough. */
    private static final int MOST_TOGETHER = 5000;

    private static final int ENOUGH_OF_CLASS = 20;

    /** Copies the lists. */
    public OutOfFoldProbabilities {
        cuts = List.copyOf(cuts);
        heads = List.copyOf(heads);
    }

    /**
     * Learns and predicts, fold by fold.
     *
     * @param backbone whose features the heads take; it stays as it is
     * @param data the examples; two of them of each of two classes at least
     * @param cache keeps the features
     * @param seed deals the examples into folds
     * @param cores where the heads are solved
     * @throws DataException if there are too few examples to hold any back
     */
    public static OutOfFoldProbabilities of(
            Backbone backbone, LabeledExamples data, FeatureCache cache, long seed, Cores cores) {
        requireEnough(data);
        if (data.size() <= MOST_TOGETHER) {
            return together(backbone, data, cache, seed, cores);
        }
        int[] labels = IntStream.range(0, data.size()).map(data::label).toArray();
        int classes = data.classNames().size();
        float[][] sum = new float[labels.length][classes];
        OutOfFoldProbabilities first = null;
        for (int[] part : parts(labels, classes, (labels.length + MOST_TOGETHER - 1) / MOST_TOGETHER, seed)) {
            OutOfFoldProbabilities own = together(backbone, data.subset(part), cache, seed, cores);
            first = first == null ? own : first;
            for (int i = 0; i < part.length; i++) {
                for (int k = 0; k < classes; k++) {
                    sum[part[i]][k] += own.values[i][k];
                }
            }
        }
        for (float[] row : sum) {
            float total = 0;
            for (float value : row) {
                total += value;
            }
            for (int k = 0; k < classes; k++) {
                row[k] /= total;
            }
        }
        return new OutOfFoldProbabilities(sum, Objects.requireNonNull(first).cuts, first.heads, accuracy(sum, data));
    }

    /**
     * Parts of about one size: the examples of large classes are dealt evenly, those of small ones are in every part, whose heads
     * would know too little of them otherwise.
     */
    static List<int[]> parts(int[] labels, int classes, int count, long seed) {
        int[] sizes = new int[classes];
        Arrays.stream(labels).forEach(label -> sizes[label]++);
        return Folds.stratified(labels, classes, count, seed).stream()
                .map(dealt -> {
                    boolean[] in = new boolean[labels.length];
                    Arrays.stream(dealt).forEach(i -> in[i] = true);
                    return IntStream.range(0, labels.length)
                            .filter(i -> in[i] || sizes[labels[i]] < ENOUGH_OF_CLASS * count)
                            .toArray();
                })
                .toList();
    }

    private static OutOfFoldProbabilities together(
            Backbone backbone, LabeledExamples data, FeatureCache cache, long seed, Cores cores) {
        List<Cut> cuts = FeatureCuts.few(backbone.architecture());
        LabeledExamples part = part(data, seed, cache);
        if (part.size() == data.size()) {
            List<int[]> folds = folds(data, FOLDS, seed);
            return averaged(best(new FeatureSearch(data, folds, cache, cores).candidates(backbone, cuts)), data);
        }
        // One pass over all of them serves both.
        FeatureExtractor.extract(backbone, cuts, data, cache);
        FeatureSearch glance = new FeatureSearch(part, folds(part, FOLDS_OF_PART, seed), cache, cores);
        List<FeatureCandidate> chosen = best(glance.candidates(backbone, cuts));
        return averaged(judged(chosen, data, cache, seed, cores), data);
    }

    /** Some of many examples, whose features are those of all where these are computed. */
    private static LabeledExamples part(LabeledExamples data, long seed, FeatureCache cache) {
        int most = Math.max(MOST_LOOKED_AT, 2 * data.classNames().size());
        if (data.size() <= most) {
            return data;
        }
        int[] some = NestedSubsets.stratified(data, List.of(most), seed).get(0);
        LabeledExamples part = data.subset(some);
        cache.share(part.digest(), new FeatureCache.Part(data, some));
        return part;
    }

    /** The heads that did best on a part, each of its kind alone, on all examples. */
    private static List<FeatureCandidate> judged(
            List<FeatureCandidate> chosen, LabeledExamples data, FeatureCache cache, long seed, Cores cores) {
        List<int[]> folds = folds(data, FOLDS, seed);
        FeatureSearch search = new FeatureSearch(data, folds, cache, cores);
        List<Cut> cuts = chosen.stream().map(FeatureCandidate::cut).toList();
        List<List<Rows>> rows = FeatureExtractor.extract(chosen.get(0).backbone(), cuts, data, cache);
        List<Callable<FeatureCandidate>> tasks = new ArrayList<>();
        for (int i = 0; i < chosen.size(); i++) {
            FeatureCandidate one = chosen.get(i);
            List<Rows> own = rows.get(i);
            tasks.add(() -> one.judgedAs(search.judge(one, search.prepared(own), Fold.of(folds, data.size()))));
        }
        return cores.all(tasks, done -> {});
    }

    private static void requireEnough(LabeledExamples data) {
        long learnable = Arrays.stream(counts(data)).filter(count -> count > 1).count();
        if (learnable < 2 || data.size() < 4) {
            throw new DataException(Problem.of("There are too few examples to hold some back.")
                    .where(data.name())
                    .expected("two classes or more with two examples or more each")
                    .found(data.size() + " examples, and " + learnable + " such classes")
                    .fix("add labelled examples"));
        }
    }

    private static int[] counts(LabeledExamples data) {
        int[] counts = new int[data.classNames().size()];
        IntStream.range(0, data.size()).forEach(i -> counts[data.label(i)]++);
        return counts;
    }

    /** The best head at each of the best cuts. */
    private static List<FeatureCandidate> best(List<FeatureCandidate> candidates) {
        int[] all = IntStream.range(0, candidates.get(0).judged().loss().length).toArray();
        Set<Cut> taken = new HashSet<>();
        return candidates.stream()
                .sorted(Comparator.comparingDouble(one -> one.judged().meanLoss(all)))
                .filter(one -> taken.add(one.cut()))
                .limit(AVERAGED)
                .toList();
    }

    private static OutOfFoldProbabilities averaged(List<FeatureCandidate> heads, LabeledExamples data) {
        int classes = data.classNames().size();
        float[][] sum = new float[data.size()][classes];
        for (FeatureCandidate head : heads) {
            float[][] own = CrossEntropy.probabilities(head.judged().logits(), LogisticSolver.logits(classes));
            for (int i = 0; i < sum.length; i++) {
                for (int k = 0; k < classes; k++) {
                    sum[i][k] += own[i][k] / heads.size();
                }
            }
        }
        return new OutOfFoldProbabilities(
                sum,
                heads.stream().map(FeatureCandidate::cut).toList(),
                heads.stream().map(one -> one.head().name()).toList(),
                accuracy(sum, data));
    }

    private static double accuracy(float[][] probabilities, LabeledExamples data) {
        long right = IntStream.range(0, probabilities.length)
                .filter(i -> Evaluation.mostProbable(probabilities[i]) == data.label(i))
                .count();
        return (double) right / probabilities.length;
    }

    /** Stratified folds in which examples of equal content go together. */
    static List<int[]> folds(LabeledExamples data, int folds, long seed) {
        Map<String, Integer> firsts = new HashMap<>();
        int[] leader = new int[data.size()];
        List<Integer> leaders = new ArrayList<>();
        for (int i = 0; i < leader.length; i++) {
            String content = data.content(i);
            Integer first = content == null ? null : firsts.putIfAbsent(content, i);
            leader[i] = first == null ? i : first;
            if (first == null) {
                leaders.add(i);
            }
        }
        int[] labels = leaders.stream().mapToInt(data::label).toArray();
        int[] foldOf = new int[leader.length];
        List<int[]> dealt = Folds.stratified(
                labels, data.classNames().size(), Math.max(2, Math.min(folds, labels.length / 2)), seed);
        for (int fold = 0; fold < dealt.size(); fold++) {
            for (int place : dealt.get(fold)) {
                foldOf[leaders.get(place)] = fold;
            }
        }
        return IntStream.range(0, dealt.size())
                .mapToObj(fold -> IntStream.range(0, leader.length)
                        .filter(i -> foldOf[leader[i]] == fold)
                        .toArray())
                .toList();
    }
}
