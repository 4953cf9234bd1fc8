package dev.graft.source;

import dev.graft.backbone.Backbone;
import dev.graft.bundle.Bundle;
import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import dev.graft.error.StorageException;
import dev.graft.error.WeightsFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Models for images in the form of timm's directories: {@code config.json} with the network's name and how it wants its images,
 * and {@code model.safetensors} beside it.
 */
final class PublishedImages {
    private static final Logger LOG = LoggerFactory.getLogger(PublishedImages.class);
    private static final List<String> WEIGHTS = List.of("model.safetensors", "model.safetensors.index.json");

    private PublishedImages() {}

    /** Whether a directory seems to hold one. */
    static boolean opens(Path directory) {
        return config(directory).isPresent();
    }

    /**
     * Opens such a directory.
     *
     * @throws WeightsFileException if it has no weights that are read, or its settings make no sense
     * @throws dev.graft.error.WeightsMismatchException if no network of the catalogue has its tensors
     */
    static Backbone open(Path directory) {
        HubConfig config = config(directory)
                .orElseThrow(() -> new IllegalStateException("asked for before: " + directory.resolve(Bundle.CONFIG)));
        return PublicWeights.open(directory, weights(directory, config), config);
    }

    private static Optional<HubConfig> config(Path directory) {
        Path file = directory.resolve(Bundle.CONFIG);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            HubConfig config = HubConfig.read(file);
            return config.network().isPresent() && !config.isOwn() ? Optional.of(config) : Optional.empty();
        } catch (WeightsFileException e) {
            // Whoever opens it as a bundle says what is wrong.
            return Optional.empty();
        }
    }

    private static Path weights(Path directory, HubConfig config) {
        List<String> names = names(directory);
        Optional<String> usual = WEIGHTS.stream().filter(names::contains).findFirst();
        List<String> others =
                names.stream().filter(name -> name.endsWith(".safetensors")).toList();
        if (usual.isEmpty() && others.size() == 1) {
            LOG.warn("{}: no {}; the weights are taken of {}", directory, WEIGHTS.get(0), others.get(0));
            return directory.resolve(others.get(0));
        }
        return directory.resolve(usual.orElseThrow(() -> none(directory, names, config)));
    }

    private static WeightsFileException none(Path directory, List<String> names, HubConfig config) {
        Optional<String> pickle = names.stream()
                .filter(name -> name.matches(".*\\.(bin|pt|pth|ckpt|pkl)"))
                .findFirst();
        Problem problem = Problem.of("A model's directory holds no weights that can be read.")
                .where(directory)
                .expected(WEIGHTS.get(0));
        return new WeightsFileException(
                pickle.isPresent()
                        ? problem.found(pickle.get()
                                        + ", a pickle: a program in Python's own form, which is never read")
                                .fix(conversion(directory, pickle.get(), config))
                        : problem.found(Excerpt.list(names)).fix("add the file to the directory"));
    }

    private static String conversion(Path directory, String pickle, HubConfig config) {
        return """
                convert it where it comes from, in Python:
                import timm, safetensors.torch
                model = timm.create_model('%s', checkpoint_path='%s')
                safetensors.torch.save_model(model, '%s')""".formatted(
                config.network().orElse("its name"), directory.resolve(pickle), directory.resolve(WEIGHTS.get(0)));
    }

    private static List<String> names(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new StorageException(
                    Problem.of("A model's directory cannot be read.")
                            .where(directory)
                            .found(e),
                    e);
        }
    }
}
