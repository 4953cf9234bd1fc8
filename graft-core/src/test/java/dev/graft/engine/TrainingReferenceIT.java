package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.backbone.Architecture;
import dev.graft.feature.Pooling;
import dev.graft.optimization.CrossEntropy;
import dev.graft.optimization.Optimizer;
import dev.graft.optimization.Optimizer.Kind;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Training steps on the residual network agree with PyTorch's autograd in float64 and the documented update. A step moves
 * a weight by about the learning rate, 0.002; weights agree to 1e-5, a two-hundredth of that.
 */
class TrainingReferenceIT {
    private static final float TOLERANCE = 1e-5f;
    private static final double RATE = 0.002;

    static Stream<Arguments> updates() {
        return Stream.of(
                Arguments.of("adam", Optimizer.adam(), Double.POSITIVE_INFINITY),
                Arguments.of("adam-l2", decaying(Kind.ADAM, 0.2f), Double.POSITIVE_INFINITY),
                Arguments.of("adamw", decaying(Kind.ADAMW, 2f), Double.POSITIVE_INFINITY),
                Arguments.of("clipped", decaying(Kind.ADAM, 0.2f), 0.1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("updates")
    void lossesWeightsAndRunningStatisticsAfterOneAndFiveStepsAgreeWithPyTorch(
            String name, Optimizer optimizer, double clipNorm) {
        WeightSet data = Reference.load("residual-expected");
        WeightSet expected = Reference.load("residual-trained").select(name + ".");
        try (Examples examples =
                        new Examples(ArrayRows.of(data.get("input")), List.of(), integers(data.get("labels")));
                TrainableNetwork network = network(new StepSettings(optimizer, rates(), clipNorm))) {
            for (int step = 1; step <= 5; step++) {
                int[] half = IntStream.range(0, 6).toArray();
                int[] batch = step % 2 == 1
                        ? half
                        : IntStream.of(half).map(i -> i + 6).toArray();
                CrossEntropy.Outcome outcome = network.step(examples, batch, 0, 1);

                assertThat(outcome.lossSum() / 6)
                        .as("loss of step " + step)
                        .isCloseTo(expected.get("losses").values()[step - 1], within(1e-5));
                if (step == 1 || step == 5) {
                    assertClose(network.weights(), expected.select("step" + step + "."));
                }
            }
        }
    }

    private static void assertClose(WeightSet found, WeightSet expected) {
        assertThat(found.names()).containsExactlyInAnyOrderElementsOf(expected.names());
        for (String tensor : expected.names()) {
            Reference.assertClose(tensor, found.get(tensor).values(), expected.get(tensor), TOLERANCE);
        }
    }

    private static TrainableNetwork network(StepSettings settings) {
        Architecture architecture = Reference.RESIDUAL;
        TrainingPlan plan = new TrainingPlan(
                architecture.inputShape(),
                architecture.featureStages(),
                List.of(new Tap("pool", Pooling.NONE)),
                architecture.classifier().layers(),
                3);
        return new TrainableNetwork(plan, Reference.load("residual-weights"), settings);
    }

    private static Optimizer decaying(Kind kind, float decay) {
        return new Optimizer(kind, 0.9f, 0.999f, 1e-7f, decay);
    }

    private static Map<String, Double> rates() {
        Map<String, Double> rates = new HashMap<>();
        Reference.RESIDUAL.parameters().forEach(parameter -> rates.put(parameter.name(), RATE));
        return rates;
    }

    private static int[] integers(FloatTensor tensor) {
        int[] values = new int[tensor.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (int) tensor.values()[i];
        }
        return values;
    }
}
