package dev.graft.update;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Greedy selection of outputs whose average has the lowest loss (Caruana et al. 2004, Ensemble selection from libraries of models). */
final class GreedyAverage {
    private GreedyAverage() {}

    /**
     * How often each of some outputs is taken.
     *
     * @param outputs of each candidate, all of one length
     * @param rounds how many are taken in all
     * @param loss of an average
     */
    static int[] counts(List<float[]> outputs, int rounds, ToDoubleFunction<float[]> loss) {
        int[] taken = new int[outputs.size()];
        float[] sum = new float[outputs.get(0).length];
        float[] average = new float[sum.length];
        for (int round = 1; round <= rounds; round++) {
            int best = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int candidate = 0; candidate < taken.length; candidate++) {
                float[] own = outputs.get(candidate);
                for (int i = 0; i < sum.length; i++) {
                    average[i] = (sum[i] + own[i]) / round;
                }
                double here = loss.applyAsDouble(average);
                if (here < least) {
                    least = here;
                    best = candidate;
                }
            }
            float[] own = outputs.get(best);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += own[i];
            }
            taken[best]++;
        }
        return taken;
    }
}
