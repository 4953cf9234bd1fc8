package dev.graft.bundle;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Architectures;
import dev.graft.backbone.CatalogueEntry;
import dev.graft.bundle.BundleConfig.NetworkConfig;
import dev.graft.bundle.BundleConfig.PreprocessingConfig;
import dev.graft.bundle.NetworkFamily.Description;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.error.WeightsFileException;
import dev.graft.storage.FileRecord;
import dev.graft.weights.InputFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which network a bundle holds: one of the catalogue with its preprocessing, or one that its family builds of settings and
 * files in the bundle.
 *
 * @param preprocessing of images; null for a network of a family
 * @param network the family and its settings; null for one of the catalogue
 * @param files what is written beside the weights, by name
 */
record BundleNetwork(
        @Nullable PreprocessingConfig preprocessing,
        @Nullable NetworkConfig network,
        Map<String, byte[]> files) {
    /** Above the largest tokenizer.json in use. */
    private static final long FILE_BYTES = 128L << 20;

    /** Names that lead nowhere else. */
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}");

    static BundleNetwork of(Architecture architecture) {
        return NetworkFamilies.describe(architecture)
                .map(described -> {
                    Map<String, byte[]> files = described.description().files();
                    Map<String, String> digests = new TreeMap<>();
                    files.forEach((name, content) ->
                            digests.put(name, FileRecord.of(content).sha256()));
                    Map<String, Object> settings =
                            new TreeMap<>(described.description().settings());
                    return new BundleNetwork(null, new NetworkConfig(described.family(), settings, digests), files);
                })
                .orElseGet(
                        () -> new BundleNetwork(PreprocessingConfig.of(architecture.preprocessing()), null, Map.of()));
    }

    /** The network that a bundle's config describes. */
    static Architecture read(BundleConfig config, Path directory) {
        return read(config.architecture(), config.preprocessing(), config.network(), directory);
    }

    /** The network of that id, with its preprocessing or its family's settings, and files in the directory. */
    static Architecture read(
            String id, @Nullable PreprocessingConfig preprocessing, @Nullable NetworkConfig network, Path directory) {
        return network == null
                ? ofCatalogue(id, Objects.requireNonNull(preprocessing), directory)
                : ofFamily(id, network, directory);
    }

    private static Architecture ofFamily(String id, NetworkConfig network, Path directory) {
        NetworkFamily family = NetworkFamilies.all().stream()
                .filter(one -> one.name().equals(network.family()))
                .findFirst()
                .orElseThrow(
                        () -> new WeightsFileException(Problem.of("A bundle's network is of a family that is not here.")
                                .where(directory.resolve(Bundle.CONFIG))
                                .expected(String.join(
                                        ", ",
                                        NetworkFamilies.all().stream()
                                                .map(NetworkFamily::name)
                                                .toList()))
                                .found(network.family())
                                .fix("add the module that builds it to the class path: dev.graft:graft-text for a"
                                        + " transformer")));
        Map<String, byte[]> files = new LinkedHashMap<>();
        network.files().forEach((name, digest) -> files.put(name, file(directory, name, digest)));
        return family.build(
                id,
                new Description(network.settings(), files),
                directory.resolve(Bundle.CONFIG).toString());
    }

    private static byte[] file(Path directory, String name, String digest) {
        if (!FILE_NAME.matcher(name).matches()) {
            throw new WeightsFileException(Problem.of("A bundle names a file that cannot be part of it.")
                    .where(directory.resolve(Bundle.CONFIG) + ", entry network.files")
                    .expected("a plain file name, such as tokenizer.json")
                    .found(name)
                    .fix("restore the file, or write the bundle again"));
        }
        Path file = directory.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new WeightsFileException(Problem.of("A bundle lacks a file that its config.json names.")
                    .where(directory)
                    .expected("a file " + name + " beside " + Bundle.CONFIG)
                    .found("no such file")
                    .fix("restore the file, or write the bundle again"));
        }
        try {
            Bundle.requireSize(file, FILE_BYTES);
            byte[] content = InputFiles.readAllBytes(file);
            Bundle.requireDigest(digest, content, file.toString(), "A bundle's " + name + " was");
            return content;
        } catch (IOException e) {
            throw Bundle.unreadable(file, e);
        }
    }

    /**
     * The network with the preprocessing that was written beside its weights: Graft's own networks have but one, public
     * weights each have their own.
     */
    private static Architecture ofCatalogue(String id, PreprocessingConfig found, Path directory) {
        CatalogueEntry entry = Architectures.entry(id);
        Architecture architecture = resized(entry.architecture(), found);
        if (!entry.sources().isEmpty()) {
            try {
                return architecture.withPreprocessing(found.toPreprocessing());
            } catch (SettingsException e) {
                throw unusable(directory, found, e);
            }
        }
        PreprocessingConfig expected = PreprocessingConfig.of(architecture.preprocessing());
        if (!expected.equals(found)) {
            throw new WeightsFileException(Problem.of("A bundle's preprocessing is not that of its architecture.")
                    .where(directory.resolve(Bundle.CONFIG))
                    .expected(expected)
                    .found(found)
                    .fix("restore the file, or write the bundle again"));
        }
        return architecture;
    }

    private static WeightsFileException unusable(Path directory, PreprocessingConfig found, SettingsException e) {
        return new WeightsFileException(
                Problem.of("A bundle's preprocessing cannot be used.")
                        .where(directory.resolve(Bundle.CONFIG))
                        .expected("a size, mean, std and fit that its network can take")
                        .found(found)
                        .fix("restore the file, or write the bundle again"),
                e);
    }

    /** The network for the bundle's size of images, if it can have that; else as it is. */
    private static Architecture resized(Architecture architecture, PreprocessingConfig config) {
        try {
            return architecture.withInputSize(config.height(), config.width());
        } catch (SettingsException e) {
            return architecture;
        }
    }
}
