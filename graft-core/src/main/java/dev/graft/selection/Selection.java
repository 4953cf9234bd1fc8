package dev.graft.selection;

import dev.graft.backbone.Backbone;
import dev.graft.data.Folds;
import dev.graft.data.LabeledExamples;
import dev.graft.data.NestedSubsets;
import dev.graft.evaluation.Intervals;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.head.Head;
import dev.graft.optimization.TrainingSettings;
import dev.graft.result.CandidateResult;
import dev.graft.result.SelectionResult;
import dev.graft.result.SourceScore;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.strategy.Strategy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The choice itself. First the frozen features at every cut are cross-validated, which costs next to nothing once they
 * are cached. If they leave something to gain and there are enough examples to notice, strategies that train the backbone
 * are tried on the same folds; one of them is taken only if it beats the features on the very same examples by more than
 * chance would.
 */
final class Selection {
    /** Features are compared on at most so many examples: more would change the choice no more. */
    static final int MOST_EXAMPLES = 1000;

    private static final int FOLDS = 5;
    private static final int MANY_EXAMPLES = 300;
    private static final int FOLDS_OF_MANY = 3;
    private static final int ENOUGH_FOR_TRIALS = 100;
    private static final double GOOD_ENOUGH = 0.985;
    // With few examples a whole map has many ways to be right by accident: so many nats over n to the power of 1.5.
    private static final double MAP_PENALTY = 30;
    private static final double CLEAR_LEAD = 0.7;
    // Two more right and none less, at the least.
    private static final double VERY_CLEAR_LEAD = 1.3;
    private static final double WITHIN_REACH = -1;
    private static final double SAFE_PENALTY = 0.1;
    // An optimiser reads and writes about seven numbers for each parameter, which memory brings at some 10 GB/s.
    private static final double UPDATE_SECONDS = 3e-9;

    private final TransferTask task;
    private final Clock clock;
    private final LabeledExamples data;
    private final List<String> skipped = new ArrayList<>();
    private final Map<Trials.Trial, OutOfFold> tried = new LinkedHashMap<>();
    private final Map<Trials.Trial, Double> seconds = new LinkedHashMap<>();
    private List<int[]> folds = List.of();
    private List<FeatureCandidate> features = List.of();
    private double featureSeconds;
    private double passSeconds;

    Selection(TransferTask task, Clock clock) {
        this.task = task;
        this.clock = clock;
        LabeledExamples train = task.train();
        data = train.size() <= MOST_EXAMPLES
                ? train
                : train.subset(NestedSubsets.stratified(
                                train,
                                List.of(Math.max(
                                        MOST_EXAMPLES, train.classNames().size())),
                                task.settings().seed())
                        .get(0));
    }

    Choice choose() {
        int[] labels = IntStream.range(0, data.size()).map(data::label).toArray();
        int classes = data.classNames().size();
        int[] counts = new int[classes];
        Arrays.stream(labels).forEach(label -> counts[label]++);
        int smallest = Arrays.stream(counts).min().orElse(0);
        if (Arrays.stream(counts).max().orElse(0) < 2 || data.size() < 4) {
            return withoutEvidence();
        }
        int most = data.size() > MANY_EXAMPLES ? FOLDS_OF_MANY : FOLDS;
        folds = Folds.stratified(
                labels,
                classes,
                Math.max(2, Math.min(most, smallest)),
                task.settings().seed());
        searchFeatures();
        FeatureCandidate best = best(features, all());
        tryTraining(best);
        return decide(best);
    }

    private int[] all() {
        return IntStream.range(0, data.size()).toArray();
    }

    private void searchFeatures() {
        double start = clock.elapsed();
        FeatureSearch search = new FeatureSearch(data, folds, task.cache(), task.cores());
        List<FeatureCandidate> found = new ArrayList<>();
        double dearest = 0;
        for (Backbone backbone : task.backbones()) {
            double before = clock.elapsed();
            if (!found.isEmpty() && clock.left() < 2 * dearest) {
                skipped.add("backbone " + backbone.id() + ": its features would not have fitted into the budget");
                continue;
            }
            found.addAll(search.candidates(backbone));
            dearest = Math.max(dearest, clock.elapsed() - before);
        }
        features = found;
        featureSeconds = clock.elapsed() - start;
        passSeconds = search.passSeconds();
    }

    /** The lowest loss on those examples; with few of them, whole maps only if they are much better. */
    private static FeatureCandidate best(List<FeatureCandidate> candidates, int[] examples) {
        return candidates.stream()
                .min(Comparator.comparingDouble(candidate -> score(candidate, examples)))
                .orElseThrow();
    }

    private static double score(FeatureCandidate candidate, int[] examples) {
        boolean map = candidate.cut().pooling() == Pooling.NONE;
        return candidate.judged().meanLoss(examples) + (map ? MAP_PENALTY / Math.pow(examples.length, 1.5) : 0);
    }

    private void tryTraining(FeatureCandidate best) {
        double accuracy = best.judged().accuracy(all());
        if (accuracy >= GOOD_ENOUGH) {
            skipped.add(String.format(
                    Locale.ROOT,
                    "training the backbone: frozen features are right on %.1f%% of held-out examples already",
                    100 * accuracy));
            return;
        }
        if (few()) {
            skipped.add("fine-tuning: " + data.size() + " examples are too few to tell whether it helps (from "
                    + ENOUGH_FOR_TRIALS + " on)");
        }
        Recipe recipe = Recipe.of(best.backbone().architecture());
        List<Trials.Trial> trials = few() ? recipe.ofFew() : recipe.of(best);
        for (int round = 0; round < rounds(); round++) {
            trials = tryFold(trials, best, round);
        }
        // What was not judged on all of these folds cannot be chosen.
        tried.keySet().retainAll(trials);
    }

    private boolean few() {
        return data.size() < ENOUGH_FOR_TRIALS;
    }

    /** How many folds a trial is judged on: of few examples all, for they are soon learned and say little each. */
    private int rounds() {
        return few() ? folds.size() : Math.min(2, folds.size());
    }

    /** Tries some trials on one fold; what remains is worth another. */
    private List<Trials.Trial> tryFold(List<Trials.Trial> trials, FeatureCandidate best, int round) {
        int[] fold = folds.get(round);
        List<Trials.Trial> affordable =
                trials.stream().filter(trial -> affordable(trial, best, round)).toList();
        List<Callable<Trials.Trial>> jobs = new ArrayList<>();
        for (Trials.Trial trial : affordable) {
            OutOfFold judged = tried.computeIfAbsent(trial, one -> OutOfFold.unjudged(data.size()));
            jobs.add(() -> {
                double start = clock.elapsed();
                Trials.judge(task, data, best.backbone(), trial, fold, judged);
                synchronized (seconds) {
                    seconds.merge(trial, clock.elapsed() - start, Double::sum);
                }
                return trial;
            });
        }
        task.cores().all(jobs, done -> {});
        return affordable.stream()
                .filter(trial -> few()
                        || lead(Objects.requireNonNull(tried.get(trial)), best.judged(), judgedThrough(round))
                                > WITHIN_REACH)
                .toList();
    }

    private boolean affordable(Trials.Trial trial, FeatureCandidate best, int round) {
        if (clock.budgetSeconds() == null) {
            return true;
        }
        double one = round == 0 ? guess(trial, best.backbone().weights().parameters()) : seconds.get(trial);
        double all = one * task.train().size() / data.size();
        if (2 * one + 1.5 * all <= clock.left()) {
            return true;
        }
        skipped.add(trial.strategy().name() + ": " + Math.round(2 * one + 1.5 * all)
                + " s to try it and to train it would not have fitted into the budget");
        return false;
    }

    /**
     * Before anything was trained: training on an example costs about three passes, and a pass was timed; besides, each step
     * moves all parameters.
     */
    private double guess(Trials.Trial trial, long parameters) {
        TrainingSettings settings = trial.settings(task.settings(), data.size());
        double steps = Math.ceil((double) data.size() / settings.batchSize());
        return settings.epochs() * (3 * passSeconds + steps * parameters * UPDATE_SECONDS);
    }

    private int[] judgedThrough(int round) {
        return folds.subList(0, round + 1).stream().flatMapToInt(Arrays::stream).toArray();
    }

    /** By how many standard errors the first is more often right than the second, on the same examples. */
    private static double lead(OutOfFold first, OutOfFold second, int[] examples) {
        int better = 0;
        int worse = 0;
        for (int example : examples) {
            if (first.correct()[example] && !second.correct()[example]) {
                better++;
            } else if (second.correct()[example] && !first.correct()[example]) {
                worse++;
            }
        }
        return (better - worse) / Math.sqrt(Math.max(1, better + worse));
    }

    private boolean beats(OutOfFold trial, OutOfFold opponent, int[] examples) {
        return few()
                ? lead(trial, opponent, examples) > VERY_CLEAR_LEAD
                        && trial.meanLoss(examples) < opponent.meanLoss(examples)
                : lead(trial, opponent, examples) > CLEAR_LEAD;
    }

    /** The trial that beats the features clearly on those examples, the best of them; nothing if none does. */
    private Optional<Trials.Trial> winner(OutOfFold opponent, int[] examples) {
        return tried.keySet().stream()
                .filter(trial -> beats(Objects.requireNonNull(tried.get(trial)), opponent, examples))
                .max(Comparator.comparingInt(
                        trial -> Objects.requireNonNull(tried.get(trial)).correct(examples)));
    }

    private Choice decide(FeatureCandidate best) {
        int[] judged = tried.isEmpty() ? all() : judgedThrough(rounds() - 1);
        Optional<Trials.Trial> winner = tried.isEmpty() ? Optional.empty() : winner(best.judged(), judged);
        int right = promisedRight(judged);
        Strategy strategy = winner.map(Trials.Trial::strategy)
                .orElseGet(() -> FeatureExtraction.at(best.cut()).withHead(best.head()));
        LabeledExamples train = affordableData();
        SelectionResult result = new SelectionResult(
                best.backbone().id(),
                strategy.name(),
                data.size(),
                folds.size(),
                (double) right / judged.length,
                Intervals.wilson(right, judged.length),
                sources(),
                evidence(best, winner.orElse(null), judged),
                skipped,
                Reasons.of(best, winner.map(tried::get).orElse(null), strategy, judged, features),
                clock.budgetSeconds(),
                clock.elapsed());
        return new Choice(
                best.backbone(),
                strategy,
                winner.map(trial -> trial.settings(task.settings(), train.size()))
                        .orElse(task.settings()),
                train,
                result);
    }

    /** How many examples come out right when each fold's choice is made on the other folds. */
    private int promisedRight(int[] judged) {
        boolean[] counts = new boolean[data.size()];
        for (int example : judged) {
            counts[example] = true;
        }
        int right = 0;
        for (int[] fold : folds) {
            int[] scored =
                    Arrays.stream(fold).filter(example -> counts[example]).toArray();
            if (scored.length == 0) {
                continue;
            }
            FeatureCandidate chosen = best(features, Partition.others(data.size(), fold));
            boolean[] own = new boolean[data.size()];
            Arrays.stream(fold).forEach(example -> own[example] = true);
            int[] elsewhere =
                    Arrays.stream(judged).filter(example -> !own[example]).toArray();
            OutOfFold used = elsewhere.length == 0
                    ? chosen.judged()
                    : winner(chosen.judged(), elsewhere).map(tried::get).orElse(chosen.judged());
            right += used.correct(scored);
        }
        return right;
    }

    /** All of it, unless its features alone would take most of what is left. */
    private LabeledExamples affordableData() {
        LabeledExamples train = task.train();
        double affordable = 0.7 * clock.left() * data.size() / passSeconds;
        if (clock.budgetSeconds() == null || train.size() == data.size() || affordable >= train.size()) {
            return train;
        }
        int size = Math.max(data.size(), (int) affordable);
        skipped.add((train.size() - size) + " of " + train.size()
                + " training examples: their features would not have fitted into the budget");
        return train.subset(
                NestedSubsets.stratified(train, List.of(size), task.settings().seed())
                        .get(0));
    }

    private List<SourceScore> sources() {
        int[] all = all();
        List<FeatureCandidate> perBackbone = task.backbones().stream()
                .flatMap(backbone -> features.stream()
                        .filter(one -> one.backbone().equals(backbone))
                        .min(Comparator.comparingDouble(one -> score(one, all)))
                        .stream())
                .sorted(Comparator.comparingDouble(one -> score(one, all)))
                .toList();
        if (perBackbone.size() < 2) {
            return List.of();
        }
        SourceScores scores = new SourceScores(data, task.cache());
        return perBackbone.stream()
                .map(one -> scores.of(one, one.judged().accuracy(all)))
                .toList();
    }

    private List<CandidateResult> evidence(FeatureCandidate best, Trials.@Nullable Trial winner, int[] judged) {
        Evidence evidence = new Evidence(judged);
        // Of each cut the penalty that does best; of the chosen cut the chosen one.
        Map<String, FeatureCandidate> byCut = new LinkedHashMap<>();
        for (FeatureCandidate candidate : features) {
            byCut.merge(
                    candidate.backbone().id() + candidate.cut(),
                    candidate,
                    (one, other) ->
                            !one.equals(best) && (other.equals(best) || score(other, judged) < score(one, judged))
                                    ? other
                                    : one);
        }
        for (FeatureCandidate candidate : byCut.values()) {
            evidence.add(candidate, featureSeconds / byCut.size(), winner == null && candidate.equals(best));
        }
        tried.forEach((trial, outOfFold) -> evidence.add(
                best.backbone(), trial.strategy(), outOfFold, seconds.getOrDefault(trial, 0.0), trial.equals(winner)));
        return evidence.rows();
    }

    /** Too few examples to hold any back: all stages, a strong penalty, no promise. */
    private Choice withoutEvidence() {
        Backbone backbone = task.backbone();
        Cut cut = FeatureCuts.of(backbone.architecture()).get(0);
        Strategy strategy = FeatureExtraction.at(cut).withHead(new Head.LogisticRegression(SAFE_PENALTY, true));
        skipped.add("every comparison: with " + data.size() + " examples of "
                + data.classNames().size() + " classes none can be held back");
        return new Choice(
                backbone,
                strategy,
                task.settings(),
                task.train(),
                new SelectionResult(
                        backbone.id(),
                        strategy.name(),
                        data.size(),
                        0,
                        null,
                        null,
                        List.of(),
                        List.of(),
                        skipped,
                        "There are too few examples to compare anything, so the safest choice was made: frozen features of"
                                + " all stages, and a logistic regression with a strong penalty.",
                        clock.budgetSeconds(),
                        clock.elapsed()));
    }
}
