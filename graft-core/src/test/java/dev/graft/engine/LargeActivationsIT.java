package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.backbone.Initialization;
import dev.graft.feature.Pooling;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;
import dev.graft.layer.Layer.Conv2d;
import dev.graft.layer.Layer.Linear;
import dev.graft.layer.Layer.Relu;
import dev.graft.layer.Layer.Residual;
import dev.graft.layer.ParameterSpec;
import dev.graft.layer.Stage;
import dev.graft.optimization.Optimizer;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Examples whose activations are large are computed a few at a time, and nobody sees it. */
class LargeActivationsIT {
    private static final int EXAMPLES = 23;
    private static final ActivationShape INPUT = ActivationShape.map(3, 96, 96);
    // 96 x 96 x 64 float32 numbers are 2.25 MiB.
    private static final List<Stage> STAGES = List.of(
            Stage.of(
                    "wide",
                    new Residual(
                            List.of(
                                    new Conv2d("wide", 3, 64, 3, 1, 1, true),
                                    new Relu(),
                                    new Conv2d("back", 64, 3, 1, 1, 0, true)),
                            List.of())),
            Stage.of("narrow", new Conv2d("narrow", 3, 8, 3, 4, 1, true), new Relu()));
    private static final List<Layer> HEAD = List.of(new Linear("head", 8, 5));
    private static final List<Tap> TAPS = List.of(new Tap("narrow", Pooling.MEAN));

    @Test
    void theLargestActivationCountsBranchesIncluded() {
        Program program = new Program(STAGES, TAPS);

        assertThat(program.examplesOfOneThread(INPUT)).isEqualTo(8);
        assertThat(program.examplesOfAllThreads(INPUT)).isEqualTo(17);
        assertThat(program.examplesOfOneThread(ActivationShape.map(3, 8, 8))).isEqualTo(32);
    }

    @Test
    void predictionsAreThoseOfEachExampleAlone() {
        float[] rows = rows();
        try (InferenceNetwork network = new InferenceNetwork(INPUT, STAGES, TAPS, HEAD, weights())) {
            float[] together = network.logits(rows, EXAMPLES);

            assertThat(together).hasSize(EXAMPLES * 5);
            for (int i = 0; i < EXAMPLES; i++) {
                float[] alone =
                        network.logits(Arrays.copyOfRange(rows, i * INPUT.elements(), (i + 1) * INPUT.elements()), 1);
                assertClose(i, together, alone);
            }
        }
    }

    @Test
    void evaluationsAreThoseOfEachExampleAlone() {
        TrainingPlan plan = new TrainingPlan(INPUT, STAGES, TAPS, HEAD, 5);
        StepSettings settings = new StepSettings(Optimizer.adam(), Map.of(), Double.POSITIVE_INFINITY);
        try (Examples examples = new Examples(new ArrayRows(rows(), EXAMPLES), List.of(), new int[EXAMPLES]);
                TrainableNetwork network = new TrainableNetwork(plan, weights(), settings)) {
            float[] together = network.logits(examples, 0, EXAMPLES);

            assertThat(together).hasSize(EXAMPLES * 5);
            for (int i = 0; i < EXAMPLES; i++) {
                assertClose(i, together, network.logits(examples, i, i + 1));
            }
        }
    }

    private static void assertClose(int example, float[] together, float[] alone) {
        float[] same = Arrays.copyOfRange(together, example * alone.length, (example + 1) * alone.length);
        assertThat(Numbers.largestDifference(same, alone))
                .as("example " + example)
                .isLessThan(1e-5);
    }

    private static WeightSet weights() {
        List<ParameterSpec> specs = new ArrayList<>();
        STAGES.forEach(stage -> specs.addAll(stage.parameters()));
        HEAD.forEach(layer -> specs.addAll(layer.parameters()));
        return Initialization.HE_UNIFORM.initialize(specs, 5);
    }

    private static float[] rows() {
        return Numbers.random(EXAMPLES * INPUT.elements());
    }
}
