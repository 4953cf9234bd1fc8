package dev.graft.optimization;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.util.Arrays;

/** The cross-entropy of classes, in nats: one output and a sigmoid for two of them, else one each and a softmax. */
final class ClassLosses implements RowLosses {
    private static final double LARGEST = 5;
    private static final double SMALLEST = 1e-12;

    private final int[] labels;
    private final int classes;
    private final float[] weights;
    private final SoftLabels soft;

    ClassLosses(int[] labels, int classes, float[] weights, SoftLabels soft) {
        this.labels = labels;
        this.classes = classes;
        this.weights = weights;
        this.soft = soft;
    }

    /**
     * The losses as those of classes.
     *
     * @throws SettingsException if they are others
     */
    static ClassLosses require(RowLosses losses) {
        if (losses instanceof ClassLosses ofClasses) {
            return ofClasses;
        }
        throw new SettingsException(Problem.of("Discriminant analysis tells classes apart.")
                .expected("one class or grade for each example")
                .found("several labels or numbers")
                .fix("use a regression"));
    }

    int[] labels() {
        return labels;
    }

    int classes() {
        return classes;
    }

    float[] weights() {
        return weights;
    }

    private double weight(int row) {
        return weights.length == 0 ? 1 : weights[labels[row]];
    }

    @Override
    public int rows() {
        return labels.length;
    }

    @Override
    public int outputs() {
        return LogisticSolver.logits(classes);
    }

    @Override
    public RowLosses of(int[] some) {
        return new ClassLosses(Arrays.stream(some).map(row -> labels[row]).toArray(), classes, weights, soft);
    }

    @Override
    public double loss(int row, float[] outputs, int offset) {
        // Not cut off where it is large: that would invite logits that are sure of their mistakes.
        int width = outputs();
        double[][] targets = soft.targets();
        if (targets == null) {
            return weight(row) * CrossEntropy.loss(outputs, offset / width, width, labels[row]);
        }
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            sum += targets[labels[row]][c] * CrossEntropy.loss(outputs, offset / width, width, c);
        }
        return weight(row) * sum;
    }

    @Override
    public double lossOfAnswer(int row, float[] probabilities) {
        double[][] targets = soft.targets();
        if (targets == null) {
            return -Math.log(Math.max(SMALLEST, probabilities[labels[row]]));
        }
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            sum -= targets[labels[row]][c] * Math.log(Math.max(SMALLEST, probabilities[c]));
        }
        return sum;
    }

    @Override
    public double lossAndGradient(int row, double[] z) {
        double count = weight(row);
        double[][] targets = soft.targets();
        double loss = targets == null ? hard(z, labels[row]) : soft(z, targets[labels[row]]);
        for (int k = 0; k < z.length; k++) {
            z[k] = count * z[k];
        }
        return count * loss;
    }

    /** The loss of one row; turns its logits into probability minus truth. */
    private static double hard(double[] z, int label) {
        if (z.length == 1) {
            double logit = z[0];
            z[0] = 1 / (1 + Math.exp(-logit)) - label;
            double margin = label == 1 ? logit : -logit;
            return Math.max(-margin, 0) + Math.log1p(Math.exp(-Math.abs(margin)));
        }
        double max = Arrays.stream(z).max().orElseThrow();
        double chosen = z[label];
        double sum = exponentials(z, max);
        for (int k = 0; k < z.length; k++) {
            z[k] = z[k] / sum - (k == label ? 1 : 0);
        }
        return max - chosen + Math.log(sum);
    }

    private static double soft(double[] z, double[] wanted) {
        if (z.length == 1) {
            double logit = z[0];
            z[0] = 1 / (1 + Math.exp(-logit)) - wanted[1];
            return Math.max(logit, 0) - wanted[1] * logit + Math.log1p(Math.exp(-Math.abs(logit)));
        }
        double max = Arrays.stream(z).max().orElseThrow();
        double aimed = 0;
        for (int k = 0; k < z.length; k++) {
            aimed += wanted[k] * z[k];
        }
        double sum = exponentials(z, max);
        for (int k = 0; k < z.length; k++) {
            z[k] = z[k] / sum - wanted[k];
        }
        return max - aimed + Math.log(sum);
    }

    private static double exponentials(double[] z, double max) {
        double sum = 0;
        for (int k = 0; k < z.length; k++) {
            z[k] = Math.exp(z[k] - max);
            sum += z[k];
        }
        return sum;
    }

    @Override
    public double score(int row, float[] outputs, int offset) {
        int width = outputs();
        if (width == 1) {
            return (outputs[offset] > 0 ? 1 : 0) == labels[row] ? 1 : 0;
        }
        int best = 0;
        for (int c = 1; c < width; c++) {
            best = outputs[offset + c] > outputs[offset + best] ? c : best;
        }
        return best == labels[row] ? 1 : 0;
    }

    /**
     * The losses by which sure heads are compared that did not learn from the rows: against targets that leave room for the mistake which
     * the rule of succession expects of the next row when all were right, 1 in (rows + 2). Soft targets stay as they are.
     */
    ClassLosses cautious() {
        return soft.targets() != null
                ? this
                : new ClassLosses(labels, classes, weights, SoftLabels.smoothed(classes, 1.0 / (labels.length + 2)));
    }

    @Override
    public double largest() {
        return LARGEST;
    }
}
