package dev.graft.bundle;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.graft.backbone.LowRank;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.error.StorageException;
import dev.graft.error.WeightsFileException;
import dev.graft.layer.Adapter;
import dev.graft.model.AdapterModel;
import dev.graft.model.Lineage;
import dev.graft.storage.AtomicFiles;
import dev.graft.storage.FileRecord;
import dev.graft.storage.Manifest;
import dev.graft.targets.OneClass;
import dev.graft.weights.InputFiles;
import dev.graft.weights.SafetensorsFile;
import dev.graft.weights.WeightSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes adapters as small directories: {@code adapter.safetensors} and {@code adapter.json}, which names the
 * backbone they belong to. A directory appears whole or not at all.
 */
public final class AdapterBundle {
    private static final int FORMAT = 1;
    private static final String WEIGHTS = "adapter.safetensors";
    private static final String CONFIG = "adapter.json";
    private static final long LARGEST_CONFIG_BYTES = 16L << 20;
    private static final long LARGEST_WEIGHTS_BYTES = 1L << 30;
    private static final JsonMapper JSON = ConfigJson.MAPPER;

    private AdapterBundle() {}

    private record Config(
            int format,
            @Nullable String weightsSha256,
            int rank,
            float alpha,
            float dropout,
            @Nullable List<LowRank.Projection> projections,
            BundleConfig.@Nullable CutConfig cut,
            BundleConfig.@Nullable HeadConfig head,
            @Nullable List<String> labels,
            @Nullable Lineage lineage,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Integer maxTokens,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            ConfidenceConfig confidence) {}

    /**
     * Writes adapters and head.
     *
     * @param overwrite whether adapters that are there may be replaced; anything else never is
     * @throws SettingsException if the directory is not empty and may not be replaced
     * @throws StorageException if the file system refuses
     */
    public static void write(Path directory, AdapterModel model, boolean overwrite) {
        Adapter adapter = model.lowRank().adapter();
        Function<String, Config> config = weightsSha256 -> new Config(
                FORMAT,
                weightsSha256,
                adapter.rank(),
                adapter.alpha(),
                adapter.dropout(),
                List.copyOf(new TreeSet<>(model.lowRank().projections())),
                BundleConfig.CutConfig.of(model.cut()),
                BundleConfig.HeadConfig.of(model.headName(), model.headLayers()),
                model.classNames(),
                model.lineage(),
                model.maxTokens(),
                ConfidenceConfig.of(model.confidence()));
        AtomicFiles.writeDirectory(directory, Manifest.Kind.ADAPTERS, overwrite, into -> {
            Config written = config.apply(Bundle.writeWeights(into, WEIGHTS, model.weights()));
            into.write(CONFIG, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(written));
        });
    }

    /**
     * Reads adapters and head; {@link AdapterModel#merge} makes the whole network of them.
     *
     * @throws WeightsFileException if a file is missing, damaged, altered, or newer than this version
     * @throws StorageException if a file cannot be read
     */
    public static AdapterModel read(Path directory) {
        Bundle.recover(directory);
        Path file = directory.resolve(CONFIG);
        try {
            byte[] json = content(file, LARGEST_CONFIG_BYTES);
            BundleRecord record = BundleRecord.verified(directory, CONFIG, WEIGHTS);
            Config config = complete(JSON.readValue(json, Config.class), file);
            record.requireWeights(WEIGHTS, Objects.requireNonNull(config.weightsSha256()));
            byte[] content = content(directory.resolve(WEIGHTS), LARGEST_WEIGHTS_BYTES);
            String found = FileRecord.of(content).sha256();
            if (!found.equals(config.weightsSha256())) {
                throw damaged(
                        directory.resolve(WEIGHTS), "SHA-256 " + config.weightsSha256(), "SHA-256 " + found, null);
            }
            BundleConfig.HeadConfig head = Objects.requireNonNull(config.head());
            return new AdapterModel(
                    new LowRank(
                            new Adapter(config.rank(), config.alpha(), config.dropout()),
                            new TreeSet<>(Objects.requireNonNull(config.projections()))),
                    Objects.requireNonNull(config.cut()).toCut(),
                    head.name(),
                    head.toLayers(file.toString()),
                    Objects.requireNonNull(config.labels()),
                    tensors(content, directory.resolve(WEIGHTS)),
                    Objects.requireNonNull(config.lineage()),
                    config.maxTokens(),
                    ConfidenceConfig.read(config.confidence(), new OneClass(config.labels())));
        } catch (JacksonException e) {
            throw damaged(file, "the JSON that Graft wrote", String.valueOf(e.getOriginalMessage()), e);
        } catch (SettingsException e) {
            throw damaged(file, "settings that make sense", String.valueOf(e.getMessage()), e);
        }
    }

    private static Config complete(@Nullable Config config, Path file) {
        if (config == null || config.format() < 1 || config.format() > FORMAT) {
            throw damaged(
                    file,
                    "format " + FORMAT + " or older",
                    config == null ? "null" : "format " + config.format(),
                    null);
        }
        Lacking lacking = new Lacking(new ArrayList<>());
        lacking.check("weightsSha256", config.weightsSha256());
        lacking.check("projections", config.projections());
        lacking.check("labels", config.labels());
        lacking.checkCutAndHead(config.cut(), config.head());
        lacking.checkLineage(config.lineage());
        if (!lacking.names().isEmpty()) {
            throw damaged(
                    file,
                    "an entry that is not null for each of " + String.join(", ", lacking.names()),
                    "none, or null",
                    null);
        }
        return config;
    }

    /** Whether a directory holds adapters. */
    public static boolean is(Path directory) {
        return Files.isRegularFile(directory.resolve(CONFIG));
    }

    private static WeightSet tensors(byte[] content, Path file) {
        try (SafetensorsFile opened = SafetensorsFile.parse(content, file.toString())) {
            return opened.readAll();
        }
    }

    private static byte[] content(Path file, long limit) {
        try {
            if (!Files.isRegularFile(file)) {
                throw damaged(file, "a directory with " + CONFIG + " and " + WEIGHTS, "no such file", null);
            }
            if (Files.size(file) > limit) {
                throw damaged(file, "at most " + limit + " bytes", Files.size(file) + " bytes", null);
            }
            return InputFiles.readAllBytes(file);
        } catch (IOException e) {
            throw new StorageException(
                    Problem.of("A file of adapters cannot be read.").where(file).found(e), e);
        }
    }

    private static WeightsFileException damaged(Path where, String expected, String found, @Nullable Exception cause) {
        Problem problem = Problem.of("These are no adapters that Graft can read.")
                .where(where)
                .expected(expected)
                .found(found)
                .fix("restore the directory, or write it again");
        return cause == null ? new WeightsFileException(problem) : new WeightsFileException(problem, cause);
    }
}
