package dev.graft.report;

import dev.graft.data.Image;
import dev.graft.result.CandidateResult;
import dev.graft.result.ClassBalance;
import dev.graft.result.Classification;
import dev.graft.result.Classification.ClassResult;
import dev.graft.result.CurvePoint;
import dev.graft.result.EpochResult;
import dev.graft.result.ExperimentResult;
import dev.graft.result.Interval;
import dev.graft.result.MeasureResult;
import dev.graft.result.PredictionResult;
import dev.graft.result.ProbeResult;
import dev.graft.result.ReportPictures;
import dev.graft.result.ReportPictures.LabeledPicture;
import dev.graft.result.SelectionResult;
import dev.graft.result.SourceModel;
import dev.graft.result.SourceScore;
import dev.graft.result.StrategyResult;
import dev.graft.result.StrategyResult.FirstSeed;
import dev.graft.result.StrategyResult.Score;
import dev.graft.result.TargetResult;
import dev.graft.result.TargetResult.Answer;
import dev.graft.result.TargetResult.Point;
import dev.graft.result.TargetTask;
import dev.graft.result.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Experiments on several labels, numbers and grades. None of their numbers was measured. */
enum OtherTargets {
    LABELS("multi-label", "micro F1"),
    NUMBERS("regression", "R²"),
    GRADES("ordinal", "quadratic kappa");

    private static final Interval INTERVAL = new Interval(0.741, 0.872);
    private static final int ERRORS = 20;

    private final String task;
    private final String measure;

    OtherTargets(String task, String measure) {
        this.task = task;
        this.measure = measure;
    }

    String measure() {
        return measure;
    }

    ExperimentResult experiment() {
        return experiment(names(), 0.813);
    }

    List<String> names() {
        return this == GRADES ? List.of("poor", "fair", "good") : List.of("roundness", "weight");
    }

    /** An experiment in which every score is the given one. */
    ExperimentResult experiment(List<String> names, double score) {
        ExperimentResult base = ExampleExperiment.shapes();
        TargetTask target =
                new TargetTask("shapes", names, 500, 100, 200, 0, ExampleExperiment.DIGEST).withTask(task, measure);
        if (this != NUMBERS) {
            target = target.withBalance(names.stream()
                    .map(name -> new ClassBalance(name, 250, 50, 101))
                    .toList());
        }
        StrategyResult row = row(base.results().get(2), names, score);
        StrategyResult scratch = row(base.results().get(3), names, score);
        Verdict verdict = new Verdict(
                row.strategy(),
                List.of(),
                measure + " decides.",
                List.of(new ProbeResult("conv1", "mean", 32, score, INTERVAL)));
        List<CurvePoint> curve = List.of(
                new CurvePoint(100, row.strategy(), score, INTERVAL, 1, List.of(score)),
                new CurvePoint(500, row.strategy(), score, INTERVAL, 1, List.of(score)));
        return withSource(Variations.with(base, target, List.of(row, scratch), curve, verdict));
    }

    /** A source of which no accuracy is known. */
    private static ExperimentResult withSource(ExperimentResult base) {
        return new ExperimentResult(
                base.command(),
                base.seed(),
                base.seeds(),
                base.version(),
                base.hardware(),
                new SourceModel("resnet18", "hub", "imagenet-1k", Double.NaN, 0, 0, ExampleExperiment.DIGEST),
                base.target(),
                base.results(),
                base.curve(),
                base.trends(),
                base.verdict(),
                base.seconds());
    }

    private StrategyResult row(StrategyResult base, List<String> names, double score) {
        List<EpochResult> history = IntStream.rangeClosed(1, 3)
                .mapToObj(epoch -> new EpochResult(epoch, "all", 0.9 / epoch, score, 1.0 / epoch, score))
                .toList();
        List<PredictionResult> gallery =
                this == GRADES ? List.of(new PredictionResult(0, 0, names.size() - 1, 0.6)) : List.of();
        return base.withScore(new Score(score, 0.42, INTERVAL, "bootstrap over test examples", List.of(score)))
                .withFirstSeed(
                        new FirstSeed(base.summary(), history, classification(names), gallery, told(names, score)))
                .withAgainstScratch(null)
                .withSelection(selection(score));
    }

    private Classification classification(List<String> names) {
        if (this == NUMBERS) {
            return new Classification(List.of(), List.of(), Double.NaN, Double.NaN, Double.NaN);
        }
        List<ClassResult> figures = names.stream()
                .map(name -> new ClassResult(name, 0.91, 0.82, 0.86, 101))
                .toList();
        List<List<Integer>> confusion = IntStream.range(0, names.size())
                .mapToObj(truth -> IntStream.range(0, names.size())
                        .mapToObj(said -> truth == said ? 60 : 7)
                        .toList())
                .toList();
        return new Classification(this == GRADES ? confusion : List.of(), figures, 0.91, 0.82, 0.86);
    }

    private TargetResult told(List<String> names, double score) {
        List<MeasureResult> measures = new ArrayList<>();
        measures.add(new MeasureResult(measure, score, INTERVAL, ""));
        measures.add(new MeasureResult("mean absolute error", 1234.5, null, names.get(0)));
        List<Answer> worst = IntStream.range(0, ERRORS)
                .mapToObj(i -> new Answer(
                        i,
                        names.get(i % names.size()),
                        names.get((i + 1) % names.size()),
                        this == NUMBERS ? 3.21 : 2,
                        i % names.size()))
                .toList();
        List<Point> points = new ArrayList<>();
        for (int i = 0; this == NUMBERS && i < 1200; i++) {
            points.add(new Point(names.get(i % names.size()), i - 600, 0.9 * i - 540));
        }
        boolean numbers = this == NUMBERS;
        return new TargetResult(measures, worst, points, numbers ? 0.9 : Double.NaN, numbers ? 0.893 : Double.NaN);
    }

    private static SelectionResult selection(double score) {
        CandidateResult candidate = new CandidateResult(
                "resnet18", "lp-ft", "layer4", "mean", null, null, 500, score, INTERVAL, 0.4, 12, true);
        return new SelectionResult(
                "resnet18",
                "lp-ft",
                500,
                5,
                score,
                INTERVAL,
                List.of(new SourceScore("resnet18", "layer4", score, null, null, null)),
                List.of(candidate),
                List.of(new CurvePoint(100, "auto", score, INTERVAL, 1, List.of(score))),
                null,
                List.of(),
                "It is better.",
                null,
                12);
    }

    static ReportPictures pictures() {
        Random random = new Random(3);
        Map<Integer, Image> tests = new HashMap<>();
        for (int i = 0; i < ERRORS - 1; i++) {
            tests.put(i, Drawings.disc(random));
        }
        return new ReportPictures(List.of(), List.of(new LabeledPicture(Drawings.disc(random), "12.5")), tests);
    }

    static ReportPictures texts(@Nullable String text) {
        Map<Integer, String> tests = new HashMap<>();
        for (int i = 0; text != null && i < ERRORS; i++) {
            tests.put(i, text);
        }
        return ReportPictures.ofTexts(List.of(), tests);
    }
}
