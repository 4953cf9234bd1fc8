package dev.graft.bundle;

import dev.graft.backbone.BackboneCard;
import dev.graft.backbone.Layer;
import dev.graft.error.Problem;
import dev.graft.error.WeightsFileException;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The content of {@code config.json}, of a backbone or of a transferred network. */
record BundleConfig(
        int format,
        String kind,
        String architecture,
        String weightsSha256,
        PreprocessingConfig preprocessing,
        @Nullable CutConfig cut,
        @Nullable HeadConfig head,
        @Nullable List<String> labels,
        @Nullable Lineage lineage,
        @Nullable BackboneCard card) {
    static final int FORMAT = 1;
    static final String BACKBONE = "backbone";
    static final String TRANSFER = "transfer";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    record PreprocessingConfig(int height, int width, int channels, List<Float> mean, List<Float> std) {}

    record CutConfig(List<String> stages, String pooling) {
        Cut toCut() {
            return new Cut(stages, Pooling.named(pooling));
        }
    }

    record HeadConfig(String name, List<LayerConfig> layers) {}

    record LayerConfig(
            String type,
            @Nullable String name,
            @Nullable Integer in,
            @Nullable Integer out,
            @Nullable Float rate) {
        static LayerConfig of(Layer layer) {
            if (layer instanceof Layer.Linear linear) {
                return new LayerConfig("linear", linear.name(), linear.inFeatures(), linear.outFeatures(), null);
            } else if (layer instanceof Layer.Relu) {
                return new LayerConfig("relu", null, null, null, null);
            } else if (layer instanceof Layer.Dropout dropout) {
                return new LayerConfig("dropout", null, null, null, dropout.rate());
            }
            throw new IllegalArgumentException("a head has no layer such as " + layer);
        }

        Layer toLayer(String file) {
            if (type.equals("linear") && name != null && in != null && out != null && in > 0 && out > 0) {
                return new Layer.Linear(name, in, out);
            } else if (type.equals("relu")) {
                return new Layer.Relu();
            } else if (type.equals("dropout") && rate != null) {
                return new Layer.Dropout(rate);
            }
            throw new WeightsFileException(Problem.of("A bundle's head has a layer that is not understood.")
                    .where(file)
                    .expected("linear with name, in and out; relu; dropout with rate")
                    .found(this));
        }
    }

    List<Layer> headLayers(String file) {
        List<Layer> layers = new ArrayList<>();
        if (head != null) {
            head.layers().forEach(layer -> layers.add(layer.toLayer(file)));
        }
        return layers;
    }

    /** JSON may lack what Java's types promise. */
    private boolean whole() {
        return architecture != null
                && kind != null
                && preprocessing != null
                && (cut == null || cut.stages() != null && cut.pooling() != null)
                && (head == null || head.name() != null && head.layers() != null)
                && (head == null || head.layers().stream().allMatch(layer -> layer != null && layer.type() != null))
                && (labels == null || labels.stream().allMatch(Objects::nonNull));
    }

    byte[] toJson() {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    }

    static BundleConfig parse(byte[] content, String file) {
        try {
            int format = JSON.readTree(content).path("format").asInt(0);
            if (format > FORMAT) {
                throw new WeightsFileException(Problem.of("This was written by a newer version of Graft.")
                        .where(file)
                        .expected("format " + FORMAT + " or older")
                        .found("format " + format)
                        .fix("use the version that wrote it, or a newer one"));
            }
            BundleConfig config = JSON.readValue(content, BundleConfig.class);
            if (config == null || !config.whole()) {
                throw new WeightsFileException(Problem.of("A bundle's config.json lacks what Graft needs.")
                        .where(file)
                        .expected("format, kind, architecture, preprocessing; for a transferred network also cut and head,"
                                + " each with all its values")
                        .fix("give a directory that Graft wrote"));
            }
            return config;
        } catch (JacksonException e) {
            throw new WeightsFileException(
                    Problem.of("A bundle's config.json cannot be read.")
                            .where(file)
                            .found(e.getOriginalMessage())
                            .fix("restore the file, or write the bundle again"),
                    e);
        }
    }
}
