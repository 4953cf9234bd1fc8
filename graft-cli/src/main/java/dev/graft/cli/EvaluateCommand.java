package dev.graft.cli;

import dev.graft.data.Environment;
import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.evaluation.Evaluation;
import dev.graft.evaluation.Intervals;
import dev.graft.evaluation.Reliability;
import dev.graft.evaluation.UnknownInputs;
import dev.graft.mnist.Mnist;
import dev.graft.model.Confidence;
import dev.graft.prediction.Classifier;
import dev.graft.reading.FolderRules;
import dev.graft.reading.ImageDataset;
import dev.graft.result.Classification;
import dev.graft.result.Interval;
import dev.graft.result.UnknownThreshold;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code graft evaluate}: measures a bundle on labelled data. */
@Command(
        name = "evaluate",
        description = "Measure a bundle on labelled images, texts or items of several parts.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  graft evaluate graft-demo/bundle --data shapes --count 2000 --seed 7",
            "  graft evaluate graft-demo/bundle --data photos/      one folder a class",
            "  graft evaluate digits-cnn --data mnist",
            "  graft evaluate reviews/bundle --data more.csv --text-column review --label-column stars"
        })
final class EvaluateCommand extends Subcommand {
    private static final String SHAPES = "shapes";
    private static final String MNIST = "mnist";

    @Parameters(paramLabel = "BUNDLE", description = "The bundle's directory, a run's, or a backbone.")
    private Path bundle = Path.of(".");

    @Option(
            names = "--data",
            required = true,
            paramLabel = "shapes|mnist|DIR|FILE",
            description = "shapes, drawn afresh; the test data of mnist; a directory with one folder a class; a CSV"
                    + " file with the columns path and label; or a CSV, TSV or JSON lines file of texts.")
    private String data = SHAPES;

    @Mixin
    private TextOptions text = new TextOptions();

    @Option(
            names = "--count",
            defaultValue = "1000",
            paramLabel = "N",
            converter = Range.PositiveInt.class,
            description = "How many shapes to draw (${DEFAULT-VALUE}).")
    private int count;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            converter = Range.Seed.class,
            description = "The seed of the drawing (${DEFAULT-VALUE}).")
    private long seed;

    EvaluateCommand() {}

    private record Measured(
            String data,
            int examples,
            double accuracy,
            Interval interval,
            double loss,
            Classification classification,
            double temperature,
            double calibrationError,
            @Nullable Double threshold,
            @Nullable Integer refused,
            @Nullable Double refusedShare,
            @Nullable Double acceptedAccuracy) {}

    @Override
    int run() {
        Measured measured;
        try (Classifier classifier = BundleDirectory.open(bundle)) {
            LabeledExamples examples = classifier.takesItems() ? items(classifier) : examples(classifier);
            measured = measured(examples, classifier.evaluate(examples), classifier.confidence());
        }
        console().result(measured, text(measured));
        return ExitCode.DONE;
    }

    private LabeledExamples items(Classifier classifier) {
        return ItemData.table(classifier.branches(), Path.of(data), text)
                .items(classifier.classNames())
                .examples();
    }

    private LabeledExamples examples(Classifier classifier) {
        Path file = Path.of(data);
        boolean table = Files.exists(file) && !Files.isDirectory(file);
        if (text.meant(file) || (table && classifier.takesTexts())) {
            return text.table(file).texts(classifier.classNames()).examples();
        }
        return images(classifier.classNames());
    }

    private LabeledImages images(List<String> known) {
        return switch (data) {
            case SHAPES -> Shapes.draw(count, seed);
            case MNIST -> Mnist.load(Environment.system(), null).test();
            default -> folder(known);
        };
    }

    private LabeledImages folder(List<String> known) {
        Path folder = Path.of(data);
        List<String> nearest = Nearest.to(data, List.of(SHAPES, MNIST));
        if (!Files.exists(folder) && !nearest.isEmpty()) {
            throw new SettingsException(Problem.of("There is no data '" + data + "'.")
                    .where("--data")
                    .expected("shapes, mnist, or a folder with one folder a class")
                    .found("nothing of that name")
                    .with("meant", String.join(" or ", nearest) + "?"));
        }
        return Files.isRegularFile(folder)
                ? text.table(folder).images(known).examples()
                : ImageDataset.judging(folder, known, FolderRules.defaults(), text.charset());
    }

    private static Measured measured(LabeledExamples images, Evaluation evaluation, Confidence confidence) {
        long correct = 0;
        for (boolean hit : evaluation.correct()) {
            correct += hit ? 1 : 0;
        }
        Double threshold = confidence.threshold();
        UnknownThreshold.Cost cost = threshold == null ? null : UnknownInputs.cost(evaluation, threshold);
        return new Measured(
                images.name(),
                images.size(),
                evaluation.accuracy(),
                Intervals.wilson(correct, images.size()),
                evaluation.loss(),
                evaluation.classification(),
                confidence.temperature(),
                Reliability.expectedCalibrationError(Reliability.bins(evaluation)),
                threshold,
                cost == null ? null : cost.refused(),
                cost == null ? null : cost.refusedShare(),
                cost == null || Double.isNaN(cost.acceptedAccuracy()) ? null : cost.acceptedAccuracy());
    }

    private static String text(Measured measured) {
        StringBuilder text = new StringBuilder(ResultText.format(
                "%s, %d examples: accuracy %.4f (95%% interval %.4f to %.4f), loss %.4f%n%n  %-16s %-10s %-10s %-10s"
                        + " %s%n",
                measured.data(),
                measured.examples(),
                measured.accuracy(),
                measured.interval().lower(),
                measured.interval().upper(),
                measured.loss(),
                "class",
                "precision",
                "recall",
                "F1",
                "examples"));
        for (Classification.ClassResult one : measured.classification().classes()) {
            text.append(ResultText.format(
                    "  %-16s %-10s %-10s %-10s %d%n",
                    one.name(),
                    Untested.figure(one.precision()),
                    Untested.figure(one.recall()),
                    Untested.figure(one.f1()),
                    one.support()));
        }
        Untested.line(measured.classification()).ifPresent(line -> text.append(ResultText.format("  %s%n", line)));
        text.append(ResultText.format(
                "%n  calibration error %.4f (temperature %.4f)%n",
                measured.calibrationError(), measured.temperature()));
        if (measured.threshold() != null) {
            text.append(ResultText.format(
                    "  none of these under confidence %.4f: %d refused (share %.4f), accuracy on the others %s%n",
                    measured.threshold(),
                    measured.refused(),
                    measured.refusedShare(),
                    measured.acceptedAccuracy() == null
                            ? "unknown, there are none"
                            : ResultText.format("%.4f", measured.acceptedAccuracy())));
        }
        return text.toString().stripTrailing();
    }
}
