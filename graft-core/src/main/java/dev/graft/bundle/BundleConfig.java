package dev.graft.bundle;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.graft.backbone.Backbone;
import dev.graft.backbone.BackboneCard;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.error.WeightsFileException;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.head.Fusion;
import dev.graft.image.Interpolation;
import dev.graft.image.Preprocessing;
import dev.graft.image.ResizeMode;
import dev.graft.layer.GatedFusion;
import dev.graft.layer.Layer;
import dev.graft.layer.Standardization;
import dev.graft.model.Lineage;
import dev.graft.model.ModelBranch;
import dev.graft.model.TransferModel;
import dev.graft.targets.OneClass;
import dev.graft.targets.TargetKind;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The content of {@code config.json}, of a backbone or of a transferred network. */
record BundleConfig(
        int format,
        String kind,
        String architecture,
        String weightsSha256,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable PreprocessingConfig preprocessing,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable NetworkConfig network,
        @Nullable CutConfig cut,
        @Nullable HeadConfig head,
        @Nullable List<String> labels,
        @Nullable Lineage lineage,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ConfidenceConfig confidence,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RecordConfig record,
        @Nullable BackboneCard card,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String task)
        implements ModelConfig {
    static final int FORMAT = 1;
    static final String BACKBONE = "backbone";
    static final String TRANSFER = "transfer";
    static final String MULTIMODAL = "multimodal";

    private static final JsonMapper JSON = ConfigJson.MAPPER;

    /** Without a fit, as in every bundle written before there was a choice: the default one. */
    record PreprocessingConfig(
            int height,
            int width,
            int channels,
            List<Float> mean,
            List<Float> std,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            FitConfig fit) {
        static PreprocessingConfig of(Preprocessing preprocessing) {
            return new PreprocessingConfig(
                    preprocessing.height(),
                    preprocessing.width(),
                    preprocessing.channels(),
                    preprocessing.mean(),
                    preprocessing.std(),
                    FitConfig.of(preprocessing.fit()));
        }

        /** Fails with a SettingsException where the values make no sense. */
        Preprocessing toPreprocessing() {
            return new Preprocessing(
                    height, width, channels, mean, std, fit == null ? Preprocessing.DEFAULT_FIT : fit.toFit());
        }
    }

    record FitConfig(
            String mode,
            String interpolation,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Integer shorterSide) {
        static @Nullable FitConfig of(ResizeMode fit) {
            if (fit.equals(Preprocessing.DEFAULT_FIT)) {
                return null;
            }
            String interpolation = fit.interpolation().label();
            return fit instanceof ResizeMode.CenterCrop crop
                    ? new FitConfig("center-crop", interpolation, crop.shorterSide())
                    : new FitConfig("stretch", interpolation, null);
        }

        ResizeMode toFit() {
            Interpolation filter = Interpolation.named(interpolation);
            if ("center-crop".equals(mode) && shorterSide != null) {
                return new ResizeMode.CenterCrop(shorterSide, filter);
            } else if ("stretch".equals(mode)) {
                return new ResizeMode.Stretch(filter);
            }
            throw new SettingsException(Problem.of("There is no such way to fit an image to an input.")
                    .expected("stretch, or center-crop with shorterSide")
                    .found(this));
        }
    }

    /**
     * A network that its family builds.
     *
     * @param files the digests of the files that it needs, by name
     */
    record NetworkConfig(String family, Map<String, Object> settings, Map<String, String> files) {}

    /**
     * A cut.
     *
     * @param stages the stages' names; a stage that is pooled in several ways stands there as often
     * @param pooling how all of them are pooled; null if they are pooled in different ways
     * @param poolings how each of them is pooled; null if all are pooled alike
     */
    record CutConfig(
            List<String> stages,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String pooling,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<String> poolings) {
        static CutConfig of(Cut cut) {
            List<String> stages = cut.places().stream().map(Cut.Place::stage).toList();
            Pooling first = cut.places().get(0).pooling();
            return cut.isPooledBy(first)
                    ? new CutConfig(stages, first.label(), null)
                    : new CutConfig(
                            stages,
                            null,
                            cut.places().stream()
                                    .map(place -> place.pooling().label())
                                    .toList());
        }

        /** The pooling of all stages or those of each; null if they do not fit the stages. */
        @Nullable
        Object poolingOfStages() {
            return poolings == null ? pooling : poolings.size() == stages.size() ? poolings : null;
        }

        Cut toCut() {
            if (poolings == null) {
                return new Cut(stages, Pooling.named(Objects.requireNonNull(pooling)));
            }
            List<Cut.Place> places = new ArrayList<>();
            for (int i = 0; i < stages.size(); i++) {
                places.add(new Cut.Place(stages.get(i), Pooling.named(poolings.get(i))));
            }
            return new Cut(places);
        }
    }

    record HeadConfig(String name, List<LayerConfig> layers) {
        static HeadConfig of(TransferModel model) {
            return of(model.headName(), model.headLayers());
        }

        static HeadConfig of(String name, List<Layer> layers) {
            return new HeadConfig(name, layers.stream().map(LayerConfig::of).toList());
        }

        List<Layer> toLayers(String file) {
            return layers.stream().map(layer -> layer.toLayer(file)).toList();
        }
    }

    record LayerConfig(
            String type,
            @Nullable String name,
            @Nullable Integer in,
            @Nullable Integer out,
            @Nullable Float rate,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<Integer> parts) {
        LayerConfig(
                String type, @Nullable String name, @Nullable Integer in, @Nullable Integer out, @Nullable Float rate) {
            this(type, name, in, out, rate, null);
        }

        static LayerConfig of(Layer layer) {
            if (layer instanceof Layer.Linear linear) {
                return new LayerConfig("linear", linear.name(), linear.inFeatures(), linear.outFeatures(), null);
            } else if (layer instanceof Layer.Relu) {
                return new LayerConfig("relu", null, null, null, null);
            } else if (layer instanceof Layer.Dropout dropout) {
                return new LayerConfig("dropout", null, null, null, dropout.rate());
            }
            if (layer instanceof Standardization scale) {
                return new LayerConfig("standardization", scale.name(), scale.features(), null, null);
            } else if (layer instanceof GatedFusion fusion) {
                return new LayerConfig("gated-fusion", fusion.name(), null, fusion.width(), null, fusion.features());
            }
            throw new IllegalArgumentException("a head has no layer such as " + layer);
        }

        Layer toLayer(String file) {
            if ("linear".equals(type) && name != null && in != null && out != null) {
                return new Layer.Linear(name, in, out);
            } else if ("relu".equals(type)) {
                return new Layer.Relu();
            } else if ("dropout".equals(type) && rate != null) {
                return new Layer.Dropout(rate);
            }
            if ("standardization".equals(type) && name != null && in != null) {
                return new Standardization(name, in);
            } else if ("gated-fusion".equals(type) && name != null && out != null && whole(parts)) {
                return new GatedFusion(name, Objects.requireNonNull(parts), out);
            }
            throw new WeightsFileException(Problem.of("A bundle's head has a layer that is not understood.")
                    .where(file)
                    .expected("linear with name, in and out; relu; dropout with rate; standardization with name and in;"
                            + " gated-fusion with name, parts and out")
                    .found(this));
        }
    }

    private static boolean whole(@Nullable List<Integer> parts) {
        return parts != null && parts.stream().allMatch(Objects::nonNull);
    }

    /** What is written of a network of one backbone. */
    static BundleConfig of(
            TransferModel model, BundleNetwork network, String weightsSha256, @Nullable String recordSha256) {
        return new BundleConfig(
                FORMAT,
                TRANSFER,
                model.architecture().id(),
                weightsSha256,
                network.preprocessing(),
                network.network(),
                CutConfig.of(model.cut()),
                HeadConfig.of(model),
                model.classNames(),
                model.lineage(),
                ConfidenceConfig.of(model.confidence()),
                RecordConfig.of(model, recordSha256),
                null,
                task(model.kind()));
    }

    /** What a network tells, as its file names it; classes go without saying. */
    static @Nullable String task(TargetKind kind) {
        return kind instanceof OneClass ? null : kind.task();
    }

    /** What is written of a source model. */
    static BundleConfig of(Backbone backbone, BundleNetwork network, String weightsSha256) {
        return new BundleConfig(
                FORMAT,
                BACKBONE,
                backbone.id(),
                weightsSha256,
                network.preprocessing(),
                network.network(),
                null,
                null,
                backbone.card().classNames(),
                null,
                null,
                null,
                backbone.card(),
                null);
    }

    @Override
    public List<ModelBranch> toBranches(Path directory) {
        return List.of(ModelBranch.only(
                BundleNetwork.read(this, directory), Objects.requireNonNull(cut).toCut()));
    }

    @Override
    public String fusionName() {
        return Fusion.concatenation().name();
    }

    static byte[] toJson(Object config) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(config);
    }

    static BundleConfig parse(byte[] content, String file) {
        if (isMultimodal(content)) {
            throw new WeightsFileException(Problem.of("A directory holds a network of several branches.")
                    .where(file)
                    .expected("a backbone, or a network of one backbone")
                    .found("kind " + MULTIMODAL)
                    .fix("use it on items of several parts"));
        }
        BundleConfig config = parse(content, file, BundleConfig.class);
        requireComplete(config == null ? List.of("all") : config.lacking(), file);
        return Objects.requireNonNull(config);
    }

    /** Whether it describes a network of several branches; false also if it cannot be read. */
    static boolean isMultimodal(byte[] content) {
        try {
            return MULTIMODAL.equals(JSON.readTree(content).path("kind").asString(""));
        } catch (JacksonException e) {
            return false;
        }
    }

    static void requireComplete(List<String> lacking, String file) {
        if (!lacking.isEmpty()) {
            throw new WeightsFileException(Problem.of("A bundle's config.json lacks what Graft needs.")
                    .where(file)
                    .expected("an entry that is not null for each of " + String.join(", ", lacking))
                    .fix("restore the file, or write the bundle again"));
        }
    }

    /** Reads the JSON of a format that is known; null if it holds null alone. */
    static <T> @Nullable T parse(byte[] content, String file, Class<T> type) {
        try {
            JsonNode tree = JSON.readTree(content);
            requireFormat(tree.path("format"), file);
            return JSON.treeToValue(tree, type);
        } catch (JacksonException e) {
            throw new WeightsFileException(
                    Problem.of("A bundle's config.json cannot be read.")
                            .where(file + place(e))
                            .found(e.getOriginalMessage())
                            .fix("restore the file, or write the bundle again"),
                    e);
        }
    }

    private static String place(JacksonException e) {
        String path = e.getPath().stream()
                .map(reference -> reference.getPropertyName() == null
                        ? "[" + reference.getIndex() + "]"
                        : "." + reference.getPropertyName())
                .collect(Collectors.joining());
        TokenStreamLocation location = e.getLocation();
        boolean known = location != null && location.getLineNr() > 0;
        return (path.isEmpty() ? "" : ", entry " + path.substring(path.startsWith(".") ? 1 : 0))
                + (known ? ", line " + location.getLineNr() : "");
    }

    private static void requireFormat(JsonNode format, String file) {
        boolean newer = format.isIntegralNumber() && format.bigIntegerValue().compareTo(BigInteger.valueOf(FORMAT)) > 0;
        if (newer) {
            throw new WeightsFileException(Problem.of("This was written by a newer version of Graft.")
                    .where(file)
                    .expected("format " + FORMAT + " or older")
                    .found("format " + format)
                    .fix("use the version that wrote it, or a newer one"));
        }
        if (!format.isIntegralNumber() || format.bigIntegerValue().signum() <= 0) {
            throw new WeightsFileException(Problem.of("A bundle's config.json does not say its format.")
                    .where(file)
                    .expected("\"format\": a whole number from 1 to " + FORMAT)
                    .found(format.isMissingNode() ? "none" : format)
                    .fix("give a directory that Graft wrote, or restore the file"));
        }
    }

    /** The entries that are missing or null, of those that this kind needs. */
    private List<String> lacking() {
        Lacking lacking = new Lacking(new ArrayList<>());
        lacking.check("architecture", architecture);
        lacking.check("weightsSha256", weightsSha256);
        lacking.checkNetwork("", preprocessing, network);
        if (record != null) {
            record.check(lacking);
        }
        if (TRANSFER.equals(kind)) {
            lacking.checkTransfer(this);
        } else if (BACKBONE.equals(kind)) {
            lacking.checkCard(card);
        } else {
            lacking.names().add("kind (" + BACKBONE + " or " + TRANSFER + ")");
        }
        return lacking.names();
    }
}
