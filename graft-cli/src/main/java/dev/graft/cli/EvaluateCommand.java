package dev.graft.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.graft.data.Environment;
import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.evaluation.DriftTest;
import dev.graft.evaluation.Evaluation;
import dev.graft.evaluation.Intervals;
import dev.graft.evaluation.Reliability;
import dev.graft.evaluation.Separation;
import dev.graft.evaluation.UnknownInputs;
import dev.graft.mnist.Mnist;
import dev.graft.model.ClassRecord;
import dev.graft.model.Confidence;
import dev.graft.model.HeldOut;
import dev.graft.prediction.Classifier;
import dev.graft.prediction.Observation;
import dev.graft.reading.FolderRules;
import dev.graft.reading.ImageDataset;
import dev.graft.reading.TargetReading;
import dev.graft.result.Classification;
import dev.graft.result.DriftResult;
import dev.graft.result.Interval;
import dev.graft.result.UnknownThreshold;
import dev.graft.statistics.UnknownRule;
import dev.graft.targets.OneClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
            "  graft evaluate reviews/bundle --data more.csv --text-column review --label-column stars",
            "  graft evaluate run/bundle --data photos/ --unknown walls/     how well it tells what is none of the classes",
            "  graft evaluate run/bundle --data this-month/ --drift         whether new inputs, labelled or not, are like the old"
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

    @Option(
            names = "--unknown",
            paramLabel = "DIR|FILE",
            description =
                    "Examples that are none of the classes: pictures in a folder, or a table of texts or items. Says how many of"
                            + " them the bundle refuses, and how well it tells them from those of --data.")
    private @Nullable Path unknown;

    @Option(
            names = "--drift",
            description =
                    "Compare --data, whose labels are not looked at, with the examples that the bundle was measured on,"
                            + " and say whether the inputs moved.")
    private boolean drift;

    @Mixin
    private TextOptions text = new TextOptions();

    @Option(
            names = "--label-separator",
            paramLabel = "TEXT",
            description = "Of a bundle for several labels: what stands between them in a cell.")
    private @Nullable String separator;

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
            @Nullable Double acceptedAccuracy,
            @Nullable String unknownBy,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            UnlikeExamples unknown) {}

    @Override
    int run() throws IOException {
        if (drift && unknown != null) {
            throw new SettingsException(Problem.of("--drift and --unknown ask different questions.")
                    .expected("one of them")
                    .found("both")
                    .fix("run the command twice"));
        }
        try (Classifier classifier = BundleDirectory.open(bundle)) {
            if (drift) {
                return compare(classifier);
            }
            ClassRecord record = classifier.record();
            UnknownRule rule = record == null ? null : record.unknown();
            if (unknown != null && rule == null) {
                throw noRule(record);
            }
            LabeledExamples examples = classifier.takesItems() ? items(classifier) : examples(classifier);
            if (!(classifier.kind() instanceof OneClass)) {
                AnsweredExamples answered = rule == null
                        ? AnsweredExamples.of(examples, classifier.evaluate(examples))
                        : answered(classifier, examples, rule);
                console().result(answered, answered.text());
                return ExitCode.DONE;
            }
            Measured measured = rule == null
                    ? measured(examples, classifier.evaluate(examples), classifier.confidence())
                    : measured(classifier, examples, rule);
            console().result(measured, text(measured));
        }
        return ExitCode.DONE;
    }

    private static SettingsException noRule(@Nullable ClassRecord record) {
        return new SettingsException(Problem.of(
                        "This bundle has no rule that tells unknown examples by their features.")
                .expected("a bundle of graft fit with at least " + UnknownRule.FEWEST_EXAMPLES + " validation examples")
                .found(record == null ? "one without a record of its classes" : "one with fewer")
                .fix("fit it again, with more data or a larger part for validation"));
    }

    /** Measures a bundle that tells unknown examples by its own rule, and how well it tells those that were given. */
    private Measured measured(Classifier classifier, LabeledExamples examples, UnknownRule rule) throws IOException {
        Observation known = classifier.observe(examples);
        double[] scores = known.unknownScores(rule);
        Evaluation evaluation =
                known.evaluation(examples, classifier.confidence().decision());
        return measured(
                examples,
                evaluation,
                classifier.confidence(),
                UnknownInputs.cost(evaluation, (i, confidence) -> scores[i] > 1),
                true,
                unknown == null ? null : told(classifier, rule, known, unknown));
    }

    /** Measures labels, numbers or grades, and how well examples that are unlike the known ones are told. */
    private AnsweredExamples answered(Classifier classifier, LabeledExamples examples, UnknownRule rule)
            throws IOException {
        Observation known = classifier.observe(examples);
        Evaluation evaluation =
                known.evaluation(examples, classifier.confidence().decision());
        return AnsweredExamples.of(examples, evaluation)
                .withUnknown(
                        known.unknownScores(rule), unknown == null ? null : told(classifier, rule, known, unknown));
    }

    private UnlikeExamples told(Classifier classifier, UnknownRule rule, Observation known, Path others)
            throws IOException {
        Observation found = new UnlabeledData(classifier, text, console()).observe(others);
        double[] scores = found.unknownScores(rule);
        int refused = (int) Arrays.stream(scores).filter(score -> score > 1).count();
        return new UnlikeExamples(
                others.toString(),
                scores.length,
                refused,
                refused / (double) scores.length,
                Separation.areaUnderCurve(known.unknownScores(rule), scores),
                classifier.kind().isOneOfNames()
                        ? (Double)
                                Separation.areaUnderCurve(negative(known.confidences()), negative(found.confidences()))
                        : null);
    }

    private static double[] negative(double[] values) {
        return Arrays.stream(values).map(value -> -value).toArray();
    }

    private int compare(Classifier classifier) throws IOException {
        ClassRecord record = classifier.record();
        HeldOut heldOut = record == null ? null : record.heldOut();
        if (heldOut == null) {
            throw new SettingsException(Problem.of("This bundle keeps nothing to compare new data with.")
                    .where(bundle)
                    .expected("a bundle of graft fit with validation data")
                    .found(record == null ? "one without a record of its classes" : "one that was fitted without")
                    .fix("fit it again, with a part for validation"));
        }
        Observation observation = data.equals(MNIST) || data.equals(SHAPES)
                ? classifier.observe(examples(classifier))
                : new UnlabeledData(classifier, text, console()).observe(Path.of(data));
        DriftResult result = observation.drift(heldOut);
        console()
                .result(
                        result,
                        ResultText.format(
                                "%s, %d examples, compared with %d held-out ones of the bundle%n%n  %s",
                                data, result.examples(), result.reference(), DriftTest.words(result)));
        return ExitCode.DONE;
    }

    private LabeledExamples items(Classifier classifier) {
        return ItemData.table(classifier.branches(), Path.of(data), text)
                .withTargets(reading(classifier))
                .items(classifier.kind())
                .examples();
    }

    private LabeledExamples examples(Classifier classifier) {
        Path file = Path.of(data);
        boolean table = Files.exists(file) && !Files.isDirectory(file);
        if (text.meant(file) || (table && classifier.takesTexts())) {
            return text.table(file)
                    .withTargets(reading(classifier))
                    .texts(classifier.kind())
                    .examples();
        }
        return images(classifier);
    }

    /** Labels are what the bundle tells. */
    private TargetReading reading(Classifier classifier) {
        return TargetReading.of(classifier.kind().task()).withSeparator(separator);
    }

    private LabeledImages images(Classifier classifier) {
        return switch (data) {
            case SHAPES -> Shapes.draw(count, seed);
            case MNIST -> Mnist.load(Environment.system(), null).test();
            default -> folder(classifier);
        };
    }

    private LabeledImages folder(Classifier classifier) {
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
                ? text.table(folder)
                        .withTargets(reading(classifier))
                        .images(classifier.kind())
                        .examples()
                : ImageDataset.judging(folder, classifier.classNames(), FolderRules.defaults(), text.charset());
    }

    private static Measured measured(LabeledExamples images, Evaluation evaluation, Confidence confidence) {
        Double threshold = confidence.threshold();
        return measured(
                images,
                evaluation,
                confidence,
                threshold == null ? null : UnknownInputs.cost(evaluation, threshold),
                false,
                null);
    }

    private static Measured measured(
            LabeledExamples images,
            Evaluation evaluation,
            Confidence confidence,
            UnknownThreshold.@Nullable Cost cost,
            boolean byDistance,
            @Nullable UnlikeExamples unknown) {
        long correct = 0;
        for (boolean hit : evaluation.correct()) {
            correct += hit ? 1 : 0;
        }
        return new Measured(
                images.name(),
                images.size(),
                evaluation.accuracy(),
                Intervals.wilson(correct, images.size()),
                evaluation.loss(),
                evaluation.classification(),
                confidence.temperature(),
                Reliability.expectedCalibrationError(Reliability.bins(evaluation)),
                confidence.threshold(),
                cost == null ? null : cost.refused(),
                cost == null ? null : cost.refusedShare(),
                cost == null || Double.isNaN(cost.acceptedAccuracy()) ? null : cost.acceptedAccuracy(),
                cost == null ? null : byDistance ? UnknownThreshold.DISTANCE : UnknownThreshold.CONFIDENCE,
                unknown);
    }

    private static String text(Measured measured) {
        StringBuilder text = new StringBuilder(ResultText.format(
                "%s, %d examples: accuracy %.4f (95%% interval %.4f to %.4f), loss %.4f%n%n",
                measured.data(),
                measured.examples(),
                measured.accuracy(),
                measured.interval().lower(),
                measured.interval().upper(),
                measured.loss()));
        text.append(AnsweredExamples.table("class", measured.classification().classes()));
        Untested.line(measured.classification()).ifPresent(line -> text.append(ResultText.format("  %s%n", line)));
        text.append(ResultText.format(
                "%n  calibration error %.4f (temperature %.4f)%n",
                measured.calibrationError(), measured.temperature()));
        if (measured.refused() != null) {
            text.append(ResultText.format(
                    "  none of these %s: %d refused (share %.4f), accuracy on the others %s%n",
                    UnknownThreshold.DISTANCE.equals(measured.unknownBy())
                            ? "by distance and confidence"
                            : ResultText.format("under confidence %.4f", measured.threshold()),
                    measured.refused(),
                    measured.refusedShare(),
                    measured.acceptedAccuracy() == null
                            ? "unknown, there are none"
                            : ResultText.format("%.4f", measured.acceptedAccuracy())));
        }
        if (measured.unknown() != null) {
            text.append(measured.unknown().text());
        }
        return text.toString().stripTrailing();
    }
}
