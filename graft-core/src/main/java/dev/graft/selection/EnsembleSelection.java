package dev.graft.selection;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.head.Head;
import dev.graft.optimization.RowLosses;
import dev.graft.targets.Targets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Averages the logits of linear heads on several cuts of a backbone, by what they predict of examples that they did not learn from.
 * Half of a head's weight comes from greedy selection (Caruana et al. 2004, Ensemble selection from libraries of models), which lowers
 * the loss of the average; the other half from pseudo Bayesian model averaging with a Bayesian bootstrap (Yao et al. 2018, arXiv
 * 1704.02030), which spreads where few examples leave in doubt which head is best.
 */
final class EnsembleSelection {
    private static final int BOOTSTRAPS = 100;
    private static final int ROUNDS = 15;
    private static final int MOST_MEMBERS = 8;
    private static final int MOST_CANDIDATES = 30;
    private static final int MOST_FEATURES = 8192;
    private static final long MOST_VALUES = 16L << 20;

    // With fewer examples no comparison is sure enough to give up an average for.
    private static final int FEW_EXAMPLES = 100;
    // In standard errors of the losses of the same examples: less is a tie, which the simpler head wins.
    private static final double LEAD = 0.5;

    private final List<FeatureCandidate> candidates;
    private final Targets targets;
    private final RowLosses losses;
    private final List<int[]> folds;
    private final long seed;
    private final int logits;

    /**
     * Prepares a selection.
     *
     * @param candidates heads on one backbone, all judged on the same examples
     * @param targets what is true of the examples, numbers standardised
     * @param folds which examples were held back together
     */
    EnsembleSelection(List<FeatureCandidate> candidates, Targets targets, List<int[]> folds, long seed) {
        this.candidates = candidates;
        this.targets = targets;
        this.losses = RowLosses.of(targets, new float[0]);
        this.folds = folds;
        this.seed = seed;
        logits = candidates.get(0).judged().logits().length / targets.size();
    }

    /**
     * The average, or the best single head where many examples show that the average is no better. Either is judged on each fold as it is
     * chosen without that fold.
     *
     * @param rows how many rows it will be solved on
     * @param without the candidates of each fold, in the same order, judged on the other folds by heads that did not see it
     */
    FeatureCandidate find(int rows, List<List<FeatureCandidate>> without) {
        int[] all = IntStream.range(0, targets.size()).toArray();
        float[] averaged = new float[targets.size() * logits];
        float[] single = new float[averaged.length];
        for (int i = 0; i < folds.size(); i++) {
            int[] others = Partition.others(targets.size(), folds.get(i));
            EnsembleSelection elsewhere = new EnsembleSelection(without.get(i), targets, folds, seed);
            add(elsewhere.affordable(elsewhere.weights(others), rows), folds.get(i), averaged);
            double[] alone = new double[candidates.size()];
            alone[elsewhere.best(others)] = 1;
            add(alone, folds.get(i), single);
        }
        OutOfFold judged = OutOfFold.ofLogits(averaged, all, targets);
        OutOfFold ofSingle = OutOfFold.ofLogits(single, all, targets);
        double[] weights = affordable(weights(all), rows);
        List<FeatureCandidate> members = IntStream.range(0, weights.length)
                .filter(c -> weights[c] > 0)
                .mapToObj(candidates::get)
                .toList();
        boolean better = targets.size() < FEW_EXAMPLES || judged.lowerLoss(ofSingle) > LEAD;
        return better && members.size() > 1
                ? candidate(members, weights, judged)
                : candidates.get(best(all)).judgedAs(ofSingle);
    }

    private FeatureCandidate candidate(List<FeatureCandidate> members, double[] weights, OutOfFold judged) {
        Backbone backbone = members.get(0).backbone();
        double[] shares = Arrays.stream(weights).filter(weight -> weight > 0).toArray();
        Average average = average(
                backbone.architecture(),
                members.stream().map(FeatureCandidate::cut).toList(),
                members.stream().map(FeatureCandidate::head).toList(),
                shares);
        return new FeatureCandidate(
                backbone, average.cut(), average.cut().features(backbone.architecture()), average.head(), judged);
    }

    /**
     * Several heads in one.
     *
     * @param cut all that the heads take
     * @param head their average
     */
    record Average(Cut cut, Head.Ensemble head) {}

    private static Average average(
            Architecture architecture, List<Cut> cuts, List<Head.Solved> heads, double[] shares) {
        Cut joined = Cut.joined(cuts);
        List<Cut.Place> places = joined.ordered(architecture);
        List<Head.Ensemble.Member> members = new ArrayList<>();
        for (int i = 0; i < shares.length; i++) {
            members.add(new Head.Ensemble.Member(
                    cuts.get(i).ordered(architecture).stream()
                            .map(places::indexOf)
                            .toList(),
                    heads.get(i),
                    shares[i]));
        }
        return new Average(joined, new Head.Ensemble(members));
    }

    /**
     * For so few examples that nothing can be compared: a head on all stages, one on each, and one on the quarters of each map, all of
     * them counting the same.
     */
    static Average ofAllStages(Architecture architecture, Head.Solved head) {
        List<String> stages = FeatureCuts.stages(architecture);
        List<Cut> cuts = new ArrayList<>();
        cuts.add(new Cut(stages, FeatureCuts.POOLING));
        for (String stage : stages.size() == 1 ? List.<String>of() : stages) {
            cuts.add(new Cut(List.of(stage), FeatureCuts.POOLING));
            if (architecture.outputShape(stage).isMap()) {
                cuts.add(new Cut(List.of(stage), Pooling.QUADRANTS));
            }
        }
        double[] shares = new double[cuts.size()];
        Arrays.fill(shares, 1.0 / shares.length);
        return average(architecture, cuts, Collections.nCopies(shares.length, head), shares);
    }

    private void add(double[] weights, int[] examples, float[] target) {
        for (int c = 0; c < weights.length; c++) {
            float[] own = candidates.get(c).judged().logits();
            for (int example : examples) {
                for (int k = example * logits; k < (example + 1) * logits; k++) {
                    target[k] += (float) (weights[c] * own[k]);
                }
            }
        }
    }

    /** The candidate whose loss on those examples is lowest. */
    private int best(int[] examples) {
        return IntStream.range(0, candidates.size())
                .boxed()
                .min(Comparator.comparingDouble(c -> FeatureScores.score(candidates.get(c), examples)))
                .orElseThrow();
    }

    /** Weights of all candidates, by their predictions of some examples. */
    private double[] weights(int[] examples) {
        double[] averaged = averaging(examples);
        double[] greedy = greedy(examples);
        double[] weights = new double[candidates.size()];
        Arrays.setAll(weights, c -> (averaged[c] + greedy[c]) / 2);
        return weights;
    }

    /** How often each candidate is the likeliest, over random weights of the examples. */
    private double[] averaging(int[] examples) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] weights = new double[candidates.size()];
        double[] counts = new double[examples.length];
        for (int draw = 0; draw < BOOTSTRAPS; draw++) {
            double sum = 0;
            for (int i = 0; i < counts.length; i++) {
                counts[i] = -Math.log(1 - random.nextDouble());
                sum += counts[i];
            }
            double[] scores = new double[candidates.size()];
            for (int c = 0; c < scores.length; c++) {
                double[] loss = candidates.get(c).judged().loss();
                for (int i = 0; i < counts.length; i++) {
                    scores[c] -= loss[examples[i]] * counts[i] * counts.length / sum;
                }
                scores[c] -= FeatureScores.mapPenalty(candidates.get(c), examples.length) * counts.length;
            }
            double largest = Arrays.stream(scores).max().orElseThrow();
            double total = Arrays.stream(scores)
                    .map(score -> Math.exp(score - largest))
                    .sum();
            for (int c = 0; c < scores.length; c++) {
                weights[c] += Math.exp(scores[c] - largest) / total / BOOTSTRAPS;
            }
        }
        return weights;
    }

    /** Adds again and again the candidate with which the average of those that were added has the lowest loss. */
    private double[] greedy(int[] examples) {
        int[] shortlist = IntStream.range(0, candidates.size())
                .boxed()
                .sorted(Comparator.comparingDouble(c -> FeatureScores.score(candidates.get(c), examples)))
                .limit(MOST_CANDIDATES)
                .mapToInt(Integer::intValue)
                .toArray();
        double[] weights = new double[candidates.size()];
        float[] sum = new float[examples.length * logits];
        double penalties = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            int chosen = shortlist[0];
            double lowest = Double.POSITIVE_INFINITY;
            for (int c : shortlist) {
                double loss = loss(sum, candidates.get(c), examples, round)
                        + (penalties + FeatureScores.mapPenalty(candidates.get(c), examples.length)) / round;
                if (loss < lowest) {
                    lowest = loss;
                    chosen = c;
                }
            }
            float[] own = candidates.get(chosen).judged().logits();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += own[examples[i / logits] * logits + i % logits];
            }
            penalties += FeatureScores.mapPenalty(candidates.get(chosen), examples.length);
            weights[chosen] += 1.0 / ROUNDS;
        }
        return weights;
    }

    private double loss(float[] sum, FeatureCandidate added, int[] examples, int count) {
        float[] own = added.judged().logits();
        float[] row = new float[logits];
        double loss = 0;
        for (int i = 0; i < examples.length; i++) {
            for (int k = 0; k < logits; k++) {
                row[k] = (sum[i * logits + k] + own[examples[i] * logits + k]) / count;
            }
            loss += Math.min(losses.largest(), losses.loss(examples[i], row, 0));
        }
        return loss / examples.length;
    }

    /** The heaviest few, as long as all their features together fit into memory; their weights add up to 1. */
    private double[] affordable(double[] weights, int rows) {
        double[] kept = new double[weights.length];
        List<Cut> cuts = new ArrayList<>();
        int[] heaviestFirst = IntStream.range(0, weights.length)
                .boxed()
                .sorted(Comparator.comparingDouble(c -> -weights[c]))
                .limit(MOST_MEMBERS)
                .mapToInt(Integer::intValue)
                .toArray();
        for (int c : heaviestFirst) {
            FeatureCandidate candidate = candidates.get(c);
            List<Cut> more = new ArrayList<>(cuts);
            more.add(candidate.cut());
            int features = Cut.joined(more).features(candidate.backbone().architecture());
            boolean fits = features <= MOST_FEATURES && (long) features * rows <= MOST_VALUES;
            if (weights[c] > 0 && (fits || cuts.isEmpty())) {
                kept[c] = weights[c];
                cuts = more;
            }
        }
        double sum = Arrays.stream(kept).sum();
        Arrays.setAll(kept, c -> kept[c] / sum);
        return kept;
    }
}
