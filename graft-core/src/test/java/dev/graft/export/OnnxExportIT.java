package dev.graft.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.graft.backbone.Architecture;
import dev.graft.backbone.Architectures;
import dev.graft.backbone.PublishedNetworks;
import dev.graft.data.Image;
import dev.graft.error.SettingsException;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.head.Head;
import dev.graft.image.Interpolation;
import dev.graft.image.Preprocessing;
import dev.graft.image.ResizeMode;
import dev.graft.layer.Layer;
import dev.graft.layer.ParameterSpec;
import dev.graft.model.Confidence;
import dev.graft.model.Lineage;
import dev.graft.model.TransferModel;
import dev.graft.prediction.Classifier;
import dev.graft.targets.Decision;
import dev.graft.targets.Grades;
import dev.graft.targets.LabelSet;
import dev.graft.targets.Numbers;
import dev.graft.targets.OneClass;
import dev.graft.targets.TargetKind;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Exported networks, run by ONNX Runtime, give Graft's own probabilities to 1e-5. */
class OnnxExportIT {
    private static final int EXAMPLES = 3;
    private static final List<String> THREE = List.of("a", "b", "c");

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {"resnet-basic", "resnet-bottleneck", "mobilenet", "efficientnet", "efficientnet-lite", "convnext"
            })
    void everyFamilyOfNetworksIsTheSameThere(String family) throws OrtException {
        Architecture network = PublishedNetworks.narrow(family);
        List<String> stages =
                network.featureStages().stream().map(stage -> stage.name()).toList();

        assertSame(model(network, Cut.at(stages.get(stages.size() - 1)), new Head.Mlp(8, 0.3f), THREE));
        assertSame(model(
                network,
                new Cut(stages.subList(stages.size() / 2, stages.size()), Pooling.MEAN_MAX_STD),
                new Head.Classifier(0),
                THREE));
    }

    @ParameterizedTest
    @EnumSource(Pooling.class)
    void everyPoolingIsTheSameThere(Pooling pooling) throws OrtException {
        assertSame(model(
                Architectures.named("digits-cnn"),
                new Cut(List.of("conv1", "conv2"), pooling),
                new Head.Classifier(0.2f),
                THREE));
    }

    @Test
    void aStagePooledInSeveralWaysIsTheSameThere() throws OrtException {
        Cut cut = Cut.joined(List.of(
                Cut.pooled(Pooling.QUADRANTS, "conv2", "conv1"),
                Cut.pooled(Pooling.MEAN_MAX_STD, "conv1"),
                Cut.at("dense")));

        assertSame(model(Architectures.named("digits-cnn"), cut, new Head.Classifier(0), THREE));
    }

    @ParameterizedTest
    @CsvSource({"digits-cnn, dense", "cifar-resnet, stage3", "digits-cnn, pool2"})
    void twoClassesHaveTwoCalibratedProbabilities(String network, String stage) throws OrtException {
        Architecture architecture = Architectures.named(network);
        boolean map = architecture.outputShape(stage).hasPlaces();

        assertSame(model(
                        architecture,
                        new Cut(List.of(stage), map ? Pooling.QUADRANTS : Pooling.NONE),
                        new Head.Classifier(0),
                        List.of("no", "yes"))
                .withConfidence(new Confidence(2.5, 0.6)));
    }

    static Stream<TargetKind> kinds() {
        return Stream.of(
                new OneClass(THREE),
                new Grades(THREE),
                new LabelSet(THREE),
                new LabelSet(List.of("only")),
                new Numbers(List.of("price")),
                new Numbers(THREE));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyKindOfTargetIsToldAlikeThere(TargetKind kind) throws Exception {
        Architecture architecture = Architectures.named("digits-cnn");
        TransferModel classes = model(
                architecture, Cut.pooled(Pooling.MEAN_MAX_STD, "conv1"), new Head.Mlp(8, 0.1f), List.of("a", "b", "c"));
        List<Layer> layers = new Head.Mlp(8, 0.1f).layers(classes.cut().features(architecture), kind);
        Map<String, FloatTensor> weights = new LinkedHashMap<>();
        for (ParameterSpec spec : TransferModel.parameters(classes.branches(), layers)) {
            boolean ofHead = spec.name().startsWith(Head.PREFIX + "logits");
            weights.put(
                    spec.name(),
                    ofHead
                            ? unlike(architecture.weightInitialization().initialize(List.of(spec), 4))
                                    .get(spec.name())
                            : classes.weights().get(spec.name()));
        }
        TransferModel model = new TransferModel(
                classes.branches(),
                classes.fusionName(),
                "mlp",
                layers,
                kind,
                WeightSet.of(weights),
                classes.lineage(),
                kind instanceof LabelSet
                        ? Confidence.RAW.withDecision(new Decision(
                                kind.names().stream().map(name -> 0.3).toList()))
                        : Confidence.RAW,
                null);

        assertSame(model);
        OnnxExport.write(folder.resolve("told"), model, false);
        assertThat(Files.readString(folder.resolve("told").resolve("README.md")))
                .contains(kind instanceof Numbers ? "`numbers`" : "`probabilities`");
    }

    @Test
    void everyKindOfTargetIsTried() {
        assertThat(kinds().<Class<?>>map(Object::getClass).distinct().toList())
                .containsExactlyInAnyOrderElementsOf(List.of(TargetKind.class.getPermittedSubclasses()));
    }

    @Test
    void theModelSaysWhatItIs() throws Exception {
        Path out = folder.resolve("out");
        OnnxExport.write(
                out,
                model(Architectures.named("digits-cnn"), Cut.at("dense"), new Head.Classifier(0), List.of("日", "\"b|"))
                        .withConfidence(new Confidence(1, 0.75)),
                false);

        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session =
                environment.createSession(out.resolve("model.onnx").toString())) {
            Map<String, String> metadata = session.getMetadata().getCustomMetadata();
            assertThat(metadata).containsEntry("classes", "[\"日\",\"\\\"b|\"]").containsEntry("threshold", "0.75");
            assertThat(metadata.get("input pixels")).contains("(batch, 1, 28, 28)", "levels 0 to 255");
            assertThat(session.getInputNames()).containsExactly("pixels");
            assertThat(session.getOutputNames()).containsExactly("probabilities");
        }
        assertThat(Files.readString(out.resolve("labels.json"))).isEqualTo("[\"日\",\"\\\"b|\"]");
        assertThat(Files.readString(out.resolve("README.md")))
                .contains("`pixels`", "below 0.75", "bilinear interpolation, stretched", "Map.of(\"pixels\", pixels)")
                .doesNotContain("calibrated");
    }

    /** What resizes and cuts lies outside the model, so that a program must be told. */
    @Test
    void programsAreToldHowPicturesArePrepared() throws Exception {
        Architecture mobile = Architectures.named("mobilenet_v2");
        Architecture own = mobile.withPreprocessing(new Preprocessing(
                192,
                192,
                3,
                List.of(0.5f, 0.4f, 0.3f),
                List.of(0.2f, 0.3f, 0.4f),
                new ResizeMode.CenterCrop(256, Interpolation.BICUBIC)));
        Path out = folder.resolve("out");
        OnnxExport.write(
                out,
                model(own, new Cut(List.of("features.0"), Pooling.MEAN), new Head.Classifier(0), List.of("a", "b")),
                false);

        JsonNode input = JsonMapper.shared()
                .readTree(Files.readAllBytes(out.resolve("preparation.json")))
                .path("inputs")
                .get(0);
        assertThat(input.path("input").asString()).isEqualTo("pixels");
        assertThat(input.path("kind").asString()).isEqualTo("image");
        assertThat(input.path("height").asInt()).isEqualTo(192);
        assertThat(input.path("channels").asString()).isEqualTo("RGB");
        assertThat(input.path("resize")).isEqualTo(JsonMapper.shared().readTree("""
                        {"mode": "center-crop", "shorter_side": 256, "interpolation": "bicubic", "antialias": true}"""));
        assertThat(input.path("normalization").asString()).isEqualTo("in the model");
        assertThat(input.path("mean").get(2).floatValue()).isEqualTo(0.3f);
    }

    @Test
    void aDirectoryThatHoldsSomethingStaysAsItIs() throws Exception {
        Path out = Files.createDirectory(folder.resolve("out"));
        Files.writeString(out.resolve("mine"), "kept");
        TransferModel model = model(Architectures.named("digits-cnn"), Cut.at("dense"), new Head.Classifier(0), THREE);

        assertThatThrownBy(() -> OnnxExport.write(out, model, false)).isInstanceOf(SettingsException.class);
        assertThat(out.resolve("mine")).hasContent("kept");
        assertThat(out.resolve("model.onnx")).doesNotExist();
    }

    private void assertSame(TransferModel model) throws OrtException {
        Preprocessing preprocessing = model.architecture().preprocessing();
        List<Image> images = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(5);
        float[] pixels = new float[EXAMPLES * preprocessing.elements()];
        for (int i = 0; i < EXAMPLES; i++) {
            byte[] levels = new byte[preprocessing.elements()];
            for (int j = 0; j < levels.length; j++) {
                levels[j] = (byte) random.nextInt(256);
                int channel = j % preprocessing.channels();
                int place = j / preprocessing.channels();
                int at = (i * preprocessing.channels() + channel) * levels.length / preprocessing.channels() + place;
                pixels[at] = levels[j] & 0xFF;
            }
            images.add(new Image(preprocessing.height(), preprocessing.width(), preprocessing.channels(), levels));
        }
        float[][] expected;
        try (Classifier classifier = new Classifier(model)) {
            expected = classifier.probabilities(images);
        }
        Path out = folder.resolve("run" + System.nanoTime());
        OnnxExport.write(out, model, false);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] shape = {EXAMPLES, preprocessing.channels(), preprocessing.height(), preprocessing.width()};
        try (OrtSession session =
                        environment.createSession(out.resolve("model.onnx").toString());
                OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(pixels), shape);
                OrtSession.Result result = session.run(Map.of("pixels", input))) {
            float[][] found = (float[][]) result.get(model.kind() instanceof Numbers ? "numbers" : "probabilities")
                    .orElseThrow()
                    .getValue();
            for (int i = 0; i < EXAMPLES; i++) {
                for (int k = 0; k < expected[i].length; k++) {
                    assertThat(found[i][k]).as("example " + i).isCloseTo(expected[i][k], within(1e-5f));
                }
            }
            assertThat(expected[0]).isNotEqualTo(expected[1]);
        }
    }

    private static TransferModel model(Architecture architecture, Cut cut, Head head, List<String> classNames) {
        List<Layer> layers = head.layers(cut.features(architecture), classNames.size());
        List<ParameterSpec> specs = Stream.concat(
                        architecture.stagesThrough(cut.last(architecture)).stream()
                                .flatMap(stage -> stage.parameters().stream()),
                        layers.stream().flatMap(layer -> layer.parameters().stream()))
                .toList();
        return new TransferModel(
                architecture,
                cut,
                head.name(),
                layers,
                classNames,
                unlike(architecture.weightInitialization().initialize(specs, 3)),
                new Lineage("digits-cnn", "embedded", "ab12", "feature-extraction", "shapes", "cd34", 500, 7, "0.1.0"));
    }

    /** Biases, scales and statistics that differ from channel to channel, as those of a trained network do. */
    private static WeightSet unlike(WeightSet initial) {
        SplittableRandom random = new SplittableRandom(9);
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        initial.asMap().forEach((name, tensor) -> {
            float[] values = tensor.values().clone();
            for (int i = 0; tensor.shape().length == 1 && i < values.length; i++) {
                values[i] += (float) random.nextDouble(0.2);
            }
            tensors.put(name, FloatTensor.of(values, tensor.shape()));
        });
        return WeightSet.of(tensors);
    }
}
