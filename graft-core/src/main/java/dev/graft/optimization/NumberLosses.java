package dev.graft.optimization;

import dev.graft.targets.Targets;

/** What errors of standardised numbers cost ({@link NumberLoss}), summed over the numbers of a row. */
final class NumberLosses implements RowLosses {
    private static final double LARGEST_ERROR = 10;

    private final Targets targets;
    private final int width;
    private final NumberLoss each;

    NumberLosses(Targets targets, NumberLoss each) {
        this.targets = targets;
        this.width = targets.kind().width();
        this.each = each;
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
        return new NumberLosses(targets.subset(some), each);
    }

    @Override
    public double loss(int row, float[] outputs, int offset) {
        double sum = 0;
        for (int k = 0; k < width; k++) {
            sum += each.loss(outputs[offset + k] - targets.value(row, k));
        }
        return sum;
    }

    @Override
    public double lossOfAnswer(int row, float[] numbers) {
        return loss(row, numbers, 0);
    }

    @Override
    public double lossAndGradient(int row, double[] z) {
        double sum = 0;
        for (int k = 0; k < width; k++) {
            double error = z[k] - targets.value(row, k);
            sum += each.loss(error);
            z[k] = each.slope(error);
        }
        return sum;
    }

    @Override
    public double score(int row, float[] outputs, int offset) {
        double sum = 0;
        for (int k = 0; k < width; k++) {
            sum += NumberLoss.SQUARED.loss(outputs[offset + k] - targets.value(row, k));
        }
        return 1 - 2 * sum / width;
    }

    @Override
    public double largest() {
        return each.loss(LARGEST_ERROR) * width;
    }
}
