package dev.graft.source;

import dev.graft.backbone.Architectures;
import dev.graft.backbone.Backbone;
import dev.graft.backbone.WeightSource;
import dev.graft.bundle.Bundle;
import dev.graft.bundle.NetworkFamily;
import dev.graft.data.Environment;
import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledImages;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.hub.HubId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds source models: those shipped with Graft by their id, others by their directory. */
public final class Backbones {

    private static final String USUAL = "cifar-resnet";

    private Backbones() {}

    /** On demand, because looking for services takes time at the start. */
    private static final class Embedded {
        private static final Map<String, EmbeddedBackbones> BY_ID = find();

        private static Map<String, EmbeddedBackbones> find() {
            Map<String, EmbeddedBackbones> found = new LinkedHashMap<>();
            Stream.concat(
                            Stream.of(new OwnBackbones()),
                            ServiceLoader.load(EmbeddedBackbones.class, EmbeddedBackbones.class.getClassLoader())
                                    .stream()
                                    .map(ServiceLoader.Provider::get))
                    .forEach(module -> module.ids().forEach(id -> found.putIfAbsent(id, module)));
            return found;
        }
    }

    /**
     * The ids of the source models for images that need no file and no network: Graft's own small ones, then those of modules
     * on the class path such as {@code graft-imagenet}.
     */
    public static List<String> embedded() {
        return List.copyOf(Embedded.BY_ID.keySet());
    }

    /** The ids of the source models that other modules bring, such as those for texts. */
    public static List<String> ofFamilies() {
        return NetworkFamily.all().stream()
                .flatMap(family -> family.embedded().stream())
                .toList();
    }

    /** The id of the source model for such examples where none is named: of texts by their script, of images by their size. */
    public static String usual(LabeledExamples data) {
        return data instanceof LabeledImages images
                ? SuitedBackbones.of(images).usual()
                : NetworkFamily.all().stream()
                        .map(family -> family.usual(data))
                        .flatMap(Optional::stream)
                        .findFirst()
                        .orElse(USUAL);
    }

    /** The source model for such examples where none is named, with an input that suits their size. */
    public static Backbone loadUsual(LabeledExamples data) {
        if (data instanceof LabeledImages images) {
            SuitedBackbones suited = SuitedBackbones.of(images);
            return suited.load(suited.usual());
        }
        return load(usual(data));
    }

    /**
     * The embedded source models that are worth a try for some images, those made for images of their size first, each with
     * an input that suits them: images are shrunk to a network's input, not blown up without need. Some of the images are
     * decoded to see their size.
     */
    public static List<Backbone> suited(LabeledImages images) {
        SuitedBackbones suited = SuitedBackbones.of(images);
        return suited.ids().stream().map(suited::load).toList();
    }

    /**
     * The network of that id with the weights of a file: safetensors (or the index of its shards), the initialisers of an
     * ONNX model, or Keras HDF5.
     *
     * @throws SettingsException if there is no network of that id; the message lists them
     * @throws dev.graft.error.WeightsMismatchException if the weights are not this network's; nothing is loaded then
     * @throws dev.graft.error.WeightsFileException if the file is malformed
     */
    public static Backbone load(String id, Path weights) {
        return PublicWeights.read(Architectures.entry(id), weights);
    }

    /**
     * The source model of that id, in that directory, or on the hub ({@code hf:owner/name@revision}).
     *
     * @throws SettingsException if there is neither; the message lists the ids
     * @throws dev.graft.error.WeightsFileException if the directory's files are damaged
     */
    public static Backbone load(String idOrDirectory) {
        if (HubId.isHubId(idOrDirectory)) {
            return PublicWeights.fetch(HubId.parse(idOrDirectory), Environment.system());
        }
        EmbeddedBackbones module = Embedded.BY_ID.get(idOrDirectory);
        if (module != null) {
            return Bundle.readEmbedded(
                    resource(module, idOrDirectory, Bundle.CONFIG),
                    resource(module, idOrDirectory, Bundle.WEIGHTS),
                    idOrDirectory);
        }
        for (NetworkFamily family : NetworkFamily.all()) {
            if (family.embedded().contains(idOrDirectory)) {
                return family.load(idOrDirectory);
            }
        }
        Path directory = path(idOrDirectory);
        if (directory != null) {
            Bundle.recover(directory);
            if (Files.isDirectory(directory)) {
                return read(directory);
            }
        }
        throw Architectures.ids().contains(idOrDirectory) ? needsWeights(idOrDirectory) : unknown(idOrDirectory);
    }

    /** Whether a directory is one as others publish their models, of texts or of images. */
    public static boolean published(Path directory) {
        return NetworkFamily.all().stream().anyMatch(family -> family.opens(directory))
                || PublishedImages.opens(directory);
    }

    /** A directory that Graft wrote, or one as others publish their models. */
    private static Backbone read(Path directory) {
        return NetworkFamily.all().stream()
                .filter(family -> family.opens(directory))
                .findFirst()
                .map(family -> family.open(directory))
                .orElseGet(() -> PublishedImages.opens(directory)
                        ? PublishedImages.open(directory)
                        : Bundle.readBackbone(directory));
    }

    private static SettingsException unknown(String text) {
        return new SettingsException(Problem.of("There is no backbone '" + text + "'.")
                .expected("one of " + String.join(", ", known())
                        + ", a directory that holds one, or a model on the hub, hf:owner/name")
                .found("nothing of that name")
                .fix("choose one of these (Architectures.ids)"));
    }

    private static List<String> known() {
        return Stream.concat(embedded().stream(), ofFamilies().stream()).toList();
    }

    private static SettingsException needsWeights(String id) {
        String repository = Architectures.entry(id).sources().stream()
                .findFirst()
                .map(WeightSource::repository)
                .orElse("owner/name");
        return new SettingsException(Problem.of("The weights of backbone '" + id + "' are not shipped with Graft.")
                .expected("a file of weights, or a model on the hub")
                .found("the network's name alone")
                .fix("load hf:" + repository + ", or give a file of weights (Backbones.load)"));
    }

    private static @Nullable Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static byte[] resource(EmbeddedBackbones module, String id, String name) {
        try (InputStream stream = module.open(id, name)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("missing from its jar: " + name + " of " + id, e);
        }
    }
}
