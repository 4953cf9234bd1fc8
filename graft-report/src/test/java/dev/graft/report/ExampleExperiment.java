package dev.graft.report;

import static java.util.Objects.requireNonNull;

import dev.graft.data.Image;
import dev.graft.evaluation.DataSizeTrends;
import dev.graft.report.ExampleRows.Row;
import dev.graft.result.CurvePoint;
import dev.graft.result.ExperimentResult;
import dev.graft.result.Hardware;
import dev.graft.result.Interval;
import dev.graft.result.ProbeResult;
import dev.graft.result.ReportPictures;
import dev.graft.result.ReportPictures.LabeledPicture;
import dev.graft.result.SourceModel;
import dev.graft.result.StrategyResult;
import dev.graft.result.TargetTask;
import dev.graft.result.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** An experiment with numbers in the spirit of the worked example, digits to shapes. None of them was measured. */
final class ExampleExperiment {
    static final String DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private static final int[] SIZES = {10, 20, 50, 100, 200, 500};

    private ExampleExperiment() {}

    static ExperimentResult shapes() {
        return shapes(List.of("square", "circle"));
    }

    static ExperimentResult shapes(List<String> classes) {
        return new ExperimentResult(
                "demo",
                42,
                3,
                "0.1.0",
                new Hardware("AMD EPYC 9R14", 2, "Linux amd64", "17.0.15", "PyTorch 2.7.1 (DJL 0.36.0)"),
                new SourceModel("digits-cnn", "embedded", "mnist", 0.9891, 3, 41.27, DIGEST),
                new TargetTask("shapes", classes, 500, 100, 200, 1000, DIGEST.replace('9', 'a')),
                rows(classes),
                curve(),
                DataSizeTrends.of(curve()),
                new Verdict(
                        "feature-extraction",
                        List.of("feature-extraction@dense"),
                        "The source features tell the classes apart best at conv1 + conv2. By dense the digit network"
                                + " has thrown away most of what tells a circle from a square, so freezing it there"
                                + " does worse than training from scratch.",
                        probes()),
                24.61);
    }

    static ReportPictures pictures() {
        return pictures(List.of("square", "circle"));
    }

    static ReportPictures pictures(List<String> classes) {
        Random random = new Random(7);
        List<LabeledPicture> source = new ArrayList<>();
        List<LabeledPicture> target = new ArrayList<>();
        Map<Integer, Image> tests = new HashMap<>();
        for (int i = 0; i < 10; i++) {
            source.add(new LabeledPicture(Drawings.digit(i), Integer.toString(i)));
            target.add(new LabeledPicture(
                    i % 2 == 0 ? Drawings.square(random) : Drawings.disc(random), classes.get(i % 2)));
        }
        for (int i = 0; i < 16; i++) {
            tests.put(i, ExampleRows.truth(i) == 0 ? Drawings.square(random) : Drawings.disc(random));
        }
        return new ReportPictures(source, target, tests);
    }

    private static List<StrategyResult> rows(List<String> classes) {
        return List.of(
                new Row("feature-extraction", "conv1+conv2", "mean+max+std", "logistic-regression", 1.0, 0.0041)
                        .result(classes),
                new Row("feature-extraction@dense", "dense", "none", "mlp", 0.63, 0.6512).result(classes),
                new Row("fine-tuning", "none", "none", "mlp", 0.996, 0.0183).result(classes),
                new Row("from-scratch", "none", "none", "mlp", 1.0, 0.0027).result(classes));
    }

    private static List<ProbeResult> probes() {
        return List.of(
                new ProbeResult("conv1", "mean+max+std", 96, 0.984, new Interval(0.969, 0.992)),
                new ProbeResult("conv2", "mean+max+std", 192, 0.99, new Interval(0.977, 0.996)),
                new ProbeResult("conv1+conv2", "mean+max+std", 288, 0.998, new Interval(0.989, 1.0)),
                new ProbeResult("flatten", "none", 1600, 0.742, new Interval(0.702, 0.778)),
                new ProbeResult("dense", "none", 64, 0.618, new Interval(0.575, 0.66)));
    }

    private static List<CurvePoint> curve() {
        Map<String, double[]> means = Map.of(
                "feature-extraction", new double[] {0.925, 0.964, 0.996, 0.998, 1.0, 1.0},
                "feature-extraction@dense", new double[] {0.502, 0.51, 0.55, 0.571, 0.598, 0.63},
                "fine-tuning", new double[] {0.508, 0.53, 0.6, 0.742, 0.931, 0.996},
                "from-scratch", new double[] {0.512, 0.53, 0.71, 0.884, 0.986, 1.0});
        List<CurvePoint> points = new ArrayList<>();
        for (int i = 0; i < SIZES.length; i++) {
            for (String strategy :
                    List.of("feature-extraction", "feature-extraction@dense", "fine-tuning", "from-scratch")) {
                double mean = requireNonNull(means.get(strategy))[i];
                double half = Math.min(0.06, 0.4 * (1 - mean) + 0.001);
                Interval interval = new Interval(mean - half, Math.min(1, mean + half));
                points.add(new CurvePoint(
                        SIZES[i], strategy, mean, interval, 3, List.of(mean, interval.lower(), interval.upper())));
            }
        }
        return points;
    }
}
