package dev.graft.optimization;

import dev.graft.targets.Targets;

/** Half the squared error of standardised numbers, summed over the numbers of a row. */
final class NumberLosses implements RowLosses {
    /** For each number: an error of ten deviations. */
    private static final double LARGEST = 50;

    private final Targets targets;
    private final int width;

    NumberLosses(Targets targets, int width) {
        this.targets = targets;
        this.width = width;
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
        return new NumberLosses(targets.subset(some), width);
    }

    @Override
    public double loss(int row, float[] outputs, int offset) {
        double sum = 0;
        for (int k = 0; k < width; k++) {
            double error = outputs[offset + k] - targets.value(row, k);
            sum += error * error / 2;
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
            sum += error * error / 2;
            z[k] = error;
        }
        return sum;
    }

    @Override
    public double score(int row, float[] outputs, int offset) {
        return 1 - 2 * loss(row, outputs, offset) / width;
    }

    @Override
    public double largest() {
        return LARGEST * width;
    }
}
