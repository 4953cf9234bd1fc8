package dev.graft.serve;

import dev.graft.backbone.Backbone;
import dev.graft.bundle.AdapterBundle;
import dev.graft.bundle.Bundle;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.model.TransferModel;
import dev.graft.prediction.Classifier;
import dev.graft.source.Adapters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A directory with a bundle, with adapters, or with a source model: its name, what marks its content, and its network. */
final class ModelDirectory {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}._ -]{0,99}");
    private static final Set<String> INSIDE_A_RUN = Set.of("bundle", "backbone", "best", "last");

    private ModelDirectory() {}

    /**
     * What a bundle is called after its directory; one in the directory of a run after the run.
     *
     * @throws SettingsException if that cannot be a model's name
     */
    static String name(Path directory) {
        Path whole = directory.toAbsolutePath().normalize();
        Path last = whole.getFileName();
        Path parent = whole.getParent();
        Path above = parent == null ? null : parent.getFileName();
        String name = last == null
                ? ""
                : INSIDE_A_RUN.contains(last.toString()) && above != null ? above.toString() : last.toString();
        return requireName(name);
    }

    /**
     * Checks a name, which becomes part of a path.
     *
     * @throws SettingsException if it cannot be a model's name
     */
    static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new SettingsException(Problem.of("This cannot be the name of a model.")
                    .expected(
                            "at most 100 letters, digits, dots, dashes, underscores and spaces, the first a letter or a"
                                    + " digit")
                    .found(name.isEmpty() ? "nothing" : name)
                    .fix("give the model a name of its own"));
        }
        return name;
    }

    /** The network that lies there, and what is told of it. */
    static LoadedModel load(Path directory) {
        if (!AdapterBundle.is(directory) && Bundle.kind(directory) == Bundle.Kind.BACKBONE) {
            return of(Bundle.readBackbone(directory));
        }
        TransferModel model = AdapterBundle.is(directory) ? Adapters.load(directory) : Bundle.read(directory);
        return of(model, RunMetrics.of(directory, model.lineage()));
    }

    /** A source model, with its own classes. */
    static LoadedModel of(Backbone source) {
        Classifier classifier = new Classifier(source);
        return new LoadedModel(classifier, ModelPage.of(source, classifier), true);
    }

    /** A network that is in memory. */
    static LoadedModel of(TransferModel model) {
        return of(model, Map.of());
    }

    private static LoadedModel of(TransferModel model, Map<String, Double> metrics) {
        Classifier classifier = new Classifier(model);
        return new LoadedModel(classifier, ModelPage.of(model, classifier, metrics), true);
    }

    /**
     * A mark that changes when the directory is replaced, or a file in it; empty while there is none.
     *
     * @throws IOException if it cannot be looked at, perhaps because it is being replaced
     */
    static String mark(Path directory) throws IOException {
        if (!Files.isRegularFile(directory.resolve(Bundle.CONFIG))) {
            return "";
        }
        try (Stream<Path> files = Files.walk(directory, 2)) {
            return files.sorted().map(ModelDirectory::markOfFile).collect(Collectors.joining("\n"));
        } catch (UncheckedIOException e) {
            throw new IOException(e.getCause());
        }
    }

    private static String markOfFile(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return file.getFileName() + " " + attributes.fileKey() + " " + attributes.lastModifiedTime() + " "
                    + (attributes.isDirectory() ? "" : attributes.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
