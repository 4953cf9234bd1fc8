package dev.graft.transferability;

/**
 * LogME: how probable the labels are under a Bayesian linear model of the features, the logarithm of its maximum evidence
 * for each row, averaged over the classes. Higher is better. Needs no source head; of use for ranking source models and
 * cuts on the same rows (You et al. 2021, arXiv 2102.11005, section 4).
 */
public final class LogMe {
    // As in the authors' release: rounds, and what keeps precisions finite where the labels are fitted exactly or not
    // at
    // all. Where there are fewer rows than features the rounds are what ends the climb.
    private static final int ROUNDS = 11;
    private static final double TOLERANCE = 1e-3;
    private static final double SMALLEST = 1e-5;

    private LogMe() {}

    /**
     * The score.
     *
     * @param rows features, (rows, width), row after row
     * @param width features in a row, at least 1
     * @param labels the rows' labels, 0 to {@code classes - 1}; classes without rows do not count
     * @param classes at least 2
     * @return in nats a row
     * @throws dev.graft.error.SettingsException if the sizes do not fit each other
     * @throws dev.graft.error.DataException if a feature is not finite, a label is out of range, or all rows are of one
     *     class
     */
    public static double score(float[] rows, int width, int[] labels, int classes) {
        LabeledRows labeled = LabeledRows.of(rows, width, labels, classes);
        Spectrum spectrum = Spectrum.of(labeled);
        int[] sizes = labeled.sizes();
        double sum = 0;
        int present = 0;
        for (int c = 0; c < classes; c++) {
            if (sizes[c] > 0) {
                sum += evidence(spectrum.squares(), spectrum.projections()[c], sizes[c], labels.length);
                present++;
            }
        }
        return sum / present;
    }

    /**
     * The logarithm of the maximum evidence for one class against the others, for each row. {@code alpha} is the precision
     * of the weights, {@code beta} that of the labels, {@code ratio} alpha over beta.
     */
    private static double evidence(double[] squares, double[] projections, int size, int rows) {
        double outside = outside(projections, size, rows);
        double alpha = 1;
        double beta = 1;
        double weights = 0;
        double residual = 0;
        for (int round = 0; round < ROUNDS; round++) {
            double ratio = alpha / beta;
            double determined = 0;
            double free = rows - squares.length;
            weights = 0;
            residual = outside;
            for (int k = 0; k < squares.length; k++) {
                double shrunk = ratio / (squares[k] + ratio);
                double projection = projections[k] * projections[k];
                determined += squares[k] / (squares[k] + ratio);
                free += shrunk;
                weights += squares[k] * projection / ((squares[k] + ratio) * (squares[k] + ratio));
                residual += projection * shrunk * shrunk;
            }
            alpha = determined / (weights + SMALLEST);
            beta = free / (residual + SMALLEST);
            if (Math.abs(alpha / beta - ratio) <= TOLERANCE * ratio) {
                break;
            }
        }
        double determinant = 0;
        for (double square : squares) {
            determinant += Math.log1p(beta * square / alpha);
        }
        double logarithm = rows * Math.log(beta / (2 * Math.PI)) - determinant - beta * residual - alpha * weights;
        return logarithm / 2 / rows;
    }

    /** What no combination of features explains: the squared length of the labels outside the span of the columns. */
    private static double outside(double[] projections, int size, int rows) {
        if (projections.length == rows) {
            return 0;
        }
        double inside = 0;
        for (double projection : projections) {
            inside += projection * projection;
        }
        return Math.max(0, size - inside);
    }
}
