package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Hashed;
import dev.graft.backbone.PublishedNetworks;
import dev.graft.feature.Pooling;
import dev.graft.layer.Layer;
import dev.graft.layer.Stage;
import dev.graft.optimization.Optimizer;
import dev.graft.optimization.Optimizer.Kind;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Narrow networks of each family, built by the same code as the whole ones, agree with torchvision's and timm's in float64: every
 * cut and the logits in inference, loss, weights and running statistics after one training step. The tolerance is 1e-4
 * for values of a size around one, and grows with them.
 */
class BackboneReferenceIT {
    private static final float TOLERANCE = 1e-4f;
    private static final double RATE = 30;
    // So large that a step is proportional to the gradient, which Adam otherwise hides.
    private static final float EPSILON = 1f;

    @ParameterizedTest
    @ValueSource(
            strings = {"resnet-basic", "resnet-bottleneck", "mobilenet", "efficientnet", "efficientnet-lite", "convnext"
            })
    void everyCutAndTheLogitsAgreeWithTorchvision(String family) {
        Architecture architecture = PublishedNetworks.narrow(family);
        WeightSet weights = Hashed.weights(family, architecture.parameters());
        WeightSet expected = Reference.load("backbones/narrow-" + family);
        float[] images = Hashed.images(2, 40, 24);
        List<Tap> taps = Reference.taps(
                architecture.featureStages().stream().map(Stage::name).toArray(String[]::new));

        try (FrozenNetwork frozen =
                new FrozenNetwork(architecture.inputShape(), architecture.featureStages(), taps, weights)) {
            List<float[]> tapped =
                    frozen.run(new ArrayRows(images, 2), 0, 2, false).tapped();

            for (int i = 0; i < taps.size(); i++) {
                assertClose(taps.get(i).toString(), tapped.get(i), Reference.features(expected, taps.get(i)));
            }
        }
        assertClose("logits", logits(architecture, weights, images, 2), expected.get("logits"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"resnet-basic", "resnet-bottleneck", "mobilenet", "efficientnet", "efficientnet-lite", "convnext"
            })
    void aTrainingStepAgreesWithTorchvision(String family) {
        Architecture architecture = PublishedNetworks.narrow(family);
        WeightSet expected = Reference.load("backbones/narrow-" + family);
        List<Layer> head = architecture.classifier().layers().stream()
                .filter(layer -> !(layer instanceof Layer.Dropout))
                .toList();
        TrainingPlan plan = new TrainingPlan(
                architecture.inputShape(),
                architecture.featureStages(),
                List.of(new Tap("pool", Pooling.NONE)),
                head,
                5);
        Map<String, Double> rates = new HashMap<>();
        architecture.parameters().forEach(parameter -> rates.put(parameter.name(), RATE));
        StepSettings settings =
                new StepSettings(new Optimizer(Kind.ADAM, 0.9f, 0.999f, EPSILON, 0f), rates, Double.POSITIVE_INFINITY);
        int[] all = IntStream.range(0, 8).toArray();
        int[] labels = IntStream.of(all).map(i -> i % 5).toArray();

        try (Examples examples = new Examples(new ArrayRows(Hashed.images(8, 40, 24), 8), List.of(), labels);
                TrainableNetwork network =
                        new TrainableNetwork(plan, Hashed.weights(family, architecture.parameters()), settings)) {
            double loss = network.step(examples, all, 0, 1).lossSum() / 8;

            assertThat(loss).isCloseTo(expected.get("loss").values()[0], within(1e-4));
            WeightSet after = expected.select("after.");
            assertThat(network.weights().names()).containsExactlyInAnyOrderElementsOf(after.names());
            for (String tensor : after.names()) {
                assertClose(tensor, summary(network.weights().get(tensor).values()), after.get(tensor));
            }
        }
    }

    private static float[] logits(Architecture architecture, WeightSet weights, float[] images, int count) {
        try (InferenceNetwork network = new InferenceNetwork(
                architecture.inputShape(),
                architecture.featureStages(),
                List.of(new Tap("pool", Pooling.NONE)),
                architecture.classifier().layers(),
                weights)) {
            return network.logits(images, count);
        }
    }

    private static void assertClose(String what, float[] found, FloatTensor expected) {
        float largest = 1;
        for (float value : expected.values()) {
            largest = Math.max(largest, Math.abs(value));
        }
        Reference.assertClose(what, found, expected, TOLERANCE * largest);
    }

    /** Four numbers that change when any value does: the first, the last, and two projections on hashed directions. */
    private static float[] summary(float[] values) {
        float[] summary = {values[0], values[values.length - 1], 0, 0};
        for (int k = 0; k < 2; k++) {
            double[] direction = Hashed.uniform(k == 0 ? "first" : "second", values.length);
            double sum = 0;
            for (int i = 0; i < values.length; i++) {
                sum += direction[i] * values[i];
            }
            summary[2 + k] = (float) (sum / Math.sqrt(values.length));
        }
        return summary;
    }
}
