package dev.graft.source;

import dev.graft.backbone.Architecture;
import dev.graft.bundle.ConfigJson;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.error.StorageException;
import dev.graft.error.WeightsFileException;
import dev.graft.image.Interpolation;
import dev.graft.image.Preprocessing;
import dev.graft.image.ResizeMode;
import dev.graft.weights.InputFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a model on the hub wants its images, as timm writes it into {@code config.json} below {@code pretrained_cfg}:
 * {@code input_size}, {@code mean}, {@code std}, {@code interpolation}, {@code crop_pct}, {@code license}.
 */
final class HubConfig {
    private static final Logger LOG = LoggerFactory.getLogger(HubConfig.class);
    private static final JsonMapper JSON = ConfigJson.MAPPER;
    // What timm takes where a model does not say (resolve_data_config).
    private static final String USUAL_INTERPOLATION = "bicubic";
    private static final double USUAL_CROP = 0.875;

    /** Of a model without such a file: the network's own preprocessing. */
    static final HubConfig NONE = new HubConfig(JSON.createObjectNode(), null);

    private static final long LARGEST_BYTES = 1 << 20;

    private final JsonNode whole;
    private final @Nullable JsonNode pretrained;

    private HubConfig(JsonNode whole, @Nullable JsonNode pretrained) {
        this.whole = whole;
        this.pretrained = pretrained;
    }

    static HubConfig read(Path file) {
        try {
            if (Files.size(file) > LARGEST_BYTES) {
                throw malformed(file, Files.size(file) + " bytes", null);
            }
            JsonNode tree = JSON.readTree(InputFiles.readAllBytes(file));
            JsonNode found = tree.path("pretrained_cfg");
            // Its older form has all of it beside the network's name.
            boolean flat = tree.hasNonNull("architecture") && tree.has("mean") && tree.has("std");
            return new HubConfig(tree, found.isObject() ? found : flat ? tree : null);
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

    /** The name that timm gives the network; empty if this is none of its files. */
    Optional<String> network() {
        boolean timm = pretrained != null || whole.has("num_features");
        return Optional.of(whole.path("architecture").asString("")).filter(name -> timm && !name.isBlank());
    }

    /** Whether Graft wrote it. */
    boolean isOwn() {
        return whole.has("weightsSha256") || whole.has("format");
    }

    Optional<String> license() {
        return pretrained == null
                ? Optional.empty()
                : Optional.of(pretrained.path("license").asString("")).filter(text -> !text.isBlank());
    }

    /**
     * The network with the preprocessing that the weights were trained with. What the model does not say is taken as timm takes
     * it, or as the network's own, and that is logged.
     *
     * @param where names the model for messages
     * @throws WeightsFileException if what is written makes no sense
     */
    Architecture prepared(Architecture architecture, Object where) {
        if (pretrained == null) {
            return architecture;
        }
        if (!pretrained.has("mean") || !pretrained.has("std")) {
            LOG.warn(
                    "{}: its settings lack mean or std; images are prepared as {} usually takes them",
                    where,
                    architecture.id());
            return architecture;
        }
        sayMissing(where);
        try {
            List<Integer> size = new ArrayList<>();
            pretrained.path("input_size").forEach(axis -> size.add(axis.asInt(0)));
            Preprocessing own = architecture.preprocessing();
            int height = size.size() == 3 ? size.get(1) : own.height();
            int width = size.size() == 3 ? size.get(2) : own.width();
            return architecture.withPreprocessing(new Preprocessing(
                    height, width, own.channels(), numbers("mean"), numbers("std"), fit(Math.max(height, width))));
        } catch (SettingsException e) {
            throw malformed(where, String.valueOf(e.getMessage()), e);
        }
    }

    private void sayMissing(Object where) {
        List<String> missing = Stream.of("input_size", "interpolation", "crop_pct")
                .filter(name -> pretrained == null || !pretrained.hasNonNull(name))
                .toList();
        if (!missing.isEmpty()) {
            LOG.warn(
                    "{}: its settings lack {}; taken are the network's usual size, {} interpolation, and a crop of {}",
                    where,
                    String.join(", ", missing),
                    USUAL_INTERPOLATION,
                    USUAL_CROP);
        }
    }

    private ResizeMode fit(int side) {
        JsonNode cfg = pretrained == null ? JSON.createObjectNode() : pretrained;
        Interpolation filter = Interpolation.named(cfg.path("interpolation").asString(USUAL_INTERPOLATION));
        String mode = cfg.path("crop_mode").asString("center");
        if (mode.equals("squash")) {
            return new ResizeMode.Stretch(filter);
        } else if (!mode.equals("center")) {
            throw new SettingsException(Problem.of("There is no such crop.")
                    .expected("crop_mode center or squash")
                    .found(mode));
        }
        double fraction = cfg.path("crop_pct").asDouble(USUAL_CROP);
        return ResizeMode.CenterCrop.ofFraction(side, fraction, filter);
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
                .fix("choose another model, or give its weights as a file (Backbones.load)");
        return e == null ? new WeightsFileException(problem) : new WeightsFileException(problem, e);
    }
}
