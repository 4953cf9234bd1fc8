package dev.graft.training;

import dev.graft.feature.Rows;
import dev.graft.layer.Standardization;
import dev.graft.strategy.Frozen;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.Arrays;
import java.util.Map;

/** Measures the features of the training data that a network's branches make before anything is trained. */
final class FeatureStatistics {
    // A feature that hardly varies, perhaps by rounding alone, would be blown up, and with it every step of a trained
    // branch:
    // it counts as varying by a tenth of what its neighbours do.
    private static final double SMALLEST_SHARE = 0.01;

    private FeatureStatistics() {}

    /** The tensors of the layer: mean and population variance of each feature of all branches. */
    static WeightSet of(Run run, Standardization layer, WeightSet branches) {
        PhasePlan plan = PhasePlan.of(run.branches(), run.headLayers(), 2, Frozen.everything());
        try (FrozenParts frozen = new FrozenParts(plan, branches, run.cache())) {
            float[] means = new float[layer.features()];
            float[] variances = new float[layer.features()];
            int start = 0;
            for (Rows rows : frozen.rows(run.train().plain())) {
                measure(rows, start, means, variances);
                start += rows.width();
            }
            return WeightSet.of(Map.of(
                    layer.means(), FloatTensor.of(means, means.length),
                    layer.variances(), FloatTensor.of(variances, variances.length)));
        }
    }

    /** Welford's running mean and sum of squares (1962), which lose nothing to cancellation. */
    private static void measure(Rows rows, int start, float[] means, float[] variances) {
        int width = rows.width();
        double[] mean = new double[width];
        double[] squares = new double[width];
        float[] row = new float[width];
        for (int i = 0; i < rows.count(); i++) {
            rows.read(i, row, 0);
            for (int j = 0; j < width; j++) {
                double apart = row[j] - mean[j];
                mean[j] += apart / (i + 1);
                squares[j] += apart * (row[j] - mean[j]);
            }
        }
        double floor = SMALLEST_SHARE * Arrays.stream(squares).average().orElse(0);
        for (int j = 0; j < width; j++) {
            means[start + j] = (float) mean[j];
            variances[start + j] = squares[j] == 0 ? 0 : (float) (Math.max(squares[j], floor) / rows.count());
        }
    }
}
