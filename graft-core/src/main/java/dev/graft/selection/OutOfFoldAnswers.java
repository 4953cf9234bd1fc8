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
import dev.graft.optimization.Answers;
import dev.graft.optimization.CrossValidatedHeads.Fold;
import dev.graft.targets.TargetKind;
import dev.graft.targets.TargetScale;
import dev.graft.targets.Targets;
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
 * What heads on frozen features say of examples that they did not learn from. A few cuts of the backbone are tried on some of the
 * examples; the best of them are then cross-validated on all, each with a strength of its own, and their answers averaged. Examples of
 * equal content are held back together; more than {@value #MOST_TOGETHER} are divided into parts of about that many. Of numbers that lie
 * beyond Tukey's outer fences heads learn the fence, so that one of them does not spoil what is said of all others.
 *
 * @param values (examples, names): of classes and grades their probabilities, each row adding up to 1; of labels the probability of
 *     each; of numbers the numbers, in their own unit
 * @param cuts where the features of the averaged heads are taken, the best first
 * @param heads the names of the averaged heads, in the same order
 * @param score how good the answers are by the main measure of their kind of target: of classes the share of the examples whose label
 *     is the most probable class
 */
@SuppressWarnings("ArrayRecordComponent")
public record OutOfFoldAnswers(float[][] values, List<Cut> cuts, List<String> heads, double score) {
    private static final int FOLDS = 5;
    private static final int FOLDS_OF_PART = 3;
    private static final int MOST_LOOKED_AT = 600;
    private static final int AVERAGED = 3;
    /** The features of more would not fit into memory, and heads that learn from so many know enough. */
    private static final int MOST_TOGETHER = 5000;

    private static final int ENOUGH_OF_CLASS = 20;
    private static final int FEWEST = 4;

    /** Copies the lists. */
    public OutOfFoldAnswers {
        cuts = List.copyOf(cuts);
        heads = List.copyOf(heads);
    }

    /**
     * Learns and predicts, fold by fold.
     *
     * @param backbone whose features the heads take; it stays as it is
     * @param data the examples: four at least, and two of each of two classes, two that have a label and two that lack it, or different
     *     numbers
     * @param cache keeps the features
     * @param seed deals the examples into folds
     * @param cores where the heads are solved
     * @throws DataException if there are too few examples to hold any back
     */
    public static OutOfFoldAnswers of(
            Backbone backbone, LabeledExamples data, FeatureCache cache, long seed, Cores cores) {
        Targets targets = data.targets();
        requireEnough(data.name(), targets);
        if (data.size() <= MOST_TOGETHER) {
            return together(backbone, data, cache, seed, cores);
        }
        float[][] sum = new float[data.size()][targets.kind().names().size()];
        int[] times = new int[data.size()];
        OutOfFoldAnswers first = null;
        for (int[] part : parts(targets, (data.size() + MOST_TOGETHER - 1) / MOST_TOGETHER, seed)) {
            OutOfFoldAnswers own = together(backbone, data.subset(part), cache, seed, cores);
            first = first == null ? own : first;
            for (int i = 0; i < part.length; i++) {
                times[part[i]]++;
                for (int k = 0; k < sum[part[i]].length; k++) {
                    sum[part[i]][k] += own.values[i][k];
                }
            }
        }
        for (int i = 0; i < sum.length; i++) {
            float total = targets.kind().isOneOfNames() ? total(sum[i]) : times[i];
            for (int k = 0; k < sum[i].length; k++) {
                sum[i][k] /= total;
            }
        }
        return new OutOfFoldAnswers(sum, Objects.requireNonNull(first).cuts, first.heads, score(sum, targets));
    }

    private static float total(float[] row) {
        float total = 0;
        for (float value : row) {
            total += value;
        }
        return total;
    }

    /**
     * Parts of about one size: examples are dealt evenly by their targets, but those of small classes and of labels that few have, or
     * few lack, are in every part, whose heads would know too little of them otherwise.
     */
    static List<int[]> parts(Targets targets, int count, long seed) {
        boolean[] scarce = scarce(targets, ENOUGH_OF_CLASS * count);
        return Folds.of(targets, count, seed).stream()
                .map(dealt -> {
                    boolean[] in = new boolean[targets.size()];
                    Arrays.stream(dealt).forEach(i -> in[i] = true);
                    return IntStream.range(0, in.length)
                            .filter(i -> in[i] || scarce[i])
                            .toArray();
                })
                .toList();
    }

    /** Which entries have a value that fewer than so many have; of numbers, which hardly repeat, none. */
    private static boolean[] scarce(Targets targets, int enough) {
        boolean[] scarce = new boolean[targets.size()];
        if (Answers.areProbabilities(targets.kind())) {
            for (int place = 0; place < targets.kind().width(); place++) {
                Map<Double, Integer> counts = counts(targets, place);
                for (int i = 0; i < scarce.length; i++) {
                    scarce[i] |= counts.getOrDefault(targets.value(i, place), 0) < enough;
                }
            }
        }
        return scarce;
    }

    private static Map<Double, Integer> counts(Targets targets, int place) {
        Map<Double, Integer> counts = new HashMap<>();
        for (int i = 0; i < targets.size(); i++) {
            counts.merge(targets.value(i, place), 1, Integer::sum);
        }
        return counts;
    }

    private static OutOfFoldAnswers together(
            Backbone backbone, LabeledExamples data, FeatureCache cache, long seed, Cores cores) {
        List<Cut> cuts = FeatureCuts.few(backbone.architecture());
        LabeledExamples part = part(data, seed, cache);
        if (part.size() == data.size()) {
            List<int[]> folds = folds(data, FOLDS, seed);
            return averaged(best(search(data, folds, cache, cores).candidates(backbone, cuts)), data);
        }
        // One pass over all of them serves both.
        FeatureExtractor.extract(backbone, cuts, data, cache);
        FeatureSearch glance = search(part, folds(part, FOLDS_OF_PART, seed), cache, cores);
        List<FeatureCandidate> chosen = best(glance.candidates(backbone, cuts));
        return averaged(judged(chosen, data, cache, seed, cores), data);
    }

    /** Of numbers that are far out heads learn less than is said of them. */
    private static FeatureSearch search(LabeledExamples data, List<int[]> folds, FeatureCache cache, Cores cores) {
        Targets learned = OuterFences.clipped(data.targets());
        return new FeatureSearch(data, TargetScale.of(learned).standardised(learned), folds, cache, cores);
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
        FeatureSearch search = search(data, folds, cache, cores);
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

    private static void requireEnough(String name, Targets targets) {
        TargetKind kind = targets.kind();
        // Of numbers, which hardly repeat, two different ones are enough.
        int repeated = Answers.areProbabilities(kind) ? 2 : 1;
        long learnable = IntStream.range(0, kind.width())
                .mapToLong(place -> counts(targets, place).values().stream()
                        .filter(count -> count >= repeated)
                        .count())
                .max()
                .orElse(0);
        if (learnable < 2 || targets.size() < FEWEST) {
            String examples = targets.size() + " examples";
            throw new DataException(Problem.of("There are too few examples to hold some back.")
                    .where(name)
                    .expected(
                            kind.isOneOfNames()
                                    ? "two classes or more with two examples or more each"
                                    : repeated == 2
                                            ? "a label that two examples or more have, and two or more lack"
                                            : "four examples or more, with different numbers")
                    .found(kind.isOneOfNames() ? examples + ", and " + learnable + " such classes" : examples)
                    .fix("add labelled examples"));
        }
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

    private static OutOfFoldAnswers averaged(List<FeatureCandidate> heads, LabeledExamples data) {
        Targets targets = data.targets();
        TargetKind kind = targets.kind();
        float[][] sum = new float[data.size()][kind.names().size()];
        for (FeatureCandidate head : heads) {
            float[][] own = Answers.of(kind, head.judged().logits(), kind.outputs());
            for (int i = 0; i < sum.length; i++) {
                for (int k = 0; k < sum[i].length; k++) {
                    sum[i][k] += own[i][k] / heads.size();
                }
            }
        }
        restore(sum, TargetScale.of(OuterFences.clipped(targets)));
        return new OutOfFoldAnswers(
                sum,
                heads.stream().map(FeatureCandidate::cut).toList(),
                heads.stream().map(one -> one.head().name()).toList(),
                score(sum, targets));
    }

    /** Gives numbers their own unit. */
    private static void restore(float[][] answers, TargetScale scale) {
        if (scale.isPlain()) {
            return;
        }
        for (float[] row : answers) {
            for (int k = 0; k < row.length; k++) {
                row[k] = (float) scale.restored(k, row[k]);
            }
        }
    }

    private static double score(float[][] answers, Targets targets) {
        return new Evaluation(answers, targets).score();
    }

    /** Folds with about as much of everything, in which examples of equal content go together. */
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
        Targets told = data.targets()
                .subset(leaders.stream().mapToInt(Integer::intValue).toArray());
        int[] foldOf = new int[leader.length];
        List<int[]> dealt = Folds.of(told, Math.max(2, Math.min(folds, told.size() / 2)), seed);
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
