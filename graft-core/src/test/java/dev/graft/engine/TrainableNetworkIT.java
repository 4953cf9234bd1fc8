package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.backbone.Architecture;
import dev.graft.feature.Pooling;
import dev.graft.layer.Layer;
import dev.graft.layer.ParameterSpec;
import dev.graft.layer.Stage;
import dev.graft.optimization.CrossEntropy;
import dev.graft.optimization.Optimizer;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainableNetworkIT {
    private static final WeightSet WEIGHTS = Reference.load("residual-weights");
    private static final WeightSet DATA = Reference.load("residual-expected");
    private static final int[] ALL = IntStream.range(0, 12).toArray();

    @Test
    void eachTensorMovesByItsOwnLearningRateInTheFirstStep() {
        Map<String, Double> rates = new HashMap<>();
        double rate = 1e-4;
        for (Stage stage : Reference.RESIDUAL.stages()) {
            for (ParameterSpec parameter : stage.parameters()) {
                rates.put(parameter.name(), rate);
            }
            rate *= 3;
        }
        try (Examples examples = examples();
                TrainableNetwork network = network(rates)) {
            network.step(examples, ALL, 0, 0.5);

            WeightSet after = network.weights();
            for (ParameterSpec parameter : Reference.RESIDUAL.parameters()) {
                if (parameter.learned()) {
                    // Adam's first step is the rate for every weight with a gradient that is not tiny.
                    double half = Objects.requireNonNull(rates.get(parameter.name())) / 2;
                    assertThat(largestChange(after, parameter.name()))
                            .as(parameter.name())
                            .isCloseTo(half, within(half * 0.02 + 1e-7));
                }
            }
        }
    }

    @Test
    void aLossThatIsNotFiniteUpdatesNothing() {
        float[] images = DATA.get("input").values().clone();
        images[5] = Float.NaN;
        int[] labels = new int[12];
        try (Examples examples = new Examples(new ArrayRows(images, 12), List.of(), labels);
                TrainableNetwork network = network(rates(0.01))) {
            CrossEntropy.Outcome outcome = network.step(examples, ALL, 0, 1);

            assertThat(outcome.lossSum()).isNaN();
            assertThat(network.optimizerSteps()).isZero();
            for (ParameterSpec parameter : Reference.RESIDUAL.parameters()) {
                if (parameter.learned()) {
                    assertThat(network.weights().get(parameter.name())).isEqualTo(WEIGHTS.get(parameter.name()));
                }
            }
        }
    }

    @Test
    void aNetworkMadeFromWeightsAndOptimizerStateGoesOnToTheSameBits() {
        try (Examples examples = examples();
                TrainableNetwork whole = network(rates(0.01))) {
            step(whole, examples, 3);
            WeightSet weights = whole.weights();
            WeightSet state = whole.optimizerState();
            long steps = whole.optimizerSteps();
            step(whole, examples, 3);

            try (TrainableNetwork resumed = new TrainableNetwork(plan(), weights, settings(rates(0.01)))) {
                resumed.restoreOptimizer(state, steps);
                step(resumed, examples, 3);

                assertThat(resumed.weights()).isEqualTo(whole.weights());
                assertThat(resumed.optimizerState()).isEqualTo(whole.optimizerState());
                assertThat(resumed.optimizerSteps()).isEqualTo(6);
            }
        }
    }

    @Test
    void measuringDoesNotMoveWeightsOrRunningStatistics() {
        try (Examples examples = examples();
                TrainableNetwork network = network(rates(0.01))) {
            network.measure(examples, 0, 12);
            network.logits(examples, 3, 7);

            assertThat(network.weights()).isEqualTo(WEIGHTS);
        }
    }

    @Test
    void measuringAgreesWithTheInferenceNetwork() {
        Architecture architecture = Reference.RESIDUAL;
        ArrayRows images = ArrayRows.of(DATA.get("input"));
        try (Examples examples = examples();
                TrainableNetwork network = network(rates(0.01));
                InferenceNetwork inference = new InferenceNetwork(
                        architecture.inputShape(),
                        architecture.featureStages(),
                        plan().trunks().get(0).taps(),
                        architecture.classifier().layers(),
                        WEIGHTS)) {
            assertThat(network.logits(examples, 0, 12))
                    .containsExactly(inference.logits(images.values(), 12), within(1e-5f));
        }
    }

    @Test
    void theHeadSeesCachedFeaturesBeforeTheTrainedTaps() {
        Architecture architecture = Reference.RESIDUAL;
        Tap early = new Tap("block1", Pooling.MEAN);
        Tap late = new Tap("pool", Pooling.NONE);
        List<Layer> head = List.of(new Layer.Linear("head", 14, 3));
        WeightSet weights = WEIGHTS.plus(
                architecture.weightInitialization().initialize(head.get(0).parameters(), 3));
        float[] images = DATA.get("input").values();
        ArrayRows rows = new ArrayRows(images, 12);
        try (FrozenNetwork frozen = new FrozenNetwork(
                        architecture.inputShape(), architecture.stagesThrough("block1"), List.of(early), weights);
                InferenceNetwork whole = new InferenceNetwork(
                        architecture.inputShape(), architecture.featureStages(), List.of(early, late), head, weights)) {
            FrozenNetwork.Features features = frozen.run(rows, 0, 12, true);
            TrainingPlan rest = new TrainingPlan(
                    architecture.outputShape("block1"),
                    architecture.featureStages().subList(2, 4),
                    List.of(late),
                    head,
                    3);
            Map<String, Double> rates = rates(0.01);
            rates.put("head.weight", 0.01);
            rates.put("head.bias", 0.01);
            try (Examples examples = new Examples(
                            new ArrayRows(features.last(), 12),
                            List.of(new ArrayRows(features.tapped().get(0), 12)),
                            new int[12]);
                    TrainableNetwork network = new TrainableNetwork(rest, weights, settings(rates))) {
                assertThat(network.logits(examples, 0, 12)).containsExactly(whole.logits(images, 12), within(1e-5f));
            }
        }
    }

    @Test
    void dropoutFollowsTheStepsSeedAndNothingElse() {
        List<Layer> head = List.of(new Layer.Dropout(0.5f), new Layer.Linear("logits", 8, 3));
        TrainingPlan plan = new TrainingPlan(
                Reference.RESIDUAL.inputShape(),
                Reference.RESIDUAL.featureStages(),
                List.of(new Tap("pool", Pooling.NONE)),
                head,
                3);
        List<WeightSet> after = new ArrayList<>();
        for (long seed : new long[] {7, 7, 8}) {
            try (Examples examples = examples();
                    TrainableNetwork network = new TrainableNetwork(plan, WEIGHTS, settings(rates(0.01)))) {
                network.step(examples, ALL, seed, 1);
                after.add(network.weights());
            }
        }

        assertThat(after.get(1)).isEqualTo(after.get(0));
        assertThat(after.get(2)).isNotEqualTo(after.get(0));
    }

    @Test
    void dropoutDoesNothingWhenMeasuring() {
        List<Layer> head = List.of(new Layer.Dropout(0.5f), new Layer.Linear("logits", 8, 3));
        TrainingPlan plan = new TrainingPlan(
                Reference.RESIDUAL.inputShape(),
                Reference.RESIDUAL.featureStages(),
                List.of(new Tap("pool", Pooling.NONE)),
                head,
                3);
        try (Examples examples = examples();
                TrainableNetwork network = new TrainableNetwork(plan, WEIGHTS, settings(rates(0.01)))) {
            Reference.assertClose("logits", network.logits(examples, 0, 12), DATA.get("logits"), 1e-5f);
        }
    }

    private static void step(TrainableNetwork network, Examples examples, int times) {
        for (int i = 0; i < times; i++) {
            network.step(examples, ALL, i, 1);
        }
    }

    private static double largestChange(WeightSet after, String name) {
        float[] before = WEIGHTS.get(name).values();
        float[] now = after.get(name).values();
        return IntStream.range(0, now.length)
                .mapToDouble(i -> Math.abs((double) now[i] - before[i]))
                .max()
                .orElseThrow();
    }

    private static TrainableNetwork network(Map<String, Double> rates) {
        return new TrainableNetwork(plan(), WEIGHTS, settings(rates));
    }

    private static StepSettings settings(Map<String, Double> rates) {
        return new StepSettings(Optimizer.adam(), rates, Double.POSITIVE_INFINITY);
    }

    private static TrainingPlan plan() {
        return Reference.residualPlan();
    }

    private static Map<String, Double> rates(double rate) {
        Map<String, Double> rates = new HashMap<>();
        Reference.RESIDUAL.parameters().forEach(parameter -> rates.put(parameter.name(), rate));
        return rates;
    }

    private static Examples examples() {
        float[] labels = DATA.get("labels").values();
        int[] integers =
                IntStream.range(0, labels.length).map(i -> (int) labels[i]).toArray();
        return new Examples(ArrayRows.of(DATA.get("input")), List.of(), integers);
    }
}
