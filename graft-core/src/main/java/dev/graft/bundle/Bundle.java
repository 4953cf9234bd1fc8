package dev.graft.bundle;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Architectures;
import dev.graft.backbone.Backbone;
import dev.graft.backbone.BackboneCard;
import dev.graft.data.ClassNames;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.error.StorageException;
import dev.graft.error.WeightsFileException;
import dev.graft.error.WeightsMismatchException;
import dev.graft.layer.Layer;
import dev.graft.model.ClassRecord;
import dev.graft.model.Lineage;
import dev.graft.model.ModelBranch;
import dev.graft.model.TransferModel;
import dev.graft.storage.AtomicFiles;
import dev.graft.storage.FileRecord;
import dev.graft.storage.Manifest;
import dev.graft.storage.NewDirectory;
import dev.graft.targets.OneClass;
import dev.graft.targets.TargetKind;
import dev.graft.weights.InputFiles;
import dev.graft.weights.SafetensorsFile;
import dev.graft.weights.SafetensorsWriter;
import dev.graft.weights.WeightSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes directories of weights: {@code model.safetensors}, {@code config.json}, {@code labels.txt},
 * {@code README.md}, what else the network needs, such as {@code tokenizer.json}, and what it keeps of the examples that it learned
 * from, {@code record.safetensors}; of a network that takes items, what a
 * branch needs is in a folder of its own, {@code branch-1} and so on. A directory appears whole or not at all.
 */
public final class Bundle {
    /** The file of weights. */
    public static final String WEIGHTS = "model.safetensors";

    /** The file that describes the network. */
    public static final String CONFIG = "config.json";

    static final String LABELS = "labels.txt";
    static final String CARD = "README.md";
    private static final long CONFIG_BYTES = 16L << 20;

    private Bundle() {}

    /**
     * Writes a transferred network.
     *
     * @param overwrite whether a bundle that is there may be replaced; anything else never is
     * @throws SettingsException if the directory is not empty and may not be replaced, or if the network could not be
     *     read again: its architecture is not in the catalogue, or a class name is no Unicode text
     * @throws StorageException if the file system refuses
     */
    public static void write(Path directory, TransferModel model, boolean overwrite) {
        Writable.require(model);
        List<@Nullable BundleNetwork> networks = new ArrayList<>();
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < model.branches().size(); i++) {
            ModelBranch branch = model.branches().get(i);
            BundleNetwork network = branch.hasBackbone() ? BundleNetwork.of(branch.architecture()) : null;
            networks.add(network);
            if (network != null) {
                String folder = model.takesItems() ? folder(i) + "/" : "";
                network.files().forEach((name, content) -> files.put(folder + name, content));
            }
        }
        ClassRecord record = model.record();
        String kept = null;
        if (record != null) {
            byte[] numbers = SafetensorsWriter.toBytes(RecordConfig.tensors(record), Map.of());
            files.put(RecordConfig.FILE, numbers);
            kept = FileRecord.of(numbers).sha256();
        }
        String recordSha256 = kept;
        Function<String, Object> config = model.takesItems()
                ? sha256 -> BranchesConfig.of(model, networks, sha256, recordSha256)
                : sha256 -> BundleConfig.of(model, Objects.requireNonNull(networks.get(0)), sha256, recordSha256);
        write(directory, model.weights(), config, files, model.classNames(), ModelCard.of(model), overwrite);
    }

    /** Where a branch's files lie in the directory of a network that takes items. */
    static String folder(int branch) {
        return "branch-" + (branch + 1);
    }

    /**
     * Writes a backbone.
     *
     * @param overwrite whether a bundle that is there may be replaced; anything else never is
     * @throws SettingsException if the directory is not empty and may not be replaced, or if the backbone could not be
     *     read again: its architecture is not in the catalogue with the card's classes, or a class name is no Unicode
     *     text
     * @throws StorageException if the file system refuses
     */
    public static void write(Path directory, Backbone backbone, boolean overwrite) {
        Writable.require(backbone);
        BundleNetwork network = BundleNetwork.of(backbone.architecture());
        write(
                directory,
                backbone.weights(),
                sha256 -> BundleConfig.of(backbone, network, sha256),
                network.files(),
                backbone.card().classNames(),
                ModelCard.of(backbone),
                overwrite);
    }

    private static void write(
            Path directory,
            WeightSet weights,
            Function<String, ?> config,
            Map<String, byte[]> files,
            List<String> labels,
            String card,
            boolean overwrite) {
        AtomicFiles.writeDirectory(directory, Manifest.Kind.BUNDLE, overwrite, into -> {
            into.write(CONFIG, BundleConfig.toJson(config.apply(writeWeights(into, WEIGHTS, weights))));
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                into.write(file.getKey(), file.getValue());
            }
            into.write(LABELS, LabelLines.of(labels));
            into.write(CARD, card);
        });
    }

    /** Writes tensors without a copy of them in memory; returns the SHA-256 of the file. */
    static String writeWeights(NewDirectory into, String name, WeightSet weights) throws IOException {
        return into.stream(name, stream -> SafetensorsWriter.writeTo(stream, weights, Map.of("format", "pt")))
                .sha256();
    }

    /**
     * What a program without Graft needs beside a network to prepare its input, by file name: a tokeniser that cuts and pads as
     * Graft does, or the terms that it counts.
     */
    public static Map<String, byte[]> filesForOtherPrograms(Architecture architecture) {
        return NetworkFamilies.first(family -> family.describe(architecture)
                        .map(description -> family.filesForOtherPrograms(architecture, description)))
                .orElse(Map.of());
    }

    /** What a directory holds. */
    public enum Kind {
        /** A source model. */
        BACKBONE,
        /** A transferred network, of one branch or several. */
        TRANSFER
    }

    /**
     * Which kind a directory holds.
     *
     * @throws WeightsFileException if it is not a bundle
     */
    public static Kind kind(Path directory) {
        return config(directory) instanceof BundleConfig config && config.kind().equals(BundleConfig.BACKBONE)
                ? Kind.BACKBONE
                : Kind.TRANSFER;
    }

    /**
     * Reads a transferred network, of one branch or several.
     *
     * @throws WeightsFileException if it is damaged, altered, newer than this version, or a backbone
     * @throws dev.graft.error.WeightsMismatchException if its weights do not fit
     */
    public static TransferModel read(Path directory) {
        ModelConfig config = verifiedConfig(directory);
        BundleConfig.HeadConfig head = config.head();
        List<String> labels = config.labels();
        Lineage lineage = config.lineage();
        RecordConfig record = config.record();
        if (head == null || labels == null || lineage == null) {
            throw wrongKind(directory, "a transferred network", "a backbone");
        }
        LabelLines.requireSame(directory, labels);
        return understood(directory, () -> {
            List<ModelBranch> branches = config.toBranches(directory);
            List<Layer> layers = head.toLayers(directory.resolve(CONFIG).toString());
            TargetKind kind = TargetKind.of(config.task() == null ? OneClass.TASK : config.task(), labels);
            TransferModel.requireOutputs(branches, layers, kind);
            WeightSet weights = BundleWeights.read(
                    directory,
                    config.weightsSha256(),
                    TransferModel.parameters(branches, layers),
                    TransferModel.title(branches));
            return new TransferModel(
                    branches,
                    config.fusionName(),
                    head.name(),
                    layers,
                    kind,
                    weights,
                    lineage,
                    ConfidenceConfig.read(config.confidence(), kind),
                    record == null ? null : record.read(directory, kind));
        });
    }

    /**
     * Reads a backbone.
     *
     * @throws WeightsFileException if it is damaged, altered, newer than this version, or a transferred network
     * @throws dev.graft.error.WeightsMismatchException if its weights do not fit
     */
    public static Backbone readBackbone(Path directory) {
        if (!(verifiedConfig(directory) instanceof BundleConfig config) || config.card() == null) {
            throw wrongKind(directory, "a backbone", "a transferred network");
        }
        BackboneCard card = config.card();
        LabelLines.requireSame(directory, card.classNames());
        return understood(directory, () -> {
            ClassNames.requireOfNetwork(card.classNames(), "backbone " + config.architecture());
            Architecture architecture = BundleNetwork.read(config, directory)
                    .withClasses(card.classNames().size());
            WeightSet weights = BundleWeights.read(
                    directory, config.weightsSha256(), architecture.parameters(), "backbone " + architecture.id());
            return new Backbone(architecture, weights, card.withOrigin("file"));
        });
    }

    /** Adds the file to what the parts of a network have to say about it. */
    static <T> T understood(Path directory, Supplier<T> network) {
        try {
            return network.get();
        } catch (SettingsException e) {
            throw new WeightsFileException(
                    Problem.of("A bundle's config.json does not describe a network that Graft can build.")
                            .where(directory.resolve(CONFIG))
                            .found(e.getMessage())
                            .fix("restore the file, or use the version of Graft that wrote it"),
                    e);
        } catch (ArithmeticException e) {
            throw new WeightsFileException(
                    Problem.of("A bundle's config.json does not describe a network that Graft can build.")
                            .where(directory.resolve(CONFIG))
                            .expected("sizes whose products are at most " + Integer.MAX_VALUE)
                            .found("sizes that together are more")
                            .fix("restore the file, or use the version of Graft that wrote it"),
                    e);
        } catch (WeightsMismatchException e) {
            throw new WeightsMismatchException(
                    Problem.of("A bundle's weights are not those of its config.json.")
                            .where(directory.resolve(WEIGHTS))
                            .found(e.getMessage()),
                    e);
        }
    }

    /**
     * Reads an embedded backbone from its files' contents.
     *
     * @param name what it is called in messages
     * @throws WeightsFileException if a file is damaged
     */
    public static Backbone readEmbedded(byte[] configJson, byte[] weights, String name) {
        BundleConfig config = BundleConfig.parse(configJson, name);
        requireDigest(config, weights, name);
        try (SafetensorsFile file = SafetensorsFile.parse(weights, name)) {
            return new Backbone(
                    Architectures.named(config.architecture()),
                    file.readAll(),
                    Objects.requireNonNull(config.card()).withOrigin("embedded"));
        }
    }

    /** The config of a bundle all of whose files are what was written, as far as it has a record of them. */
    private static ModelConfig verifiedConfig(Path directory) {
        byte[] content = configBytes(directory);
        BundleRecord record = BundleRecord.verified(directory, CONFIG, WEIGHTS);
        ModelConfig config = config(content, directory);
        record.requireWeights(WEIGHTS, config.weightsSha256());
        return config;
    }

    private static ModelConfig config(Path directory) {
        return config(configBytes(directory), directory);
    }

    private static ModelConfig config(byte[] content, Path directory) {
        String file = directory.resolve(CONFIG).toString();
        return BundleConfig.isMultimodal(content)
                ? BranchesConfig.parse(content, file)
                : BundleConfig.parse(content, file);
    }

    static byte[] configBytes(Path directory) {
        recover(directory);
        Path file = directory.resolve(CONFIG);
        if (!Files.isRegularFile(file)) {
            throw new WeightsFileException(Problem.of("This is not a bundle.")
                    .where(directory)
                    .expected("a directory with " + CONFIG + " and " + WEIGHTS)
                    .found(Files.isDirectory(directory) ? "no " + CONFIG : "no such directory")
                    .fix("give a directory that Graft wrote, such as graft-demo/bundle"));
        }
        try {
            requireSize(file, CONFIG_BYTES);
            return InputFiles.readAllBytes(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Brings back a directory that a crash left moved aside, in the middle of being replaced. */
    public static void recover(Path directory) {
        Path parent = directory.toAbsolutePath().normalize().getParent();
        // Without a parent directory nothing was ever written, and reading must not make one.
        if (parent != null && Files.isDirectory(parent)) {
            AtomicFiles.recover(directory);
        }
    }

    static void requireSize(Path file, long limit) throws IOException {
        long bytes = Files.size(file);
        if (bytes > limit) {
            throw new WeightsFileException(Problem.of("A bundle's file is too large.")
                    .where(file)
                    .expected("at most " + limit + " bytes")
                    .found(bytes + " bytes")
                    .fix("give a directory that Graft wrote"));
        }
    }

    private static void requireDigest(BundleConfig config, byte[] content, String file) {
        requireDigest(config.weightsSha256(), content, file, "A bundle's weights were");
    }

    static void requireDigest(String expected, byte[] content, String file, String what) {
        String found = FileRecord.of(content).sha256();
        if (!found.equals(expected)) {
            throw new WeightsFileException(Problem.of(what + " changed after it was written.")
                    .where(file)
                    .expected("SHA-256 " + expected)
                    .found("SHA-256 " + found)
                    .fix("restore the file, or write the bundle again"));
        }
    }

    static WeightsFileException wrongKind(Path directory, String expected, String found) {
        return new WeightsFileException(Problem.of("A directory holds another kind of network than is needed here.")
                .where(directory)
                .expected(expected)
                .found(found)
                .fix("give a directory of the right kind"));
    }

    static StorageException unreadable(Path file, IOException e) {
        return new StorageException(
                Problem.of("A bundle's file cannot be read.").where(file).found(e), e);
    }
}
