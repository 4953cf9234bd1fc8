package dev.graft.cli;

import dev.graft.bundle.Classifier;
import dev.graft.data.Image;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.image.ImageFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code graft predict}: what a bundle says of image files. */
@Command(
        name = "predict",
        description = "Classify image files with a bundle.",
        footerHeading = "%nExamples:%n",
        footer = {"  graft predict graft-demo/bundle photo.png", "  graft predict graft-demo/bundle folder/ --json"})
final class PredictCommand extends Subcommand {
    private static final int BATCH = 256;

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

    PredictCommand() {}

    private record Candidate(String label, float confidence) {}

    private record Prediction(
            String file,
            @Nullable String label,
            @Nullable Float confidence,
            List<Candidate> top,
            @Nullable String error) {}

    @Override
    int run() {
        List<Path> files = new ArrayList<>();
        for (Path input : inputs) {
            files.addAll(expand(input));
        }
        List<Prediction> all = new ArrayList<>();
        try (Classifier classifier = BundleDirectory.open(bundle)) {
            for (int from = 0; from < files.size(); from += BATCH) {
                all.addAll(predict(classifier, files.subList(from, Math.min(files.size(), from + BATCH))));
            }
        }
        console().result(all, text(all));
        all.stream().filter(prediction -> prediction.error() != null).forEach(prediction -> console()
                .warn(String.valueOf(prediction.error())));
        return all.stream().anyMatch(prediction -> prediction.error() != null) ? ExitCode.FAILED : ExitCode.DONE;
    }

    private static List<Path> expand(Path input) {
        if (!Files.isDirectory(input)) {
            return List.of(input);
        }
        List<Path> files;
        try (Stream<Path> entries = Files.walk(input)) {
            files = entries.filter(Files::isRegularFile)
                    .filter(path -> !hidden(input.relativize(path)))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new DataException(
                    Problem.of("A folder cannot be read.")
                            .where(input.toAbsolutePath())
                            .found(reason)
                            .fix("change its permissions; nothing is passed over in silence"),
                    e);
        }
        if (files.isEmpty()) {
            throw new DataException(Problem.of("A folder holds no files to classify.")
                    .where(input.toAbsolutePath())
                    .expected("image files, in it or in folders inside")
                    .fix("check the path"));
        }
        return files;
    }

    private static boolean hidden(Path inside) {
        return StreamSupport.stream(inside.spliterator(), false)
                .anyMatch(name -> name.toString().startsWith("."));
    }

    /** A file that cannot be decoded is named with its fault, in its place; the others are classified. */
    private List<Prediction> predict(Classifier classifier, List<Path> files) {
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
        float[][] probabilities = classifier.probabilities(images);
        List<Prediction> predictions = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < files.size(); i++) {
            String file = files.get(i).toString();
            if (errors.get(i) != null) {
                predictions.add(new Prediction(file, null, null, List.of(), errors.get(i)));
                continue;
            }
            List<Candidate> candidates = candidates(classifier.classNames(), probabilities[next++]);
            Candidate best = candidates.get(0);
            predictions.add(new Prediction(file, best.label(), best.confidence(), candidates, null));
        }
        return predictions;
    }

    private List<Candidate> candidates(List<String> classNames, float[] probabilities) {
        return IntStream.range(0, probabilities.length)
                .mapToObj(label -> new Candidate(classNames.get(label), probabilities[label]))
                .sorted(Comparator.comparingDouble(Candidate::confidence).reversed())
                .limit(top)
                .toList();
    }

    private static String text(List<Prediction> predictions) {
        StringBuilder text = new StringBuilder();
        for (Prediction prediction : predictions) {
            text.append(
                    prediction.error() != null
                            ? String.format(Locale.ROOT, "%s: not classified%n", prediction.file())
                            : String.format(
                                    Locale.ROOT,
                                    "%s: %s, confidence %.4f%n",
                                    prediction.file(),
                                    prediction.label(),
                                    prediction.confidence()));
        }
        return text.toString().stripTrailing();
    }
}
