package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.pytorch.jni.JniUtils;
import dev.graft.backbone.Initialization;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;
import dev.graft.optimization.Optimizer;
import dev.graft.weights.WeightSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MomentUpdatesIT {
    private static final int WIDTH = 700;
    private static final List<Layer> HEAD =
            List.of(new Layer.Linear("head.hidden", WIDTH, 300), new Layer.Linear("head.logits", 300, 1));

    /** Several cores update parts of a tensor of 210,000 values; its last part is shorter than the others. */
    @Test
    void severalCoresUpdateAsOneDoes() {
        int before = TensorEngine.threads();
        try {
            JniUtils.setNumThreads(1);
            WeightSet one = trained(1);
            JniUtils.setNumThreads(2);
            WeightSet two = trained(1);

            assertThat(Reference.largestDifference(one, two)).isLessThan(1e-6);
            assertThat(Reference.largestDifference(one, trained(2))).isGreaterThan(1e-4);
        } finally {
            JniUtils.setNumThreads(before);
        }
    }

    private static WeightSet trained(int steps) {
        TrainingPlan plan = new TrainingPlan(ActivationShape.vector(WIDTH), List.of(), List.of(), HEAD, 2);
        WeightSet start = Initialization.GLOROT_UNIFORM.initialize(plan.parameters(), 3);
        Map<String, Double> rates = new HashMap<>();
        start.names().forEach(name -> rates.put(name, 1e-3));
        float[] values = new float[2 * WIDTH];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i * 37 % 101) / 100f;
        }
        StepSettings settings = new StepSettings(Optimizer.adamW(0.1f), rates, 0.5);
        try (Examples examples = new Examples(null, List.of(new ArrayRows(values, 2)), new int[] {0, 1});
                TrainableNetwork network = new TrainableNetwork(plan, start, settings)) {
            for (int step = 0; step < steps; step++) {
                network.step(examples, new int[] {0, 1}, step, 1);
            }
            return network.weights();
        }
    }
}
