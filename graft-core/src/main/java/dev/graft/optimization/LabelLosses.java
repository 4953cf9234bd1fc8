package dev.graft.optimization;

import dev.graft.targets.Targets;

/** The binary cross-entropy of each label, in nats, summed over the labels of a row: one output and a sigmoid each. */
final class LabelLosses implements RowLosses {
    /** For each label. */
    private static final double LARGEST = 5;

    private static final double SMALLEST = 1e-12;

    private final Targets targets;
    private final int width;
    private final float[] weights;

    LabelLosses(Targets targets, float[] weights) {
        this.targets = targets;
        this.width = targets.kind().width();
        this.weights = weights;
    }

    @Override
    public int rows() {
        return targets.size();
    }

    @Override
    public int outputs() {
        return width;
    }

    @Override
    public RowLosses of(int[] some) {
        return new LabelLosses(targets.subset(some), weights);
    }

    private double weight(int label, boolean has) {
        return has && weights.length > 0 ? weights[label] : 1;
    }

    @Override
    public double loss(int row, float[] outputs, int offset) {
        double sum = 0;
        for (int k = 0; k < width; k++) {
            boolean has = targets.value(row, k) > 0;
            sum += weight(k, has) * loss(outputs[offset + k], has);
        }
        return sum;
    }

    private static double loss(double logit, boolean has) {
        double margin = has ? logit : -logit;
        return Math.max(-margin, 0) + Math.log1p(Math.exp(-Math.abs(margin)));
    }

    @Override
    public double lossOfAnswer(int row, float[] probabilities) {
        double sum = 0;
        for (int k = 0; k < width; k++) {
            double right = targets.value(row, k) > 0 ? probabilities[k] : 1 - (double) probabilities[k];
            sum -= Math.log(Math.max(SMALLEST, right));
        }
        return sum;
    }

    @Override
    public double lossAndGradient(int row, double[] z) {
        double sum = 0;
        for (int k = 0; k < width; k++) {
            boolean has = targets.value(row, k) > 0;
            double weight = weight(k, has);
            sum += weight * loss(z[k], has);
            z[k] = weight * (1 / (1 + Math.exp(-z[k])) - (has ? 1 : 0));
        }
        return sum;
    }

    @Override
    public double score(int row, float[] outputs, int offset) {
        int right = 0;
        for (int k = 0; k < width; k++) {
            right += outputs[offset + k] > 0 == targets.value(row, k) > 0 ? 1 : 0;
        }
        return (double) right / width;
    }

    @Override
    public double largest() {
        return LARGEST * width;
    }
}
