package dev.graft.optimization;

/**
 * What the error of a number costs while it is learned. Errors are in standard deviations of the training examples' numbers, since
 * numbers are standardised for training. How good a network is, is measured by the squared error whatever it learned by.
 */
public enum NumberLoss {
    /** Half the square of the error, the usual one: what is learned is the mean, on which a number far off pulls hard. */
    SQUARED(Double.POSITIVE_INFINITY, 1),
    /**
     * The size of the error: what is learned is the median, on which a number far off pulls no harder than others. Within a hundredth of a
     * deviation it is rounded off by a parabola, so that it has a gradient everywhere.
     */
    ABSOLUTE(0.01, 100),
    /**
     * Half the square of the error up to one standard deviation of the numbers, beyond that its size (Huber 1964, Robust estimation of a
     * location parameter). Huber's 1.345, which costs 5% of the precision where errors are normal, is in deviations of the errors, which
     * are not known before there is a network; they are as large as one deviation of the numbers where R² is 0.45, and smaller above, where
     * even less is lost.
     */
    HUBER(1, 1);

    private final double bend;
    private final double scale;

    NumberLoss(double bend, double scale) {
        this.bend = bend;
        this.scale = scale;
    }

    /** What an error costs. */
    double loss(double error) {
        double size = Math.abs(error);
        return scale * (size <= bend ? error * error / 2 : bend * (size - bend / 2));
    }

    /** The derivative of that. */
    double slope(double error) {
        return scale * Math.max(-bend, Math.min(bend, error));
    }
}
