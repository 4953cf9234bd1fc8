package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.optimization.Optimizer;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Training with the statistics that batch normalisation was pretrained with. */
class RunningStatisticsIT {
    private static final WeightSet DATA = Reference.load("residual-expected");
    private static final WeightSet START = Reference.load("residual-weights");
    private static final int COUNT = DATA.get("labels").values().length;
    // Twice the batch, so that there is enough for two shares.
    private static final int[] BATCH =
            IntStream.range(0, 2 * COUNT).map(i -> i / 2).toArray();

    @Test
    void aStepComputesWhatInferenceComputes() {
        try (Examples examples = examples();
                TrainableNetwork network = network(true)) {
            double inference = network.measure(examples, BATCH).lossSum();

            assertThat(network.step(examples, BATCH, 0, 1).lossSum()).isCloseTo(inference, within(1e-4));
        }
    }

    @Test
    void theStatisticsStayAndTheWeightsMove() {
        try (Examples examples = examples();
                TrainableNetwork network = network(true)) {
            network.step(examples, BATCH, 0, 1);

            WeightSet after = network.weights();
            for (Map.Entry<String, FloatTensor> entry : after.asMap().entrySet()) {
                boolean statistic = entry.getKey().contains("running");
                boolean same = entry.getValue().equals(START.get(entry.getKey()));
                assertThat(same).as(entry.getKey()).isEqualTo(statistic);
            }
            assertThat(after.asMap().keySet()).anyMatch(name -> name.contains("running"));
        }
    }

    @Test
    void examplesDoNotSeeEachOtherSoThatABatchIsDealtToTheCores() {
        WeightSet one = onThreads(1, RunningStatisticsIT::trained);
        WeightSet two = onThreads(2, RunningStatisticsIT::trained);

        assertThat(Reference.largestDifference(one, two)).isLessThan(1e-5);
        try (Examples examples = examples();
                TrainableNetwork byBatch = network(false)) {
            byBatch.step(examples, BATCH, 0, 1);
            assertThat(Reference.largestDifference(one, byBatch.weights())).isGreaterThan(1e-3);
        }
    }

    private static WeightSet onThreads(int threads, Supplier<WeightSet> work) {
        List<WeightSet> result = new ArrayList<>();
        TensorEngine.onThreads(threads, () -> result.add(work.get()));
        return result.get(0);
    }

    private static WeightSet trained() {
        try (Examples examples = examples();
                TrainableNetwork network = network(true)) {
            network.step(examples, BATCH, 0, 1);
            return network.weights();
        }
    }

    private static Examples examples() {
        int[] labels = IntStream.range(0, COUNT)
                .map(i -> (int) DATA.get("labels").values()[i])
                .toArray();
        return new Examples(ArrayRows.of(DATA.get("input")), List.of(), labels);
    }

    private static TrainableNetwork network(boolean runningStatistics) {
        Map<String, Double> rates = new HashMap<>();
        Reference.RESIDUAL.parameters().forEach(parameter -> rates.put(parameter.name(), 0.01));
        Optimizer adam = new Optimizer(Optimizer.Kind.ADAM, 0.9f, 0.999f, 1e-3f, 0f);
        StepSettings settings = new StepSettings(adam, rates, Double.POSITIVE_INFINITY);
        return new TrainableNetwork(Reference.residualPlan(), START, settings.withRunningStatistics(runningStatistics));
    }
}
