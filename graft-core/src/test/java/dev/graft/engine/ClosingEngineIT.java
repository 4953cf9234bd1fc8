package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.ndarray.NDManager;
import dev.graft.backbone.Architecture;
import dev.graft.backbone.Architectures;
import dev.graft.error.ClosedException;
import dev.graft.error.GraftException;
import dev.graft.feature.Pooling;
import dev.graft.feature.Rows;
import dev.graft.optimization.DesignMatrix;
import dev.graft.optimization.Optimizer;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever holds native memory survives being closed at the wrong moment, and gives the memory back. */
class ClosingEngineIT {
    private static final int EXAMPLES = 16;
    private static final int[] BATCH = IntStream.range(0, EXAMPLES).toArray();
    private static final Architecture DIGITS = Architectures.named("digits-cnn");

    /** In a blocked program, in packed convolutions, and in arrays. */
    @ParameterizedTest
    @CsvSource({"digits-cnn, conv1", "mobilenet_v2, features.1"})
    void aFrozenNetwork(String backbone, String stage) {
        Architecture architecture = Architectures.named(backbone);
        WeightSet weights = weights(architecture);
        int width = architecture.inputShape().rowLength();
        ArrayRows rows = new ArrayRows(new float[2 * width], 2);
        assertGivesItsMemoryBack(() -> {
            try (ClosingSoak soak = new ClosingSoak()) {
                soak.run(
                        () -> new FrozenNetwork(
                                architecture.inputShape(),
                                architecture.stagesThrough(stage),
                                List.of(new Tap(stage, Pooling.MEAN)),
                                weights),
                        FrozenNetwork::close,
                        network -> network.run(rows, 0, 2, true));
            }
        });
    }

    @Test
    void aNetworkForPredictionAndWhatMovedInAFrozenOne() {
        InferenceNetwork network = inference(weights(DIGITS));
        network.close();
        assertClosed(() -> network.logits(new float[28 * 28], 1));
        assertClosed(network::requireOpen);
        FrozenNetwork frozen = new FrozenNetwork(
                DIGITS.inputShape(),
                DIGITS.stagesThrough("conv1"),
                List.of(new Tap("conv1", Pooling.MEAN)),
                weights(DIGITS));
        frozen.close();
        frozen.close();
        assertClosed(frozen::moved);
    }

    @Test
    void aNetworkInTraining() {
        assertGivesItsMemoryBack(() -> {
            try (Examples examples = examples();
                    ClosingSoak soak = new ClosingSoak()) {
                soak.run(ClosingEngineIT::trainable, TrainableNetwork::close, network -> {
                    network.step(examples, BATCH, 1, 1);
                    network.measure(examples, 0, EXAMPLES);
                    network.weights();
                    network.restoreOptimizer(network.optimizerState(), network.optimizerSteps());
                });
            }
        });
    }

    @Tag("slow")
    @Test
    void aNetworkInTrainingWithThreadsOfItsOwn() {
        TensorEngine.onThreads(2, this::aNetworkInTraining);
    }

    @Test
    void examplesOfATraining() {
        assertGivesItsMemoryBack(() -> {
            try (TrainableNetwork network = trainable();
                    ClosingSoak soak = new ClosingSoak()) {
                soak.run(ClosingEngineIT::examples, Examples::close, examples -> network.step(examples, BATCH, 1, 1));
            }
        });
    }

    @Test
    void examplesThatAreReadBatchByBatch() {
        ArrayRows rows = new ArrayRows(new float[EXAMPLES * 28 * 28], EXAMPLES);
        Examples.Part once = new Examples.Part(rows, List.of(), null, true);
        try (TrainableNetwork network = trainable()) {
            Examples examples = new Examples(List.of(once), new int[EXAMPLES]);
            examples.announce(BATCH);
            network.step(examples, BATCH, 1, 1);
            examples.close();
            examples.close();
            assertClosed(() -> network.step(examples, BATCH, 1, 1));
        }
    }

    @Test
    void aMatrix() {
        float[] values = new float[200 * 100];
        double[] weights = new double[100];
        double[] target = new double[200];
        assertGivesItsMemoryBack(() -> {
            try (ClosingSoak soak = new ClosingSoak()) {
                soak.run(
                        () -> EngineMatrix.of(values, 100),
                        DesignMatrix::close,
                        matrix -> matrix.multiply(weights, 1, target));
            }
        });
    }

    @Test
    void whatCannotBeMadeLeavesNothingBehind() {
        assertGivesItsMemoryBack(() -> {
            Map<String, FloatTensor> some = new HashMap<>(weights(DIGITS).asMap());
            some.remove("dense.weight");
            assertThatExceptionOfType(RuntimeException.class)
                    .isThrownBy(() -> inference(WeightSet.of(some)))
                    .isInstanceOfAny(GraftException.class, NoSuchElementException.class);
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> new Examples(new BrokenRows(), List.of(), new int[2]));
        });
    }

    private record BrokenRows() implements Rows {
        @Override
        public int count() {
            return 2;
        }

        @Override
        public int width() {
            return 28 * 28;
        }

        @Override
        public void read(int row, float[] target, int offset) {
            throw new IllegalStateException("broken");
        }
    }

    private static InferenceNetwork inference(WeightSet weights) {
        return new InferenceNetwork(
                DIGITS.inputShape(),
                DIGITS.featureStages(),
                List.of(new Tap("dense", Pooling.NONE)),
                DIGITS.classifier().layers(),
                weights);
    }

    private static TrainableNetwork trainable() {
        Map<String, Double> rates = new HashMap<>();
        DIGITS.parameters().forEach(parameter -> rates.put(parameter.name(), 1e-3));
        TrainingPlan plan = new TrainingPlan(
                DIGITS.inputShape(),
                DIGITS.featureStages(),
                List.of(new Tap("dense", Pooling.NONE)),
                DIGITS.classifier().layers(),
                10);
        return new TrainableNetwork(
                plan, weights(DIGITS), new StepSettings(Optimizer.adam(), rates, Double.POSITIVE_INFINITY));
    }

    private static Examples examples() {
        return new Examples(new ArrayRows(new float[EXAMPLES * 28 * 28], EXAMPLES), List.of(), new int[EXAMPLES]);
    }

    private static WeightSet weights(Architecture architecture) {
        return architecture.weightInitialization().initialize(architecture.parameters(), 1);
    }

    private static void assertClosed(Runnable use) {
        assertThatExceptionOfType(ClosedException.class).isThrownBy(use::run).withMessageContaining("is closed");
    }

    private static void assertGivesItsMemoryBack(Runnable work) {
        int before = scopes();
        work.run();
        assertThat(scopes()).isEqualTo(before);
    }

    /** How many scopes and arrays the engine holds. */
    private static int scopes() {
        try (NDManager scope = TensorEngine.newScope()) {
            return Math.toIntExact(scope.getParentManager().getManagedArrays().size());
        }
    }
}
