package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.pytorch.jni.JniUtils;
import dev.graft.feature.Pooling;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;
import dev.graft.layer.Stage;
import dev.graft.optimization.CrossEntropy;
import dev.graft.optimization.Objective;
import dev.graft.optimization.Optimizer;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Steps on the pairs of a batch agree with PyTorch's, on one core or dealt to two. */
class PairTrainingIT {
    private static final double TOLERANCE = 1e-5;
    private static final List<Layer> LAYERS =
            List.of(new Layer.Linear("one", 6, 8), new Layer.Relu(), new Layer.Linear("two", 8, 5));

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void weightsAfterThreeStepsAreTheReferences(int threads) throws IOException {
        // Starts the engine, whose setting this is.
        TensorEngine.newScope().close();
        int before = JniUtils.getNumThreads();
        try {
            JniUtils.setNumThreads(threads);
            requireReference(reference());
        } finally {
            JniUtils.setNumThreads(before);
        }
    }

    private static void requireReference(JsonNode expected) {
        int[] labels = IntStream.range(0, 20)
                .map(i -> expected.get("labels").get(i).asInt())
                .toArray();
        int[] all = IntStream.range(0, 20).toArray();
        TrainingPlan plan = new TrainingPlan(
                ActivationShape.vector(6),
                List.of(new Stage("dense", LAYERS)),
                List.of(new Tap("dense", Pooling.NONE)),
                List.of(),
                3);
        try (Examples examples = new Examples(
                        ArrayRows.of(new FloatTensor(new long[] {20, 6}, floats(expected.get("inputs")))),
                        List.of(),
                        labels);
                TrainableNetwork network = new TrainableNetwork(plan, start(expected), settings())) {
            for (int step = 0; step < 3; step++) {
                double wanted = expected.get("losses").get(step).asDouble();
                CrossEntropy.Outcome measured = network.measure(examples, all);
                CrossEntropy.Outcome trained = network.step(examples, all, step, 1);
                assertThat(measured.lossSum() / 20).isCloseTo(wanted, within(TOLERANCE));
                assertThat(trained.lossSum()).isCloseTo(measured.lossSum(), within(TOLERANCE));
                assertThat(trained.score()).isEqualTo(measured.score());
            }
            network.weights().asMap().forEach((name, tensor) -> {
                float[] wanted = floats(expected.get("end").get(name));
                for (int i = 0; i < wanted.length; i++) {
                    assertThat((double) tensor.values()[i]).as(name).isCloseTo(wanted[i], within(TOLERANCE));
                }
            });
        }
    }

    private static StepSettings settings() {
        Map<String, Double> rates = new HashMap<>();
        LAYERS.forEach(layer -> layer.parameters().forEach(spec -> rates.put(spec.name(), 0.01)));
        Optimizer adam = new Optimizer(Optimizer.Kind.ADAM, 0.9f, 0.999f, 1e-3f, 0);
        return new StepSettings(adam, rates, Double.POSITIVE_INFINITY).withObjective(Objective.pairs());
    }

    private static WeightSet start(JsonNode expected) {
        Map<String, FloatTensor> tensors = new HashMap<>();
        LAYERS.forEach(layer -> layer.parameters()
                .forEach(spec -> tensors.put(
                        spec.name(),
                        new FloatTensor(
                                spec.shapeArray(), floats(expected.get("start").get(spec.name()))))));
        return WeightSet.of(tensors);
    }

    private static float[] floats(JsonNode array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) array.get(i).asDouble();
        }
        return values;
    }

    private static JsonNode reference() throws IOException {
        try (InputStream in = PairTrainingIT.class.getResourceAsStream("/reference/pairs.json")) {
            return JsonMapper.shared().readTree(Objects.requireNonNull(in)).get("training");
        }
    }
}
