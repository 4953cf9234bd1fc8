package dev.graft.bundle;

import dev.graft.backbone.Architecture;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.error.StorageException;
import dev.graft.error.WeightsFileException;
import dev.graft.hub.HubId;
import dev.graft.image.Fit;
import dev.graft.image.Interpolation;
import dev.graft.image.Preprocessing;
import dev.graft.weights.InputFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a model on the hub wants its images, as timm writes it into {@code config.json} below {@code pretrained_cfg}:
 * {@code input_size}, {@code mean}, {@code std}, {@code interpolation}, {@code crop_pct}, {@code license}.
 */
final class HubConfig {
    /** Of a model without such a file: the network's own preprocessing. */
    static final HubConfig NONE = new HubConfig(null);

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long LARGEST_BYTES = 1 << 20;

    private final @Nullable JsonNode pretrained;

    private HubConfig(@Nullable JsonNode pretrained) {
        this.pretrained = pretrained;
    }

    static HubConfig read(Path file) {
        try {
            if (Files.size(file) > LARGEST_BYTES) {
                throw malformed(file, Files.size(file) + " bytes", null);
            }
            JsonNode tree = JSON.readTree(InputFiles.readAllBytes(file));
            JsonNode found = tree.path("pretrained_cfg");
            return found.isObject() ? new HubConfig(found) : NONE;
        } catch (JacksonException e) {
            throw malformed(file, e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new StorageException(
                    Problem.of("A model's config.json cannot be read.")
                            .where(file)
                            .found(e),
                    e);
        }
    }

    Optional<String> license() {
        return pretrained == null
                ? Optional.empty()
                : Optional.of(pretrained.path("license").asString("")).filter(text -> !text.isBlank());
    }

    /**
     * The network with the preprocessing that the weights were trained with.
     *
     * @throws WeightsFileException if what is written makes no sense
     */
    Architecture prepared(Architecture architecture, HubId id) {
        if (pretrained == null || !pretrained.has("mean") || !pretrained.has("std")) {
            return architecture;
        }
        try {
            List<Integer> size = new ArrayList<>();
            pretrained.path("input_size").forEach(axis -> size.add(axis.asInt()));
            Preprocessing own = architecture.preprocessing();
            int height = size.size() == 3 ? size.get(1) : own.height();
            int width = size.size() == 3 ? size.get(2) : own.width();
            return architecture.withPreprocessing(new Preprocessing(
                    height, width, own.channels(), numbers("mean"), numbers("std"), fit(Math.max(height, width))));
        } catch (SettingsException e) {
            throw malformed(id, String.valueOf(e.getMessage()), e);
        }
    }

    private Fit fit(int side) {
        JsonNode cfg = pretrained == null ? JSON.createObjectNode() : pretrained;
        Interpolation filter = Interpolation.named(cfg.path("interpolation").asString("bilinear"));
        double fraction = cfg.path("crop_pct").asDouble(1);
        return Fit.CenterCrop.ofFraction(side, fraction, filter);
    }

    private List<Float> numbers(String name) {
        List<Float> numbers = new ArrayList<>();
        if (pretrained != null) {
            pretrained.path(name).forEach(number -> numbers.add((float) number.asDouble(Double.NaN)));
        }
        return numbers;
    }

    private static WeightsFileException malformed(Object where, String found, @Nullable Exception e) {
        Problem problem = Problem.of("A model's config.json cannot be used.")
                .where(where)
                .expected("JSON with input_size, mean, std, interpolation and crop_pct below pretrained_cfg")
                .found(found)
                .fix("choose another model, or give its weights with --weights and --backbone");
        return e == null ? new WeightsFileException(problem) : new WeightsFileException(problem, e);
    }
}
