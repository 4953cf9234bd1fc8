package dev.graft.selection;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledExamples;
import dev.graft.error.TrainingException;
import dev.graft.strategy.FineTuning;
import dev.graft.strategy.FromScratch;
import dev.graft.training.Cores;
import dev.graft.training.LearningRateFinder;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ways to train a backbone, tried on the folds that the frozen features were judged on: first one of each kind, then, if
 * one of them is worth it, its relatives.
 */
final class TrainingSearch {
    /** With fewer examples only training from scratch is tried. */
    static final int ENOUGH = 100;

    // In standard errors: more than a tie, less than a test of significance would ask.
    private static final double CLEAR_LEAD = 0.7;
    // Two more right and none less, at the least.
    private static final double VERY_CLEAR_LEAD = 1.3;
    private static final double WITHIN_REACH = -1;
    private static final double OTHER_RATE = 1.5;
    private static final int MANY_MORE = 4;

    private final TransferTask task;
    private final LabeledExamples data;
    private final List<int[]> folds;
    private final Clock clock;
    private final List<String> skipped;
    private final Map<Trials.Trial, OutOfFold> kinds = new LinkedHashMap<>();
    private final Map<Trials.Trial, OutOfFold> relatives = new LinkedHashMap<>();
    private final Map<Trials.Trial, Double> seconds = new LinkedHashMap<>();
    private final Map<Trials.Trial, String> failed = new ConcurrentHashMap<>();
    private Cores cores;
    private @Nullable TrainingTime time;
    private int judged;
    private boolean alone;
    private Trials.@Nullable Trial untried;

    /**
     * Before anything is tried.
     *
     * @param skipped where to note what is not tried
     */
    TrainingSearch(TransferTask task, LabeledExamples data, List<int[]> folds, Clock clock, List<String> skipped) {
        this.task = task;
        this.cores = task.cores();
        this.data = data;
        this.folds = folds;
        this.clock = clock;
        this.skipped = skipped;
    }

    /** Tries them against the best frozen features. */
    void run(FeatureCandidate best) {
        if (few()) {
            skipped.add("fine-tuning: " + data.size() + " examples are too few to tell whether it helps (from " + ENOUGH
                    + " on)");
        }
        Recipe recipe = Recipe.of(best.backbone().architecture());
        judged = recipe.judged();
        alone = recipe.trainsEnd();
        time = TrainingTime.of(task, data, foldTrain(), clock, recipe, best);
        List<Trials.Trial> ways =
                isTried() ? List.of() : recipe.untried(best.backbone().architecture(), clock.budgetSeconds() != null);
        if (!ways.isEmpty()) {
            time().oneAtATime();
            untried = largest(ways);
            return;
        }
        List<Trials.Trial> trials = few() ? recipe.ofFew() : affordable(recipe, best);
        if (alone) {
            // One trial at a time, which deals its steps to all cores that this thread has.
            cores = Cores.one();
        }
        run(trials, kinds, best);
        if (!few()) {
            winner(best.judged(), judged())
                    .ifPresent(found -> run(relativesOf(found, recipe, best.backbone()), relatives, best));
        }
    }

    /**
     * The recipe's trials if there is time for all of them, or the first of the cheaper ones that there is time for. Where there
     * is nothing cheaper, the recipe's, of which each is judged by itself.
     */
    private List<Trials.Trial> affordable(Recipe recipe, FeatureCandidate best) {
        List<Trials.Trial> trials = recipe.of(best);
        if (time().fitsTogether(trials)) {
            return trials;
        }
        List<Trials.Trial> ways = recipe.cheaper(best.backbone().architecture());
        if (ways.isEmpty()) {
            return trials;
        }
        if (trials.size() > 1) {
            skipped.add(time().refusal(
                            trials.stream()
                                            .map(trial -> trial.strategy().name())
                                            .collect(Collectors.joining(", "))
                                    + " side by side, to try and to train",
                            time().together(trials)));
        }
        alone = true;
        time().oneAtATime();
        // Those before the first that fits are noted.
        return Stream.concat(trials.size() > 1 ? Stream.of() : trials.stream(), ways.stream())
                .filter(trial -> affordable(trial, 0))
                .limit(1)
                .toList();
    }

    /**
     * Whether what is trained on all examples was tried on folds of some before. Not where there are many more examples than those, and
     * validation examples to judge it by: a trial would take time that the training makes more of.
     */
    private boolean isTried() {
        return task.train().size() < MANY_MORE * data.size() || !ValidatedTraining.isPossible(task);
    }

    /** The first that fits; what does not is noted in one line. */
    private Trials.@Nullable Trial largest(List<Trials.Trial> ways) {
        List<Trials.Trial> larger =
                ways.stream().takeWhile(way -> !time().fitsUntried(way)).toList();
        if (!larger.isEmpty()) {
            Trials.Trial least = larger.get(larger.size() - 1);
            String names =
                    larger.stream().map(way -> way.strategy().name()).distinct().collect(Collectors.joining(", "));
            skipped.add(time().refusal(names + ", of which the last to train", time().untried(least)));
        }
        return larger.size() < ways.size() ? ways.get(larger.size()) : null;
    }

    private TrainingTime time() {
        return Objects.requireNonNull(time);
    }

    /** A way to train that validation examples are to judge; nothing if there is none, or if trials were made. */
    Optional<Trials.Trial> untried() {
        return Optional.ofNullable(untried);
    }

    /** The examples that every trial was judged on; none if nothing was tried. */
    int[] judged() {
        return kinds.isEmpty() ? new int[0] : judgedThrough(rounds() - 1);
    }

    /** What each trial predicted, in the order of trying. */
    Map<Trials.Trial, OutOfFold> all() {
        Map<Trials.Trial, OutOfFold> all = new LinkedHashMap<>(kinds);
        all.putAll(relatives);
        return all;
    }

    /** What trying it took. */
    double seconds(Trials.Trial trial) {
        return seconds.getOrDefault(trial, 0.0);
    }

    /**
     * The trial to take by those examples: the best of the kinds that beat the features clearly; a relative only if it
     * beats that one clearly again. Nothing if none does.
     */
    Optional<Trials.Trial> winner(OutOfFold features, int[] examples) {
        Optional<Trials.Trial> kind = best(kinds, features, examples);
        return kind.flatMap(first -> best(relatives, Objects.requireNonNull(kinds.get(first)), examples))
                .or(() -> kind);
    }

    private Optional<Trials.Trial> best(Map<Trials.Trial, OutOfFold> among, OutOfFold opponent, int[] examples) {
        return among.entrySet().stream()
                .filter(one -> gainsFromMore(one.getKey())
                        ? one.getValue().lead(opponent, examples) > 0
                        : beats(one.getValue(), opponent, examples))
                .max(Comparator.comparingDouble(one -> one.getValue().score(examples)))
                .map(Map.Entry::getKey);
    }

    /**
     * Whether the end of a transformer is going to learn from many more examples than it was tried on, from which it gains more
     * than a head on frozen features does: its lead need not be clear then.
     */
    private boolean gainsFromMore(Trials.Trial trial) {
        return trial.recipe().trainsEnd()
                && trial.strategy() instanceof FineTuning
                && task.train().size() >= MANY_MORE * data.size();
    }

    private void run(List<Trials.Trial> trials, Map<Trials.Trial, OutOfFold> into, FeatureCandidate best) {
        List<Trials.Trial> left = trials;
        for (int round = 0; round < rounds(); round++) {
            left = tryFold(left, into, best, round);
        }
        time().tried(trials);
        // What was not judged on all of these folds cannot be chosen.
        into.keySet().retainAll(left);
    }

    private List<Trials.Trial> relativesOf(Trials.Trial trial, Recipe recipe, Backbone backbone) {
        List<Trials.Trial> found = new ArrayList<>();
        if (alone) {
            return found;
        }
        if (!(trial.strategy() instanceof FromScratch)) {
            found.addAll(recipe.relatives(trial, backbone.architecture()));
        }
        if (time().fitsSearch(trial)) {
            rate(trial, backbone)
                    .filter(rate -> rate > OTHER_RATE * trial.rate() || rate < trial.rate() / OTHER_RATE)
                    .ifPresent(rate -> found.add(new Trials.Trial(trial.strategy(), rate, recipe)));
        }
        return found;
    }

    /** The rate that a short trial suggests, without the first fold; nothing if no rate brings the loss down. */
    private Optional<Double> rate(Trials.Trial trial, Backbone backbone) {
        LabeledExamples train = Trials.part(task, data, Partition.others(data.size(), folds.get(0)));
        Callable<Optional<Double>> job = () -> {
            try {
                return Optional.of(LearningRateFinder.find(Trials.learning(
                                task, train, backbone, trial.strategy(), trial.settings(task.settings(), train.size())))
                        .suggested());
            } catch (TrainingException e) {
                return Optional.empty();
            }
        };
        return task.cores().all(List.of(job), done -> {}).get(0);
    }

    private boolean few() {
        return data.size() < ENOUGH;
    }

    /** How many folds a trial is judged on: of few examples all, for they are soon learned and say little each. */
    private int rounds() {
        // The promise needs two: for each fold the choice is made on the others.
        int enough = 2;
        while (enough < folds.size() && judgedThrough(enough - 1).length < judged) {
            enough++;
        }
        return few() ? folds.size() : Math.min(enough, folds.size());
    }

    /** Tries some trials on one fold; what remains is worth another. */
    private List<Trials.Trial> tryFold(
            List<Trials.Trial> trials, Map<Trials.Trial, OutOfFold> into, FeatureCandidate best, int round) {
        int[] fold = folds.get(round);
        List<Trials.Trial> affordable =
                trials.stream().filter(trial -> affordable(trial, round)).toList();
        List<Callable<Trials.Trial>> jobs = new ArrayList<>();
        for (Trials.Trial trial : affordable) {
            OutOfFold judged = into.computeIfAbsent(
                    trial, one -> OutOfFold.unjudged(best.judged().targets()));
            jobs.add(() -> {
                double start = clock.elapsed();
                try {
                    Trials.judge(task, data, best.backbone(), trial, fold, judged);
                } catch (TrainingException e) {
                    // A way that does not work here is one to leave out, and no reason to lose the others.
                    failed.put(
                            trial,
                            String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
                }
                synchronized (seconds) {
                    seconds.merge(trial, clock.elapsed() - start, Double::sum);
                }
                return trial;
            });
        }
        cores.all(jobs, trial -> task.progress().accept(tried(trial, into, round)));
        affordable.stream()
                .filter(failed::containsKey)
                .forEach(trial -> skipped.add(trial.strategy().name() + ": " + failed.get(trial)));
        return affordable.stream()
                .filter(trial -> !failed.containsKey(trial))
                .filter(trial -> few()
                        || Objects.requireNonNull(into.get(trial)).lead(best.judged(), judgedThrough(round))
                                > WITHIN_REACH)
                .toList();
    }

    private String tried(Trials.Trial trial, Map<Trials.Trial, OutOfFold> into, int round) {
        if (failed.containsKey(trial)) {
            return "tried " + trial.strategy().name() + ": " + failed.get(trial);
        }
        return String.format(
                Locale.ROOT,
                "tried %s, fold %d of %d: %s",
                trial.strategy().name(),
                round + 1,
                rounds(),
                Objects.requireNonNull(into.get(trial)).said(folds.get(round)));
    }

    private boolean affordable(Trials.Trial trial, int round) {
        double cost = time().cost(trial, rounds() - round, round, seconds(trial));
        if (cost <= time().left()) {
            return true;
        }
        skipped.add(time().refusal(trial.strategy().name() + ", to try and to train", cost));
        return false;
    }

    private int foldTrain() {
        return data.size() - folds.get(0).length;
    }

    private int[] judgedThrough(int round) {
        return folds.subList(0, round + 1).stream().flatMapToInt(Arrays::stream).toArray();
    }

    private boolean beats(OutOfFold trial, OutOfFold opponent, int[] examples) {
        return beats(trial, opponent, examples, few());
    }

    /** Whether a trained backbone does clearly better than what stays frozen, on the same examples. */
    static boolean beats(OutOfFold trial, OutOfFold opponent, int[] examples, boolean few) {
        return few
                ? trial.lead(opponent, examples) > VERY_CLEAR_LEAD
                        && trial.meanLoss(examples) < opponent.meanLoss(examples)
                : trial.lead(opponent, examples) > CLEAR_LEAD;
    }
}
