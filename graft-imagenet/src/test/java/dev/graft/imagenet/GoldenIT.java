package dev.graft.imagenet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.engine.Examples;
import dev.graft.engine.FrozenNetwork;
import dev.graft.engine.InferenceNetwork;
import dev.graft.engine.StepSettings;
import dev.graft.engine.Tap;
import dev.graft.engine.TrainableNetwork;
import dev.graft.engine.TrainingPlan;
import dev.graft.feature.Pooling;
import dev.graft.feature.Rows;
import dev.graft.image.ImageFiles;
import dev.graft.layer.Stage;
import dev.graft.optimization.Optimizer;
import dev.graft.prediction.Classifier;
import dev.graft.source.Backbones;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the network computes of these very weights agrees with timm 0.9.16 in float32, as {@code golden.json} tells: the
 * statistics of each stage and the logits of a formula's input to 1e-3, the most probable classes of photographs to 0.01,
 * since their decoders and filters differ.
 */
class GoldenIT {
    private static final String ID = "tf_efficientnet_lite0";
    private static final double TOLERANCE = 1e-3;
    private static final JsonNode GOLDEN = read();

    private final Backbone backbone = Backbones.load(ID);
    private final Architecture architecture = backbone.architecture();

    @Test
    void stagesAgreeWhereTheyAreFrozen() {
        List<Stage> stages = architecture.featureStages();
        List<Tap> taps = stages.stream()
                .map(stage -> new Tap(stage.name(), Pooling.NONE))
                .toList();
        try (FrozenNetwork network = new FrozenNetwork(architecture.inputShape(), stages, taps, backbone.weights())) {
            List<float[]> outputs = network.run(formula(), 0, 1, false).tapped();

            for (int i = 0; i < stages.size(); i++) {
                JsonNode expected = GOLDEN.path("formula")
                        .path("stage_mean_std")
                        .path(stages.get(i).name());
                if (!expected.isMissingNode()) {
                    double[] found = meanAndDeviation(outputs.get(i));
                    assertThat(found[0])
                            .as(stages.get(i).name())
                            .isCloseTo(expected.get(0).asDouble(), within(TOLERANCE));
                    assertThat(found[1])
                            .as(stages.get(i).name())
                            .isCloseTo(expected.get(1).asDouble(), within(TOLERANCE));
                }
            }
        }
    }

    @Test
    void logitsAgree() {
        try (InferenceNetwork network = new InferenceNetwork(
                architecture.inputShape(),
                architecture.featureStages(),
                List.of(new Tap("pool", Pooling.NONE)),
                architecture.classifier().layers(),
                backbone.weights())) {
            float[] row = new float[architecture.inputShape().elements()];
            formula().read(0, row, 0);
            assertLogits(network.logits(row, 1));
        }
    }

    @Test
    void logitsAgreeWhereTheNetworkIsTrained() {
        TrainingPlan plan = new TrainingPlan(
                architecture.inputShape(),
                architecture.featureStages(),
                List.of(new Tap("pool", Pooling.NONE)),
                architecture.classifier().layers(),
                backbone.card().classNames().size());
        StepSettings settings = new StepSettings(Optimizer.adamW(0f), Map.of(), Double.POSITIVE_INFINITY);
        try (Examples examples = new Examples(formula(), List.of(), new int[] {0});
                TrainableNetwork network = new TrainableNetwork(plan, backbone.weights(), settings)) {
            assertLogits(network.logits(examples, 0, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"chelsea", "coffee", "rocket", "astronaut"})
    void photographsAreCalledWhatTheReferenceCallsThem(String name) throws URISyntaxException {
        Path file = Path.of(Objects.requireNonNull(GoldenIT.class.getResource("photos/" + name + ".jpg"))
                .toURI());
        try (Classifier classifier = new Classifier(backbone)) {
            float[] probabilities = classifier.probabilities(List.of(ImageFiles.read(file)))[0];

            for (JsonNode expected : GOLDEN.path(name).path("top5")) {
                assertThat((double) probabilities[expected.get(0).asInt()])
                        .as(name + ", class " + expected.get(0))
                        .isCloseTo(expected.get(1).asDouble(), within(0.01));
            }
            assertThat(largest(probabilities, 1))
                    .containsExactly(
                            GOLDEN.path(name).path("top5").get(0).get(0).asInt());
        }
    }

    private static void assertLogits(float[] logits) {
        JsonNode expected = GOLDEN.path("formula");
        for (int i = 0; i < 8; i++) {
            assertThat((double) logits[i])
                    .isCloseTo(expected.path("logits_first_8").get(i).asDouble(), within(TOLERANCE));
        }
        double sum =
                IntStream.range(0, logits.length).mapToDouble(i -> logits[i]).sum();
        assertThat(sum).isCloseTo(expected.path("sum").asDouble(), within(0.1));
        assertThat(largest(logits, 1)).containsExactly(expected.path("argmax").asInt());
    }

    private static int[] largest(float[] values, int count) {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -values[i]))
                .limit(count)
                .mapToInt(i -> i)
                .toArray();
    }

    private static double[] meanAndDeviation(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        double mean = sum / values.length;
        double squares = 0;
        for (float value : values) {
            squares += (value - mean) * (value - mean);
        }
        return new double[] {mean, Math.sqrt(squares / (values.length - 1))};
    }

    /** x[i] = sin(0.37 i) cos(0.0113 i), where i counts over (channel, row, column); a row has the channels innermost. */
    private static Rows formula() {
        int places = 224 * 224;
        float[] values = new float[3 * places];
        for (int i = 0; i < values.length; i++) {
            values[i % places * 3 + i / places] = (float) (Math.sin(0.37 * i) * Math.cos(0.0113 * i));
        }
        return new Rows() {
            @Override
            public int count() {
                return 1;
            }

            @Override
            public int width() {
                return values.length;
            }

            @Override
            public void read(int index, float[] target, int offset) {
                System.arraycopy(values, 0, target, offset, values.length);
            }
        };
    }

    private static JsonNode read() {
        try (InputStream in = Objects.requireNonNull(GoldenIT.class.getResourceAsStream("golden.json"))) {
            return JsonMapper.builder().build().readTree(in.readAllBytes());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
