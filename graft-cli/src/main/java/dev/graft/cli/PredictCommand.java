package dev.graft.cli;

import dev.graft.data.Image;
import dev.graft.data.Item;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.image.DecodedImage;
import dev.graft.image.ImageFiles;
import dev.graft.image.ImageWarnings;
import dev.graft.prediction.Classifier;
import dev.graft.prediction.Prediction;
import dev.graft.prediction.PredictionSettings;
import dev.graft.reading.UnlabeledItems;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code graft predict}: what a bundle says of image files, or of texts. */
@Command(
        name = "predict",
        description = "Classify image files, texts or items of several parts with a bundle.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  graft predict graft-demo/bundle photo.png",
            "  graft predict graft-demo/bundle folder/ --json",
            "  graft predict graft-demo/bundle folder/ --threshold 0.8",
            "  graft predict graft-demo/bundle folder/ --coverage 0.9    sets that hold the true class that often",
            "  graft predict run/bundle folder/ --heatmap maps      a picture of where it looked for each",
            "  graft predict reviews/bundle --text \"What a film!\" --text \"Never again.\" --json",
            "  graft predict reviews/bundle new.csv --text-column review",
            "  find photos -name '*.jpg' | graft predict run/bundle - --json      paths, or texts, one a line",
            "  graft predict reviews/bundle --text \"What a film!\" --explain      the words that carried the answer",
            "",
            "With --json the result is one array, an object for each file or text: file or text, label,",
            "confidence, noneOfThese, unknownScore (above 1 for none of the classes, or what is unlike all that labels or",
            "numbers were learned from, where the bundle tells that by distances), set (with --coverage), top, error, and heatmap where one was asked for. label is null for none",
            "of the classes, and where error says why."
        })
final class PredictCommand extends Subcommand {
    // Decoded images of a batch are in memory together, and photographs are large.
    private static final int LARGEST_BATCH = 32;
    private static final int TEXTS_AT_ONCE = 1024;

    @Parameters(index = "0", paramLabel = "BUNDLE", description = "The bundle's directory, a run's, or a backbone.")
    private Path bundle = Path.of(".");

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "FILE",
            description =
                    "Image files, or folders whose files are classified; of a bundle for texts CSV, TSV or JSON"
                            + " lines files, of which each row is classified. - reads standard input: a path a line, or a text.")
    private List<Path> inputs = List.of();

    @Option(names = "--text", paramLabel = "TEXT", description = "A text to classify; may be given several times.")
    private List<String> texts = List.of();

    @Option(
            names = "--data",
            paramLabel = "FILE.csv",
            description = "Of a bundle of several branches: items with the columns that it was trained on.")
    private @Nullable Path data;

    @Mixin
    private TextOptions columns = new TextOptions();

    @Option(
            names = "--top",
            defaultValue = "5",
            paramLabel = "N",
            converter = Range.PositiveInt.class,
            description = "How many classes to show for each file or text (${DEFAULT-VALUE}).")
    private int top;

    @ArgGroup
    private @Nullable Limit limit;

    @Option(
            names = "--coverage",
            paramLabel = "X",
            converter = Range.Fraction.class,
            description =
                    "Give a set of classes for each file or text, which holds the true one in that share of cases, such as 0.9:"
                            + " one class where the network is sure, several where it is not, none where nothing fits.")
    private @Nullable Double coverage;

    @Option(
            names = "--explain",
            description =
                    "Of texts: say which words carried the answer, by leaving out each in turn (the network runs once for each"
                            + " word). Of pictures use --heatmap.")
    private boolean explain;

    @Mixin
    private HeatMapOptions heatMaps = new HeatMapOptions();

    private final ImageWarnings oddities = new ImageWarnings();

    PredictCommand() {}

    /** One of two: picocli refuses both. */
    private static final class Limit {
        @Option(
                names = "--threshold",
                paramLabel = "X",
                converter = Range.Fraction.class,
                description = "Call it none of the classes under this confidence (by the bundle's own rule).")
        private @Nullable Double threshold;

        @Option(names = "--no-threshold", description = "Give everything a class.")
        private boolean none;
    }

    @Override
    int run() {
        requireInput();
        heatMaps.requireUse();
        try (Classifier classifier = BundleDirectory.open(bundle)) {
            if (explain && !classifier.takesTexts()) {
                throw new SettingsException(Problem.of("--explain is for texts.")
                        .where(bundle)
                        .expected("a bundle that takes texts alone")
                        .found(classifier.takesItems() ? "one for items of several parts" : "one for pictures")
                        .fix(
                                classifier.takesItems()
                                        ? "leave it out"
                                        : "use --heatmap DIR, which shows where it looked"));
            }
            if (classifier.takesItems()) {
                return classifyItems(classifier);
            }
            requireNoItems();
            return classifier.takesTexts() ? classifyTexts(classifier) : classifyFiles(classifier);
        }
    }

    private int classifyItems(Classifier classifier) {
        heatMaps.refuse(bundle, "items of several parts");
        if (!inputs.isEmpty() || !texts.isEmpty()) {
            throw new SettingsException(Problem.of("Files and --text have nothing to do here.")
                    .where(bundle)
                    .expected("--data FILE.csv alone: this bundle takes items of several parts")
                    .found(inputs.isEmpty() ? "--text" : inputs)
                    .fix("give the items as a table, with --data"));
        }
        int failed = 0;
        try (UnlabeledItems items =
                        ItemData.table(classifier.branches(), data, columns).unlabeled(LARGEST_BATCH);
                ResultList<FileAnswer> results = console().results()) {
            PredictionSettings settings = settings(classifier);
            int row = 0;
            for (List<UnlabeledItems.Row> rows = items.next(); !rows.isEmpty(); rows = items.next()) {
                List<Item> good = rows.stream()
                        .map(UnlabeledItems.Row::item)
                        .filter(Objects::nonNull)
                        .toList();
                Iterator<Prediction> predictions =
                        classifier.predictItems(good, settings).iterator();
                for (UnlabeledItems.Row one : rows) {
                    row++;
                    String name = "item " + row;
                    DataException fault = one.fault();
                    FileAnswer answer = fault == null
                            ? FileAnswer.of(name, predictions.next(), null)
                            : FileAnswer.failed(name, one.where() + ": " + fault.getMessage());
                    results.add(answer, answer.text(words(classifier)));
                    if (answer.error() != null) {
                        failed++;
                        console().say(answer.error());
                    }
                }
            }
        }
        return failed > 0 ? ExitCode.FAILED : ExitCode.DONE;
    }

    private void requireInput() {
        if (inputs.isEmpty() && texts.isEmpty() && data == null) {
            throw new SettingsException(
                    Problem.of("Missing required parameter: a file or --text; there is nothing to classify.")
                            .expected("image files or folders; of a bundle for texts --text, or a file of texts; of a"
                                    + " bundle for items --data with a table of them")
                            .found("the bundle alone")
                            .fix("add a file, or --text \"…\", or --data FILE.csv"));
        }
    }

    private void requireNoItems() {
        if (data != null) {
            throw new SettingsException(Problem.of("--data has nothing to do here.")
                    .where(bundle)
                    .expected("files or --text: this bundle takes pictures or texts alone")
                    .found("--data " + data)
                    .fix("give the files themselves, or a bundle that was trained on items of several parts"));
        }
    }

    private int classifyTexts(Classifier classifier) {
        heatMaps.refuse(bundle, "texts");
        List<String> all = new ArrayList<>(texts);
        for (Path file : inputs) {
            all.addAll(
                    StandardInput.isMeantBy(file)
                            ? StandardInput.texts()
                            : columns.table(file).unlabeledTexts());
        }
        int tooLong = classifier.tooLong(all);
        if (tooLong > 0) {
            console()
                    .warn(tooLong + " of " + all.size()
                            + " texts are longer than what the network reads: only their beginning counts");
        }
        PredictionSettings settings = settings(classifier);
        try (ResultList<TextAnswer> results = console().results()) {
            for (int from = 0; from < all.size(); from += TEXTS_AT_ONCE) {
                List<String> part = all.subList(from, Math.min(all.size(), from + TEXTS_AT_ONCE));
                List<Prediction> predictions = classifier.predictTexts(part, settings);
                for (int i = 0; i < part.size(); i++) {
                    Prediction one = predictions.get(i);
                    TextAnswer answer = TextAnswer.of(
                            part.get(i), one, explain ? classifier.explain(part.get(i), one.leading()) : null);
                    results.add(answer, answer.text(words(classifier)));
                }
            }
        }
        return ExitCode.DONE;
    }

    private int classifyFiles(Classifier classifier) {
        if (!texts.isEmpty()) {
            throw new SettingsException(Problem.of("--text has nothing to do here.")
                    .where(bundle)
                    .expected("image files or folders: this bundle takes images")
                    .found("--text")
                    .fix("give image files, or a bundle that was trained on texts"));
        }
        List<Path> given = StandardInput.inPlaceOfMark(inputs);
        FilesToClassify files = FilesToClassify.in(given);
        int failed =
                heatMaps.write(bundle, given, classifier, console(), drawing -> classify(classifier, files, drawing));
        oddities.lines().forEach(console()::warn);
        if (files.hidden() > 0) {
            console().note("Passed over hidden files and folders: " + files.hidden() + ".");
        }
        return failed > 0 ? ExitCode.FAILED : ExitCode.DONE;
    }

    /** Gives how many files could not be classified. */
    private int classify(Classifier classifier, FilesToClassify files, HeatMapOptions.Drawing drawing)
            throws IOException {
        int failed = 0;
        try (ResultList<FileAnswer> results = console().results()) {
            PredictionSettings settings = settings(classifier);
            int batch = Math.min(LARGEST_BATCH, classifier.batchSize());
            for (int from = 0; from < files.size(); from += batch) {
                List<Path> part = files.paths().subList(from, Math.min(files.size(), from + batch));
                for (FileAnswer answer : answers(classifier, part, settings, drawing)) {
                    results.add(answer, answer.text(words(classifier)));
                    if (answer.error() != null) {
                        failed++;
                        console().say(answer.error());
                    }
                }
            }
        }
        return failed;
    }

    /** What was asked for; the bundle's own rule tells unknown examples, unless something else was asked for. */
    private PredictionSettings settings(Classifier classifier) {
        PredictionSettings settings = PredictionSettings.top(top);
        if (limit != null) {
            settings = settings.withThreshold(limit.none ? null : limit.threshold);
        }
        if (coverage == null) {
            return settings;
        }
        if (classifier.kind().isOneOfNames()) {
            // Refused before anything is classified.
            classifier.sets(coverage);
        }
        return settings.withCoverage(coverage);
    }

    /** A file that cannot be decoded is named with its fault, in its place; the others are classified. */
    private List<FileAnswer> answers(
            Classifier classifier, List<Path> files, PredictionSettings settings, HeatMapOptions.Drawing drawing)
            throws IOException {
        List<Image> images = new ArrayList<>();
        List<@Nullable String> errors = new ArrayList<>();
        for (Path file : files) {
            try {
                DecodedImage decoded = ImageFiles.decode(file);
                oddities.add(file, decoded.warnings(file));
                images.add(decoded.image());
                errors.add(null);
            } catch (DataException e) {
                errors.add(e.getMessage());
            }
        }
        Iterator<Prediction> predictions = classifier.predict(images, settings).iterator();
        Iterator<Image> decoded = images.iterator();
        List<FileAnswer> answers = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            String file = files.get(i).toString();
            String error = errors.get(i);
            if (error == null) {
                Prediction one = predictions.next();
                answers.add(FileAnswer.of(file, one, drawing.of(files.get(i), decoded.next(), one)));
            } else {
                answers.add(FileAnswer.failed(file, error));
            }
        }
        return answers;
    }

    private PredictionText words(Classifier classifier) {
        return new PredictionText(
                classifier.kind(), limit == null ? classifier.confidence().threshold() : limit.threshold, coverage);
    }
}
