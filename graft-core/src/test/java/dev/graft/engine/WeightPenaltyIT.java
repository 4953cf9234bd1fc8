package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.layer.ParameterSpec;
import dev.graft.optimization.Optimizer;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A step with penalties agrees with one in plain Java that adds {@code strength · (w - target)} to the gradient. */
class WeightPenaltyIT {
    private static final WeightSet WEIGHTS = Reference.load("residual-weights");
    private static final WeightSet DATA = Reference.load("residual-expected");
    private static final Optimizer ADAM = Optimizer.adam();
    private static final double RATE = 0.01;
    private static final double STRENGTH = 0.3;
    private static final double HEAD_STRENGTH = 0.7;
    private static final double UNLIMITED = Double.POSITIVE_INFINITY;

    @Test
    void aStepsMomentsAndWeightsAreThoseOfTheWholeLoss() {
        Map<String, double[]> gradients = wholeGradients();
        try (TrainableNetwork network = network(UNLIMITED, true)) {
            step(network);

            assertMoments(network.optimizerState(), gradients, 1);
            assertWeights(network);
        }
    }

    @Test
    void theGradientThatIsClippedIsThatOfTheWholeLoss() {
        Map<String, double[]> gradients = wholeGradients();
        double norm = Math.sqrt(gradients.values().stream()
                .flatMapToDouble(values -> IntStream.range(0, values.length).mapToDouble(i -> values[i] * values[i]))
                .sum());
        try (TrainableNetwork network = network(norm / 4, true)) {
            step(network);

            assertMoments(network.optimizerState(), gradients, 0.25);
        }
    }

    @Test
    void aPullReplacesWeightDecay() {
        StepSettings settings = new StepSettings(ADAM.withWeightDecay(0.5f), Map.of(), UNLIMITED)
                .withPenalties(Map.of("any", new WeightPenalty(1, null)));

        assertThat(settings.optimizer()).isEqualTo(ADAM);
    }

    /** What the first moments say of the loss's gradient alone, and the penalties' gradients on top. */
    private static Map<String, double[]> wholeGradients() {
        WeightSet moments;
        try (TrainableNetwork network = network(UNLIMITED, false)) {
            step(network);
            moments = network.optimizerState();
        }
        Map<String, WeightPenalty> penalties = penalties();
        Map<String, double[]> gradients = new HashMap<>();
        for (ParameterSpec spec : Reference.RESIDUAL.parameters()) {
            if (spec.learned()) {
                gradients.put(
                        spec.name(),
                        wholeGradient(spec.name(), moments, Objects.requireNonNull(penalties.get(spec.name()))));
            }
        }
        return gradients;
    }

    private static double[] wholeGradient(String name, WeightSet moments, WeightPenalty pull) {
        float[] first = moments.get("m." + name).values();
        float[] weights = WEIGHTS.get(name).values();
        double[] whole = new double[first.length];
        for (int i = 0; i < whole.length; i++) {
            double target = pull.target() == null ? 0 : pull.target().values()[i];
            whole[i] = first[i] / (1 - ADAM.beta1()) + pull.strength() * (weights[i] - target);
        }
        return whole;
    }

    private static void assertMoments(WeightSet found, Map<String, double[]> gradients, double share) {
        gradients.forEach((name, gradient) -> {
            float[] first = found.get("m." + name).values();
            float[] second = found.get("v." + name).values();
            for (int i = 0; i < gradient.length; i++) {
                double expected = share * gradient[i];
                assertThat((double) first[i])
                        .as(name)
                        .isCloseTo((1 - ADAM.beta1()) * expected, within(1e-6 + 1e-4 * Math.abs(first[i])));
                assertThat((double) second[i])
                        .as(name)
                        .isCloseTo((1 - ADAM.beta2()) * expected * expected, within(1e-8 + 1e-3 * second[i]));
            }
        });
    }

    private static void assertWeights(TrainableNetwork network) {
        WeightSet after = network.weights();
        WeightSet state = network.optimizerState();
        for (ParameterSpec spec : Reference.RESIDUAL.parameters()) {
            if (spec.learned()) {
                float[] before = WEIGHTS.get(spec.name()).values();
                float[] first = state.get("m." + spec.name()).values();
                float[] second = state.get("v." + spec.name()).values();
                float[] now = after.get(spec.name()).values();
                for (int i = 0; i < now.length; i++) {
                    double move = RATE * ADAM.biasCorrection(1) * first[i] / (Math.sqrt(second[i]) + ADAM.epsilon());
                    assertThat((double) now[i]).as(spec.name()).isCloseTo(before[i] - move, within(1e-5));
                }
            }
        }
    }

    private static void step(TrainableNetwork network) {
        float[] labels = DATA.get("labels").values();
        int[] integers =
                IntStream.range(0, labels.length).map(i -> (int) labels[i]).toArray();
        try (Examples examples = new Examples(ArrayRows.of(DATA.get("input")), List.of(), integers)) {
            network.step(examples, IntStream.range(0, labels.length).toArray(), 0, 1);
        }
    }

    private static TrainableNetwork network(double clipNorm, boolean pulled) {
        TrainingPlan plan = Reference.residualPlan();
        Map<String, Double> rates = new HashMap<>();
        Reference.RESIDUAL.parameters().forEach(parameter -> rates.put(parameter.name(), RATE));
        StepSettings settings = new StepSettings(ADAM, rates, clipNorm);
        return new TrainableNetwork(plan, WEIGHTS, pulled ? settings.withPenalties(penalties()) : settings);
    }

    /** The stages are pulled to half of their weights, the head to 0. */
    private static Map<String, WeightPenalty> penalties() {
        Map<String, WeightPenalty> penalties = new HashMap<>();
        for (ParameterSpec spec : Reference.RESIDUAL.parameters()) {
            float[] half = WEIGHTS.get(spec.name()).values().clone();
            for (int i = 0; i < half.length; i++) {
                half[i] /= 2;
            }
            boolean head = Reference.RESIDUAL.classifier().parameters().contains(spec);
            penalties.put(
                    spec.name(),
                    head
                            ? new WeightPenalty(HEAD_STRENGTH, null)
                            : new WeightPenalty(STRENGTH, new FloatTensor(spec.shapeArray(), half)));
        }
        return penalties;
    }
}
