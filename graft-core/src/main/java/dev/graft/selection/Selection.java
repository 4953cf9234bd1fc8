package dev.graft.selection;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledExamples;
import dev.graft.data.NestedSubsets;
import dev.graft.evaluation.DataSizeTrends;
import dev.graft.evaluation.Evaluation;
import dev.graft.feature.Cut;
import dev.graft.head.Head;
import dev.graft.optimization.Answers;
import dev.graft.result.CandidateResult;
import dev.graft.result.CurvePoint;
import dev.graft.result.DataSizeTrend;
import dev.graft.result.SelectionResult;
import dev.graft.result.SourceScore;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.strategy.Strategy;
import dev.graft.training.Branch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The choice itself. First the frozen features at every cut are cross-validated, which costs next to nothing once they
 * are cached. If they leave something to gain and there are enough examples to notice, strategies that train the backbone
 * are tried on the same folds; one of them is taken only if it leads the features on the very same examples by more than
 * a tie would.
 */
final class Selection {
    /** On so many it shows whether a backbone is far behind another. */
    private static final int GLANCE = 250;

    // In standard errors.
    private static final double FAR_BEHIND = -3;
    private static final int COMPARED = 400;
    private static final int FEW_EXAMPLES = 300;
    private static final int CUTS_OF_PREPARATION = 3;
    private static final int PASSES_TO_SPARE = 8;
    private static final double GOOD_ENOUGH = 0.985;

    private final TransferTask task;
    private final Clock clock;
    private final LabeledExamples data;
    private final List<String> skipped = new ArrayList<>();
    private List<int[]> folds = List.of();
    private List<FeatureCandidate> features = List.of();
    private TrainingSearch tryouts;
    private String preparation = "";
    private double featureSeconds;
    private double passSeconds;
    private final boolean trains;
    private @Nullable OutOfFold promised;

    Selection(TransferTask task, Clock clock) {
        this(task, clock, true);
    }

    /**
     * Prepares a choice.
     *
     * @param trains whether source models may be trained, and examples prepared in other ways; else their usual features are all that
     *     is looked at
     */
    Selection(TransferTask task, Clock clock, boolean trains) {
        this.trains = trains;
        this.task = task;
        this.clock = clock;
        data = Partition.part(task.train(), task.settings().seed());
        tryouts = new TrainingSearch(task, data, folds, clock, skipped);
    }

    Choice choose() {
        folds = Partition.folds(data, task.settings().seed());
        if (folds.isEmpty()) {
            return SafeChoice.of(task, data, clock, skipped);
        }
        tryouts = new TrainingSearch(task, data, folds, clock, skipped);
        searchFeatures();
        if (trains) {
            tryPreparations();
        }
        FeatureCandidate best = FeatureScores.best(features, all());
        FeatureCandidate frozen = head(best.backbone());
        promised = frozen.judged();
        if (trains) {
            tryTraining(best.judgedAs(frozen.judged()));
        }
        return decide(best, frozen);
    }

    /** The examples that the choice looks at. */
    LabeledExamples examples() {
        return data;
    }

    /** What the chosen head says of these when it has not learned from them; null before the choice, or if none could be held back. */
    @Nullable
    Evaluation outOfFold() {
        if (promised == null) {
            return null;
        }
        return new Evaluation(
                Answers.of(data.kind(), promised.logits(), data.kind().outputs()), promised.targets());
    }

    /** The head on one backbone's frozen features: the average of several, or the best one. */
    private FeatureCandidate head(Backbone backbone) {
        List<FeatureCandidate> own =
                features.stream().filter(one -> one.backbone().equals(backbone)).toList();
        return new EnsembleSelection(
                        own,
                        own.get(0).judged().targets(),
                        folds,
                        task.settings().seed())
                .find(task.train().size(), without(backbone, own));
    }

    /**
     * The candidates as each fold's absence leaves them. With few examples they are judged anew: a head that was chosen for what heads that
     * learned from a fold predict of the others owes something to that fold. With many that is next to nothing.
     */
    private List<List<FeatureCandidate>> without(Backbone backbone, List<FeatureCandidate> own) {
        if (data.size() > FEW_EXAMPLES || folds.size() < 3 || clock.left() < 2 * folds.size() * featureSeconds) {
            return Collections.nCopies(folds.size(), own);
        }
        FeatureSearch search = new FeatureSearch(data, folds, task.cache(), task.cores());
        List<Cut> cuts = own.stream().map(FeatureCandidate::cut).distinct().toList();
        return folds.stream()
                .map(fold -> search.candidates(backbone, cuts, Partition.others(data.size(), fold)))
                .toList();
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
            if (!found.isEmpty() && isFarBehind(backbone, FeatureScores.best(found, all()), search)) {
                continue;
            }
            List<FeatureCandidate> own = search.candidates(backbone);
            found.addAll(own);
            task.progress()
                    .accept(String.format(
                            Locale.ROOT,
                            "measured the frozen features of %s at every cut: the best get %s of held-out examples",
                            backbone.id(),
                            FeatureScores.best(own, all()).judged().said(all())));
            dearest = Math.max(dearest, clock.elapsed() - before);
        }
        features = found;
        featureSeconds = clock.elapsed() - start;
        passSeconds = search.passSeconds();
    }

    /** Prepares photographs in another way, where frozen features of the best cuts are clearly better then. */
    private void tryPreparations() {
        FeatureSearch search = new FeatureSearch(data, folds, task.cache(), task.cores());
        PreparationSearch preparations = new PreparationSearch(task, data, folds);
        for (Preparations.Variant variant :
                preparations.of(FeatureScores.best(features, all()).backbone())) {
            FeatureCandidate usual = FeatureScores.best(features, all());
            // A pass over a part, perhaps one over all, and the training that may follow.
            if (clock.left() < PASSES_TO_SPARE * passSeconds) {
                skipped.add(usual.backbone().id() + " with " + variant.words()
                        + ": measuring it would not have fitted into the budget");
                continue;
            }
            Optional<String> better = preparations.better(variant, usual, bestCuts(usual.backbone()), part(COMPARED));
            if (better.isPresent()) {
                task.progress().accept(better.get());
                preparation = " " + better.get() + ".";
                features = Stream.concat(
                                features.stream().filter(one -> !one.backbone().equals(usual.backbone())),
                                search.candidates(variant.backbone()).stream())
                        .toList();
                passSeconds = Math.max(passSeconds, search.passSeconds());
            }
        }
    }

    /** The cuts of a backbone whose features do best, each alone. */
    private List<Cut> bestCuts(Backbone backbone) {
        int[] all = all();
        return features.stream()
                .filter(one -> one.backbone().equals(backbone))
                .sorted(Comparator.comparingDouble(one -> FeatureScores.score(one, all)))
                .map(FeatureCandidate::cut)
                .distinct()
                .limit(CUTS_OF_PREPARATION)
                .toList();
    }

    /** As many examples as wanted, or more if there are many classes, in rising order; all if there are few. */
    private int[] part(int wanted) {
        int size = Math.max(wanted, 2 * folds.size() * data.classNames().size());
        if (data.size() < 2 * size) {
            return all();
        }
        int[] part = NestedSubsets.stratified(
                        data, List.of(size), task.settings().seed())
                .get(0);
        Arrays.sort(part);
        return part;
    }

    /** Whether a part of the examples shows already that a backbone's features cannot compete with the best so far. */
    private boolean isFarBehind(Backbone backbone, FeatureCandidate best, FeatureSearch search) {
        int[] part = part(GLANCE);
        if (part.length == data.size()) {
            return false;
        }
        FeatureCandidate known =
                FeatureScores.best(search.candidates(best.backbone(), List.of(best.cut()), part), part);
        FeatureCandidate own =
                FeatureScores.best(search.candidates(backbone, FeatureCuts.of(backbone.architecture()), part), part);
        if (own.judged().lead(known.judged(), part) > FAR_BEHIND) {
            return false;
        }
        String reason = String.format(
                Locale.ROOT,
                "backbone %s: learned from %d of the examples, its best frozen features get %s, those of %s %s",
                backbone.id(),
                part.length,
                own.judged().said(part),
                best.backbone().id(),
                known.judged().said(part));
        skipped.add(reason);
        task.progress().accept("ruled out " + reason);
        return true;
    }

    private void tryTraining(FeatureCandidate best) {
        if (best.judged().score(all()) >= GOOD_ENOUGH) {
            skipped.add("training the backbone: frozen features get "
                    + best.judged().said(all()) + " of held-out examples already");
            return;
        }
        tryouts.run(best);
    }

    /**
     * Takes the frozen features or a trained backbone.
     *
     * @param best the best head on one cut
     * @param frozen the average of several, or the best one again
     */
    private Choice decide(FeatureCandidate best, FeatureCandidate frozen) {
        int[] judged = tryouts.all().isEmpty() ? all() : tryouts.judged();
        Optional<Trials.Trial> winner = tryouts.winner(frozen.judged(), judged);
        OutOfFold promise = promised(frozen, judged);
        Strategy strategy = winner.map(Trials.Trial::strategy)
                .orElseGet(() -> FeatureExtraction.at(frozen.cut()).withHead(frozen.head()));
        LabeledExamples train = task.train();
        List<CurvePoint> curve = learningCurve(best);
        Optional<DataSizeTrend> trend = DataSizeTrends.of(LearningCurve.NAME, curve);
        SelectionResult result = new SelectionResult(
                best.backbone().id(),
                strategy.name(),
                data.size(),
                folds.size(),
                promise.score(judged),
                promise.interval(judged),
                sources(),
                evidence(frozen.head() instanceof Head.Ensemble ? frozen : best, winner.orElse(null), judged),
                curve,
                trend.orElse(null),
                skipped,
                Reasons.of(best, frozen, winner.map(tryouts.all()::get).orElse(null), strategy, judged, features)
                        + preparation
                        + trend.map(one -> " " + Reasons.outlook(one, winner.isPresent()))
                                .orElse(""),
                clock.budgetSeconds(),
                clock.elapsed());
        return new Choice(
                List.of(Branch.only(best.backbone())),
                strategy,
                winner.map(trial -> trial.settings(task.settings(), train.size()))
                        .orElse(task.settings()),
                train,
                result,
                tryouts.untried().orElse(null));
    }

    /** It costs about as much as two of the cuts did. */
    private List<CurvePoint> learningCurve(FeatureCandidate best) {
        double cost = 4 * featureSeconds / features.size();
        if (cost > 0.1 * clock.left()) {
            skipped.add("the learning curve: it would not have fitted into the budget");
            return List.of();
        }
        return new LearningCurve(data, folds, task.cache(), task.settings().seed()).of(best);
    }

    /** What is said of the examples when each fold's choice is made on the other folds. */
    private OutOfFold promised(FeatureCandidate frozen, int[] judged) {
        boolean[] counts = new boolean[data.size()];
        for (int example : judged) {
            counts[example] = true;
        }
        OutOfFold promise = OutOfFold.unjudged(frozen.judged().targets());
        for (int[] fold : folds) {
            int[] scored =
                    Arrays.stream(fold).filter(example -> counts[example]).toArray();
            if (scored.length == 0) {
                continue;
            }
            boolean[] own = new boolean[data.size()];
            Arrays.stream(fold).forEach(example -> own[example] = true);
            int[] elsewhere =
                    Arrays.stream(judged).filter(example -> !own[example]).toArray();
            OutOfFold used = elsewhere.length == 0
                    ? frozen.judged()
                    : tryouts.winner(frozen.judged(), elsewhere)
                            .map(tryouts.all()::get)
                            .orElse(frozen.judged());
            promise.take(used, scored);
        }
        return promise;
    }

    private List<SourceScore> sources() {
        int[] all = all();
        List<FeatureCandidate> perBackbone = features.stream()
                .map(FeatureCandidate::backbone)
                .distinct()
                .flatMap(backbone -> features.stream()
                        .filter(one -> one.backbone().equals(backbone))
                        .min(Comparator.comparingDouble(one -> FeatureScores.score(one, all)))
                        .stream())
                .sorted(Comparator.comparingDouble(one -> FeatureScores.score(one, all)))
                .toList();
        if (perBackbone.size() < 2) {
            return List.of();
        }
        SourceScores scores = new SourceScores(data, task.cache(), clock, skipped);
        return perBackbone.stream()
                .map(one -> scores.of(one, one.judged().score(all)))
                .toList();
    }

    private List<CandidateResult> evidence(FeatureCandidate best, Trials.@Nullable Trial winner, int[] judged) {
        CandidateRows evidence = new CandidateRows(judged);
        // Of each cut the head that does best; of the chosen cut the chosen one.
        Map<String, FeatureCandidate> byCut = new LinkedHashMap<>();
        for (FeatureCandidate candidate : features) {
            byCut.merge(
                    candidate.backbone().id() + candidate.cut(),
                    candidate,
                    (one, other) -> !one.equals(best)
                                    && (other.equals(best)
                                            || FeatureScores.score(other, judged) < FeatureScores.score(one, judged))
                            ? other
                            : one);
        }
        if (best.head() instanceof Head.Ensemble) {
            evidence.add(best, 0, winner == null);
        }
        for (FeatureCandidate candidate : byCut.values()) {
            evidence.add(candidate, featureSeconds / byCut.size(), winner == null && candidate.equals(best));
        }
        tryouts.all()
                .forEach((trial, outOfFold) -> evidence.add(
                        best.backbone(), trial.strategy(), outOfFold, tryouts.seconds(trial), trial.equals(winner)));
        return evidence.rows();
    }
}
