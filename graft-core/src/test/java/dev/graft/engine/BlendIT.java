package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.feature.Pooling;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;
import dev.graft.layer.Stage;
import dev.graft.optimization.CrossEntropy;
import dev.graft.optimization.Optimizer;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** On a linear layer over pictures of 4 rows, 3 columns and 2 channels. */
class BlendIT {
    private static final int WIDTH = 24;
    private static final int[] LABELS = {0, 1, 2, 1};
    private static final int[] ALL = {0, 1, 2, 3};
    private static final int[] PARTNERS = {2, 0, 3, 1};

    @Test
    void aShareOfOneIsNoBlend() {
        assertThat(trained(images(), LABELS, Blend.sum(PARTNERS, 1))).isEqualTo(trained(images(), LABELS, null));
    }

    @Test
    void aShareOfZeroIsThePartnerWithItsLabel() {
        float[] partners = new float[4 * WIDTH];
        int[] labels = new int[4];
        for (int i = 0; i < 4; i++) {
            System.arraycopy(images(), PARTNERS[i] * WIDTH, partners, i * WIDTH, WIDTH);
            labels[i] = LABELS[PARTNERS[i]];
        }
        WeightSet expected = trained(partners, labels, null);

        assertThat(trained(images(), LABELS, Blend.sum(PARTNERS, 0))).isEqualTo(expected);
        assertThat(trained(images(), LABELS, new Blend(PARTNERS, 0, 0, 0, 4, 3)))
                .isEqualTo(expected);
    }

    @Test
    void theLossIsThatOfBothLabelsInProportionOnTheBlendedPicture() {
        Blend blend = new Blend(PARTNERS, 0.5, 1, 1, 3, 2);
        float[] pasted = images();
        for (int i = 0; i < 4; i++) {
            for (int y = 1; y < 4; y++) {
                System.arraycopy(
                        images(), PARTNERS[i] * WIDTH + (y * 3 + 1) * 2, pasted, i * WIDTH + (y * 3 + 1) * 2, 4);
            }
        }
        double own = loss(pasted, LABELS, null);
        double other =
                loss(pasted, IntStream.of(PARTNERS).map(place -> LABELS[place]).toArray(), null);

        assertThat(loss(images(), LABELS, blend)).isCloseTo((own + other) / 2, within(1e-5));
    }

    @Test
    void aClassOfWeightZeroTeachesNothingAndAllOfWeightTwoTeachTwice() {
        // Nothing penalties class 1's logit up where its own examples do not count.
        assertThat(trainedBiases(new float[] {1, 0, 1})[1]).isNegative();
        for (float value : gradient(new float[] {0, 0, 0})) {
            assertThat(Math.abs(value)).isZero();
        }
        float[] once = gradient(new float[] {1, 1, 1});
        float[] twice = gradient(new float[] {2, 2, 2});
        for (int i = 0; i < once.length; i++) {
            assertThat(twice[i]).isCloseTo(2 * once[i], within(1e-7f));
        }
    }

    private static float[] gradient(float[] classWeights) {
        float[] gradient = new float[6];
        CrossEntropy.measure(
                new float[] {1, 2, 3, 0, -1, 1},
                3,
                new int[] {2, 1},
                0,
                new CrossEntropy.Goal(classWeights, 0),
                2,
                gradient);
        return gradient;
    }

    private static float[] trainedBiases(float[] classWeights) {
        try (Examples examples = examples(images(), LABELS);
                TrainableNetwork network = network(classWeights)) {
            network.step(examples, ALL, 0, 1);
            return network.weights().get("head.bias").values();
        }
    }

    private static WeightSet trained(float[] images, int[] labels, @Nullable Blend blend) {
        try (Examples examples = examples(images, labels);
                TrainableNetwork network = network(new float[0])) {
            network.step(examples, ALL, blend, 0, 1);
            return network.weights();
        }
    }

    private static double loss(float[] images, int[] labels, @Nullable Blend blend) {
        try (Examples examples = examples(images, labels);
                TrainableNetwork network = network(new float[0])) {
            return network.step(examples, ALL, blend, 0, 1).lossSum();
        }
    }

    private static Examples examples(float[] images, int[] labels) {
        return new Examples(new ArrayRows(images, 4), List.of(), labels);
    }

    private static TrainableNetwork network(float[] classWeights) {
        List<Layer> head = List.of(new Layer.Linear("head", WIDTH, 3));
        TrainingPlan plan = new TrainingPlan(
                ActivationShape.map(2, 4, 3),
                List.of(new Stage("flat", List.of(new Layer.Flatten()))),
                List.of(new Tap("flat", Pooling.NONE)),
                head,
                3);
        float[] weights = new float[3 * WIDTH];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) Math.cos(i);
        }
        WeightSet start = WeightSet.of(
                Map.of("head.weight", FloatTensor.of(weights, 3, WIDTH), "head.bias", FloatTensor.of(new float[3], 3)));
        return new TrainableNetwork(
                plan,
                start,
                new StepSettings(
                        Optimizer.adam(),
                        Map.of("head.weight", 0.01, "head.bias", 0.01),
                        Double.POSITIVE_INFINITY,
                        classWeights));
    }

    private static float[] images() {
        float[] images = new float[4 * WIDTH];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) Math.sin(i * 0.7);
        }
        return images;
    }
}
