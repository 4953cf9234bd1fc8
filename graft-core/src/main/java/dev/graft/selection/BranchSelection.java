package dev.graft.selection;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledExamples;
import dev.graft.error.TrainingException;
import dev.graft.evaluation.Intervals;
import dev.graft.evaluation.TargetMeasures;
import dev.graft.feature.Cut;
import dev.graft.result.CandidateResult;
import dev.graft.result.SelectionResult;
import dev.graft.result.StageNames;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.strategy.Renamed;
import dev.graft.strategy.Strategy;
import dev.graft.targets.OneClass;
import dev.graft.training.Branch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The choice for a network of several branches. Each branch's frozen features are cross-validated alone, at every cut. Since a
 * class may be told by the parts together and by none alone, the few best cuts of each branch are then compared in the whole
 * network, branch after branch with the others held. Last, the branch whose own features tell most is trained, and that is taken
 * only if it leads the frozen network on the very same examples by more than a tie would.
 */
final class BranchSelection {
    private static final int CUTS_OF_BRANCH = 2;
    private static final int SCREENED = 4;
    private static final double GOOD_ENOUGH = 0.985;
    private static final double NOTHING = 0.02;
    private static final Strategy FROZEN = FeatureExtraction.defaults();

    private final TransferTask task;
    private final Clock clock;
    private final LabeledExamples data;
    private final List<String> skipped = new ArrayList<>();
    private final List<CandidateResult> alone = new ArrayList<>();
    private final List<JointCandidate> frozen = new ArrayList<>();
    private final List<int[]> folds;
    private final JointTrials trials;
    private @Nullable Branch mostTelling;
    private double passSeconds;
    private double dearestPass;

    BranchSelection(TransferTask task, Clock clock) {
        this.task = task;
        this.clock = clock;
        data = Partition.part(task.train(), task.settings().seed());
        folds = Partition.folds(data, task.settings().seed());
        trials = new JointTrials(task, data, folds);
    }

    Choice choose() {
        List<Branch> network = task.sources().network();
        if (folds.isEmpty()) {
            return withoutEvidence(network);
        }
        Map<Branch, List<Cut>> cuts = new LinkedHashMap<>();
        double lowest = Double.POSITIVE_INFINITY;
        for (Branch branch : task.sources().pretrained()) {
            FeatureCandidate best = search(branch, cuts);
            if (best != null && best.judged().meanLoss(trials.all()) < lowest) {
                lowest = best.judged().meanLoss(trials.all());
                mostTelling = branch;
            }
        }
        JointCandidate best = cutTogether(network, cuts);
        Optional<JointCandidate> trained = trained(best);
        return decide(best, trained.orElse(null));
    }

    /** Judges a branch's features alone, and notes the cuts that are worth a comparison; null if there is no time. */
    private @Nullable FeatureCandidate search(Branch branch, Map<Branch, List<Cut>> cuts) {
        Backbone backbone = Objects.requireNonNull(branch.backbone());
        Cut usual = branch.cut() == null ? FROZEN.cut(backbone.architecture()) : branch.cut();
        cuts.put(branch, List.of(usual));
        if (clock.left() <= 2 * dearestPass) {
            skipped.add("other cuts of " + branch.name() + ": measuring them would not have fitted into the budget");
            return null;
        }
        double start = clock.elapsed();
        FeatureSearch search = new FeatureSearch(Trials.columnOf(data, branch), folds, task.cache(), task.cores());
        List<FeatureCandidate> candidates = search.candidates(backbone);
        passSeconds += search.passSeconds();
        dearestPass = Math.max(dearestPass, clock.elapsed() - start);
        List<Cut> best = candidates.stream()
                .sorted(Comparator.comparingDouble(one -> one.judged().meanLoss(trials.all())))
                .map(FeatureCandidate::cut)
                .distinct()
                .limit(CUTS_OF_BRANCH)
                .toList();
        // The safest is where all stages are joined; the usual one is where the source model ends.
        Stream<Cut> worthIt = Stream.of(
                        best.stream(), Stream.of(candidates.get(0).cut(), usual))
                .flatMap(cut -> cut);
        FeatureCandidate first = candidates.stream()
                .min(Comparator.comparingDouble(one -> one.judged().meanLoss(trials.all())))
                .orElseThrow();
        if (tellsNothing(first.judged())) {
            // Then the ranking is chance, and any cut may be what the other branches need.
            worthIt = Stream.concat(
                    worthIt,
                    candidates.stream().map(FeatureCandidate::cut).filter(cut -> cut.isPooledBy(FeatureCuts.POOLING)));
        }
        cuts.put(branch, worthIt.distinct().toList());
        alone.add(new JointCandidate(
                        List.of(branch.cut(first.cut())),
                        null,
                        new Renamed("feature-extraction, " + branch.name() + " alone", FROZEN),
                        first.judged(),
                        clock.elapsed() - start)
                .row(trials.all(), false));
        task.progress()
                .accept(String.format(
                        Locale.ROOT,
                        "measured the frozen features of %s alone at every cut: the best get %s of held-out examples",
                        branch.name(),
                        first.judged().said(trials.all())));
        return first;
    }

    /** Whether held-out examples are told apart no better than by naming the largest class. */
    private boolean tellsNothing(OutOfFold judged) {
        if (!(data.kind() instanceof OneClass)) {
            return judged.score(trials.all()) <= NOTHING;
        }
        int[] counts = new int[data.classNames().size()];
        IntStream.of(trials.all()).forEach(i -> counts[data.label(i)]++);
        int largest = IntStream.of(counts).max().orElse(0);
        return Intervals.wilson(judged.correct(trials.all()), data.size()).lower() <= (double) largest / data.size();
    }

    /** Goes through the branches, and cuts each where the whole network does best with the others as they are. */
    private JointCandidate cutTogether(List<Branch> network, Map<Branch, List<Cut>> cuts) {
        List<Branch> first = network.stream()
                .map(branch -> cuts.containsKey(branch)
                        ? branch.cut(Objects.requireNonNull(cuts.get(branch)).get(0))
                        : branch)
                .toList();
        frozen.addAll(trials.judged(List.of(first)));
        JointCandidate best = frozen.get(0);
        for (Map.Entry<Branch, List<Cut>> branch : cuts.entrySet()) {
            List<List<Branch>> others = new ArrayList<>();
            for (Cut cut : branch.getValue()) {
                List<Branch> changed = best.network().stream()
                        .map(one -> one.name().equals(branch.getKey().name()) ? one.cut(cut) : one)
                        .toList();
                if (frozen.stream().noneMatch(one -> one.network().equals(changed))) {
                    others.add(changed);
                }
            }
            double cost =
                    Math.min(others.size(), SCREENED + others.size() * JointTrials.FOLDS_OF_SCREENING / folds.size())
                            * best.seconds();
            if (others.isEmpty()) {
                continue;
            }
            if (cost > clock.left()) {
                skipped.add("other cuts of " + branch.getKey().name()
                        + " in the whole network: comparing them would not have fitted into the budget");
                continue;
            }
            frozen.addAll(trials.judged(others.size() > SCREENED ? trials.screened(others, SCREENED) : others));
            best = best(trials.all());
        }
        return best;
    }

    private JointCandidate best(int[] examples) {
        return frozen.stream()
                .min(Comparator.comparingDouble(one -> one.judged().meanLoss(examples)))
                .orElseThrow();
    }

    /** The network with its most telling branch trained, judged on all folds; nothing if that is not worth it. */
    private Optional<JointCandidate> trained(JointCandidate best) {
        Branch branch = mostTelling;
        if (branch == null) {
            return Optional.empty();
        }
        if (best.judged().score(trials.all()) >= GOOD_ENOUGH) {
            skipped.add("training a branch: frozen features get "
                    + best.judged().said(trials.all()) + " of held-out examples already");
            return Optional.empty();
        }
        if (data.size() < TrainingSearch.ENOUGH) {
            skipped.add("training a branch: " + data.size() + " examples are too few to tell whether it helps (from "
                    + TrainingSearch.ENOUGH + " on)");
            return Optional.empty();
        }
        Backbone backbone = Objects.requireNonNull(branch.backbone());
        Trials.Trial trial = Recipe.of(backbone.architecture()).ofBranch(backbone.architecture());
        List<Branch> network = best.network().stream()
                .map(one -> one.name().equals(branch.name())
                        ? one.cut(trial.strategy().cut(backbone.architecture())).with(trial.strategy())
                        : one)
                .toList();
        String name = trial.strategy()
                .name()
                .replaceFirst("@|$", "@" + branch.name() + "/")
                .replaceFirst("/$", "");
        return judgedWithin(network, trial, new Renamed(name, FROZEN));
    }

    /** Judges fold by fold, and gives up where the rest would not fit into the budget. */
    private Optional<JointCandidate> judgedWithin(List<Branch> network, Trials.Trial trial, Strategy strategy) {
        double start = clock.elapsed();
        OutOfFold judged = Trials.unjudged(data);
        double guess = clock.budgetSeconds() == null ? 0 : trials.secondsOfFold(network, trial);
        for (int i = 0; i < folds.size(); i++) {
            double one = i == 0 ? guess : (clock.elapsed() - start) / i;
            double rest = (folds.size() - i + 1.5 * task.train().size() / data.size()) * one;
            if (rest > clock.left()) {
                skipped.add(strategy.name() + ": " + Math.round(rest)
                        + " s to try it and to train it would not have fitted into the budget");
                return Optional.empty();
            }
            int[] fold = folds.get(i);
            List<Callable<Boolean>> job = List.of(() -> {
                trials.judge(network, trial, fold, judged);
                return true;
            });
            try {
                task.cores().all(job, done -> {});
            } catch (TrainingException e) {
                // A way that does not work here is one to leave out, and no reason to lose the frozen network.
                skipped.add(strategy.name() + ": "
                        + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
                return Optional.empty();
            }
            task.progress()
                    .accept(String.format(
                            Locale.ROOT,
                            "tried %s, fold %d of %d: %s",
                            strategy.name(),
                            i + 1,
                            folds.size(),
                            judged.said(fold)));
        }
        return Optional.of(new JointCandidate(network, trial, strategy, judged, clock.elapsed() - start));
    }

    private Choice decide(JointCandidate best, @Nullable JointCandidate trained) {
        boolean taken = trained != null && beats(trained, best, trials.all());
        JointCandidate chosen = taken ? Objects.requireNonNull(trained) : best;
        OutOfFold promise = promised(trained);
        List<CandidateResult> rows = new ArrayList<>();
        rows.add(chosen.row(trials.all(), true));
        List<JointCandidate> others = new ArrayList<>(frozen);
        if (trained != null) {
            others.add(trained);
        }
        others.remove(chosen);
        others.forEach(one -> rows.add(one.row(trials.all(), false)));
        rows.addAll(alone);
        rows.sort(Comparator.comparing(CandidateResult::chosen)
                .thenComparingDouble(CandidateResult::accuracy)
                .thenComparingDouble(row -> -row.loss())
                .reversed());
        LabeledExamples train = affordableData();
        SelectionResult result = new SelectionResult(
                JointCandidate.backbones(chosen.network()),
                chosen.strategy().name(),
                data.size(),
                folds.size(),
                promise.score(trials.all()),
                promise.interval(trials.all()),
                List.of(),
                rows,
                List.of(),
                null,
                skipped,
                because(best, taken ? trained : null),
                clock.budgetSeconds(),
                clock.elapsed());
        return new Choice(
                chosen.network(), chosen.strategy(), trials.settings(chosen.trial(), train.size()), train, result);
    }

    /** All of it, unless its features alone would take most of what is left. */
    private LabeledExamples affordableData() {
        return Partition.affordable(task, data, clock, passSeconds, skipped);
    }

    private boolean beats(JointCandidate trained, JointCandidate best, int[] examples) {
        return TrainingSearch.beats(trained.judged(), best.judged(), examples, data.size() < TrainingSearch.ENOUGH);
    }

    /** What is said of the examples when each fold's choice is made on the other folds. */
    private OutOfFold promised(@Nullable JointCandidate trained) {
        OutOfFold promise = Trials.unjudged(data);
        for (int[] fold : folds) {
            int[] elsewhere = Partition.others(data.size(), fold);
            JointCandidate best = best(elsewhere);
            promise.take((trained != null && beats(trained, best, elsewhere) ? trained : best).judged(), fold);
        }
        return promise;
    }

    private String because(JointCandidate best, @Nullable JointCandidate trained) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "The parts together, all frozen%s, get %s of held-out examples.",
                best.cuts().isEmpty() ? "" : " and cut at " + StageNames.shown(best.cuts()),
                best.judged().said(trials.all())));
        if (!alone.isEmpty()) {
            text.append(" Alone, ");
            text.append(String.join(
                    ", ",
                    alone.stream()
                            .map(row -> StageNames.shown(row.cut()) + " gets "
                                    + TargetMeasures.said(data.kind(), row.accuracy()))
                            .toList()));
            text.append('.');
        }
        if (trained != null) {
            text.append(" With " + trained.strategy().name() + " it is "
                    + trained.judged().said(trials.all())
                    + Reasons.alone(trained.judged(), best.judged(), trials.all(), "the frozen network")
                    + ".");
        }
        return text.toString();
    }

    /** Too few examples to hold any back: every branch frozen and cut as usual, no promise. */
    private Choice withoutEvidence(List<Branch> network) {
        skipped.add("every comparison: with " + data.size() + " examples of "
                + data.classNames().size() + " classes none can be held back");
        return new Choice(
                network,
                FROZEN,
                task.settings(),
                task.train(),
                new SelectionResult(
                        JointCandidate.backbones(network),
                        FROZEN.name(),
                        data.size(),
                        0,
                        null,
                        null,
                        List.of(),
                        List.of(),
                        List.of(),
                        null,
                        skipped,
                        "There are too few examples to compare anything, so every branch stays frozen, cut before its"
                                + " classifier.",
                        clock.budgetSeconds(),
                        clock.elapsed()));
    }
}
