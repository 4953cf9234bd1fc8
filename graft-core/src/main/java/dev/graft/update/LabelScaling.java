package dev.graft.update;

import dev.graft.targets.LabelSet;
import dev.graft.targets.Targets;
import java.util.Arrays;

/**
 * Turns regressions of labels, whose targets are 1 and 0, into logits: for each label a slope and an offset, chosen on held-out
 * examples (Platt 1999, Probabilistic outputs for support vector machines) and held near those at which the probability follows the
 * regression at a half, so that few examples bear no certainty. Numbers stay as they are.
 */
final class LabelScaling {
    // The logistic function rises by a quarter at its steepest.
    private static final double SLOPE = 4;
    private static final double OFFSET = -2;
    // How far from these a label may well be: what is measured decides within tens of examples.
    private static final double SLOPE_SPREAD = 8;
    private static final double OFFSET_SPREAD = 4;
    private static final int MOST_STEPS = 50;
    private static final double TOLERANCE = 1e-9;

    private final double[] slopes;
    private final double[] offsets;

    private LabelScaling(double[] slopes, double[] offsets) {
        this.slopes = slopes;
        this.offsets = offsets;
    }

    /**
     * Chooses the scales.
     *
     * @param outputs of regressions, (examples, targets)
     */
    static LabelScaling of(float[] outputs, Targets truth) {
        int width = truth.kind().width();
        double[] slopes = new double[width];
        double[] offsets = new double[width];
        Arrays.fill(slopes, 1);
        if (truth.kind() instanceof LabelSet) {
            for (int k = 0; k < width; k++) {
                double[] line = line(outputs, truth, k);
                slopes[k] = line[0];
                offsets[k] = line[1];
            }
        }
        return new LabelScaling(slopes, offsets);
    }

    /** Newton's method on the penalised cross-entropy, which is convex; steps are halved where they overshoot. */
    private static double[] line(float[] outputs, Targets truth, int label) {
        double slope = SLOPE;
        double offset = OFFSET;
        double loss = loss(outputs, truth, label, slope, offset);
        for (int step = 0; step < MOST_STEPS; step++) {
            double ofSlope = (slope - SLOPE) / (SLOPE_SPREAD * SLOPE_SPREAD);
            double ofOffset = (offset - OFFSET) / (OFFSET_SPREAD * OFFSET_SPREAD);
            double slopes = 1 / (SLOPE_SPREAD * SLOPE_SPREAD);
            double offsets = 1 / (OFFSET_SPREAD * OFFSET_SPREAD);
            double both = 0;
            for (int i = 0; i < truth.size(); i++) {
                double output = outputs[i * truth.kind().width() + label];
                double probability = 1 / (1 + Math.exp(-(slope * output + offset)));
                double error = probability - truth.value(i, label);
                double curve = probability * (1 - probability);
                ofSlope += error * output;
                ofOffset += error;
                slopes += curve * output * output;
                offsets += curve;
                both += curve * output;
            }
            double determinant = slopes * offsets - both * both;
            double moveSlope = (offsets * ofSlope - both * ofOffset) / determinant;
            double moveOffset = (slopes * ofOffset - both * ofSlope) / determinant;
            double share = 1;
            double next = loss(outputs, truth, label, slope - moveSlope, offset - moveOffset);
            while (next > loss && share > TOLERANCE) {
                share /= 2;
                next = loss(outputs, truth, label, slope - share * moveSlope, offset - share * moveOffset);
            }
            if (!(loss - next > TOLERANCE)) {
                break;
            }
            slope -= share * moveSlope;
            offset -= share * moveOffset;
            loss = next;
        }
        return new double[] {slope, offset};
    }

    private static double loss(float[] outputs, Targets truth, int label, double slope, double offset) {
        double away = (slope - SLOPE) / SLOPE_SPREAD;
        double above = (offset - OFFSET) / OFFSET_SPREAD;
        double sum = (away * away + above * above) / 2;
        for (int i = 0; i < truth.size(); i++) {
            sum += loss(slope * outputs[i * truth.kind().width() + label] + offset, truth.value(i, label));
        }
        return sum;
    }

    /** The cross-entropy of a logit, in nats. */
    static double loss(double logit, double truth) {
        return Math.max(logit, 0) - logit * truth + Math.log1p(Math.exp(-Math.abs(logit)));
    }

    /** Scaled outputs, (examples, targets). */
    float[] of(float[] outputs) {
        float[] scaled = new float[outputs.length];
        for (int i = 0; i < scaled.length; i++) {
            int k = i % slopes.length;
            scaled[i] = (float) (slopes[k] * outputs[i] + offsets[k]);
        }
        return scaled;
    }

    double slope(int target) {
        return slopes[target];
    }

    double offset(int target) {
        return offsets[target];
    }

    /** All scales times a share. */
    LabelScaling times(double share) {
        return new LabelScaling(
                Arrays.stream(slopes).map(slope -> slope * share).toArray(),
                Arrays.stream(offsets).map(offset -> offset * share).toArray());
    }
}
