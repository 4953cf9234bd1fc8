package dev.graft.cli;

import dev.graft.bundle.Classifier;
import dev.graft.bundle.Prediction;
import dev.graft.bundle.Prediction.Candidate;
import dev.graft.data.Image;
import dev.graft.error.DataException;
import dev.graft.image.ImageFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code graft predict}: what a bundle says of image files. */
@Command(
        name = "predict",
        description = "Classify image files with a bundle.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  graft predict graft-demo/bundle photo.png",
            "  graft predict graft-demo/bundle folder/ --json",
            "  graft predict graft-demo/bundle folder/ --threshold 0.8",
            "",
            "With --json the result is one array, an object for each file: file, label, confidence,",
            "noneOfThese, top, error. label is null for none of the classes, and where error says why."
        })
final class PredictCommand extends Subcommand {
    // Decoded images of a batch are in memory together, and photographs are large.
    private static final int LARGEST_BATCH = 32;

    @Parameters(index = "0", paramLabel = "BUNDLE", description = "The bundle's directory, a run's, or a backbone.")
    private Path bundle = Path.of(".");

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Image files, or folders whose files are classified.")
    private List<Path> inputs = List.of();

    @Option(
            names = "--top",
            defaultValue = "5",
            paramLabel = "N",
            converter = Range.PositiveInt.class,
            description = "How many classes to show for each file (${DEFAULT-VALUE}).")
    private int top;

    @ArgGroup
    private @Nullable Limit limit;

    PredictCommand() {}

    /** One of two: picocli refuses both. */
    private static final class Limit {
        @Option(
                names = "--threshold",
                paramLabel = "X",
                converter = Range.Fraction.class,
                description = "Call a file none of the classes under this confidence (the bundle's own threshold).")
        private @Nullable Double threshold;

        @Option(names = "--no-threshold", description = "Give every file a class.")
        private boolean none;
    }

    /** {@code label} is null if the file is none of the classes, or has an error. */
    private record Answer(
            String file,
            @Nullable String label,
            @Nullable Double confidence,
            @Nullable Boolean noneOfThese,
            List<Candidate> top,
            @Nullable String error) {}

    @Override
    int run() {
        FilesToClassify files = FilesToClassify.in(inputs);
        int failed = 0;
        try (Classifier classifier = BundleDirectory.open(bundle);
                ResultList<Answer> results = console().results()) {
            Double threshold = threshold(classifier);
            int batch = Math.min(LARGEST_BATCH, classifier.batchSize());
            for (int from = 0; from < files.size(); from += batch) {
                List<Path> part = files.paths().subList(from, Math.min(files.size(), from + batch));
                for (Answer answer : answers(classifier, part, threshold)) {
                    results.add(answer, text(answer, threshold));
                    if (answer.error() != null) {
                        failed++;
                        console().warn(answer.error());
                    }
                }
            }
        }
        if (files.hidden() > 0) {
            console().note("Passed over hidden files and folders: " + files.hidden() + ".");
        }
        return failed > 0 ? ExitCode.FAILED : ExitCode.DONE;
    }

    private @Nullable Double threshold(Classifier classifier) {
        if (limit == null) {
            return classifier.confidence().threshold();
        }
        return limit.none ? null : limit.threshold;
    }

    /** A file that cannot be decoded is named with its fault, in its place; the others are classified. */
    private List<Answer> answers(Classifier classifier, List<Path> files, @Nullable Double threshold) {
        List<Image> images = new ArrayList<>();
        List<@Nullable String> errors = new ArrayList<>();
        for (Path file : files) {
            try {
                images.add(ImageFiles.read(file));
                errors.add(null);
            } catch (DataException e) {
                errors.add(e.getMessage());
            }
        }
        Iterator<Prediction> predictions =
                classifier.predict(images, top, threshold).iterator();
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            String file = files.get(i).toString();
            String error = errors.get(i);
            answers.add(
                    error == null
                            ? answer(file, predictions.next())
                            : new Answer(file, null, null, null, List.of(), error));
        }
        return answers;
    }

    private static Answer answer(String file, Prediction prediction) {
        return new Answer(
                file,
                prediction.noneOfThese() ? null : prediction.label(),
                prediction.confidence(),
                prediction.noneOfThese(),
                prediction.top(),
                null);
    }

    private static String text(Answer answer, @Nullable Double threshold) {
        if (answer.error() != null) {
            return answer.file() + ": not classified";
        }
        List<Candidate> top = answer.top();
        String best = answer.label() == null
                ? String.format(
                        Locale.ROOT,
                        "none of these (under %.4f), nearest %s",
                        threshold,
                        top.get(0).label())
                : answer.label();
        String rest = top.stream()
                .skip(1)
                .map(one -> String.format(Locale.ROOT, "%s %.4f", one.label(), one.confidence()))
                .collect(Collectors.joining(", "));
        return String.format(Locale.ROOT, "%s: %s, confidence %.4f", answer.file(), best, answer.confidence())
                + (rest.isEmpty() ? "" : "; then " + rest);
    }
}
