package dev.graft.targets;

import java.util.Arrays;

/**
 * How numbers are standardised for training: mean 0 and deviation 1 over the training examples. Values of other kinds stay as they are.
 */
public final class TargetScale {
    private final double[] means;
    private final double[] deviations;

    private TargetScale(double[] means, double[] deviations) {
        this.means = means;
        this.deviations = deviations;
    }

    /** That of some training examples. */
    public static TargetScale of(Targets training) {
        return of(training.kind(), training.values());
    }

    static TargetScale of(TargetKind kind, double[] values) {
        int width = kind.width();
        double[] means = new double[width];
        double[] deviations = new double[width];
        Arrays.fill(deviations, 1);
        int count = values.length / width;
        if (kind instanceof Numbers && count > 0) {
            for (int i = 0; i < values.length; i++) {
                means[i % width] += values[i] / count;
            }
            double[] squares = new double[width];
            for (int i = 0; i < values.length; i++) {
                double away = values[i] - means[i % width];
                squares[i % width] += away * away / count;
            }
            for (int k = 0; k < width; k++) {
                double deviation = Math.sqrt(squares[k]);
                deviations[k] = deviation > 1e-12 * Math.max(1, Math.abs(means[k])) ? deviation : 1;
            }
        }
        return new TargetScale(means, deviations);
    }

    /** Whether values stay as they are. */
    public boolean isPlain() {
        return Arrays.stream(means).allMatch(mean -> mean == 0)
                && Arrays.stream(deviations).allMatch(d -> d == 1);
    }

    /** A value as it is trained on. */
    public double standardised(int place, double value) {
        return (value - means[place]) / deviations[place];
    }

    /** A value in its own unit. */
    public double restored(int place, double value) {
        return value * deviations[place] + means[place];
    }

    /** The mean of a value over the training examples. */
    public double mean(int place) {
        return means[place];
    }

    /** The deviation of a value over the training examples; 1 if it never varies. */
    public double deviation(int place) {
        return deviations[place];
    }

    /** Targets as they are trained on. */
    public Targets standardised(Targets targets) {
        if (isPlain()) {
            return targets;
        }
        double[] values = targets.values();
        double[] scaled = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            scaled[i] = standardised(i % means.length, values[i]);
        }
        return Targets.of(targets.kind(), scaled);
    }
}
