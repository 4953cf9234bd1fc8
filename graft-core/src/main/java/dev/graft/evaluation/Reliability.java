package dev.graft.evaluation;

import dev.graft.result.ReliabilityBin;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether confidences keep what they promise: of all predictions made with a confidence of 0.8, four fifths should be
 * right.
 */
public final class Reliability {
    /** As many as in Guo et al., "On Calibration of Modern Neural Networks", 2017, arXiv 1706.04599. */
    public static final int BINS = 15;

    private Reliability() {}

    /**
     * The predictions in {@value #BINS} ranges of confidence of equal width, lowest first. A range holds its upper end, not
     * its lower; ranges without a prediction are left out.
     */
    public static List<ReliabilityBin> bins(Evaluation evaluation) {
        int[] counts = new int[BINS];
        int[] right = new int[BINS];
        double[] confidences = new double[BINS];
        int[] predicted = evaluation.predicted();
        for (int i = 0; i < predicted.length; i++) {
            double confidence = Math.min(1, evaluation.probabilities()[i][predicted[i]]);
            int bin = Math.max(0, Math.min(BINS - 1, (int) Math.ceil(confidence * BINS) - 1));
            counts[bin]++;
            right[bin] += predicted[i] == evaluation.truth()[i] ? 1 : 0;
            confidences[bin] += confidence;
        }
        List<ReliabilityBin> bins = new ArrayList<>();
        for (int bin = 0; bin < BINS; bin++) {
            if (counts[bin] > 0) {
                bins.add(new ReliabilityBin(
                        bin / (double) BINS,
                        (bin + 1) / (double) BINS,
                        counts[bin],
                        confidences[bin] / counts[bin],
                        right[bin] / (double) counts[bin]));
            }
        }
        return bins;
    }

    /**
     * The expected calibration error: how far confidence and accuracy lie apart, as a mean over the bins weighted by their
     * counts; 0 to 1.
     */
    public static double expectedCalibrationError(List<ReliabilityBin> bins) {
        double gaps = 0;
        long examples = 0;
        for (ReliabilityBin bin : bins) {
            gaps += bin.count() * Math.abs(bin.confidence() - bin.accuracy());
            examples += bin.count();
        }
        return examples == 0 ? 0 : gaps / examples;
    }
}
