package dev.graft.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one strategy reached on the target task. Over several seeds the accuracy, loss and times are means; history,
 * confusion and gallery are those of the first seed.
 *
 * @param strategy the strategy's name, such as {@code feature-extraction}, {@code feature-extraction@dense},
 *     {@code fine-tuning}, {@code from-scratch}; of items of several parts with the part, as in
 *     {@code feature-extraction: photo}
 * @param cut where the frozen part ends: one stage or several joined by {@code +}; {@code none} if nothing is frozen; of
 *     several branches each after the branch's name and a slash
 * @param pooling {@code none}, {@code mean}, {@code max}, {@code mean+max} or {@code mean+max+std}
 * @param head the head's name: {@code mlp}, {@code linear}, {@code logistic-regression}; where it joins several
 *     branches after how it joins them, as in {@code concatenation + mlp}
 * @param testAccuracy accuracy on the test data, 0 to 1
 * @param testLoss mean cross-entropy on the test data, in nats
 * @param interval 95% interval of the accuracy
 * @param intervalMethod {@code student-t over seeds}, or {@code wilson} for one seed or equal accuracies of all
 * @param seedAccuracies test accuracy of each seed, in order
 * @param epochs epochs trained, over all phases
 * @param featureSeconds time to run the frozen part over the data, in seconds
 * @param trainSeconds time to train the rest, in seconds
 * @param trainableParameters parameters trained in the last phase
 * @param totalParameters parameters of backbone (up to the cut) and head
 * @param againstScratch this strategy's accuracy minus from-scratch's, paired by seed; null for from-scratch itself and
 *     where scratch was not run
 * @param summary the network, stage by stage, the head's layers last
 * @param history what each epoch measured
 * @param classification confusion matrix and per-class figures on the test data
 * @param gallery predictions on some test images
 * @param calibration how far the confidences can be trusted; null where it was not measured
 * @param unknown the confidence below which an image is none of the classes; null if there is none
 * @param topLosses mistakes on the test data, the highest loss first; empty where they were not listed
 * @param selection how the strategy was chosen, with the first seed; null if it was given
 */
public record StrategyResult(
        String strategy,
        String cut,
        String pooling,
        String head,
        double testAccuracy,
        double testLoss,
        Interval interval,
        String intervalMethod,
        List<Double> seedAccuracies,
        int epochs,
        double featureSeconds,
        double trainSeconds,
        long trainableParameters,
        long totalParameters,
        @Nullable Difference againstScratch,
        List<StageSummary> summary,
        List<EpochResult> history,
        Classification classification,
        List<PredictionResult> gallery,
        @Nullable CalibrationResult calibration,
        @Nullable UnknownThreshold unknown,
        List<PredictionResult> topLosses,
        @Nullable SelectionResult selection) {
    /** Copies the lists. */
    public StrategyResult {
        seedAccuracies = List.copyOf(seedAccuracies);
        summary = List.copyOf(summary);
        history = List.copyOf(history);
        gallery = List.copyOf(gallery);
        topLosses = Measured.orEmpty(topLosses);
    }

    /** A row whose confidences were not looked into. */
    public StrategyResult(
            String strategy,
            String cut,
            String pooling,
            String head,
            double testAccuracy,
            double testLoss,
            Interval interval,
            String intervalMethod,
            List<Double> seedAccuracies,
            int epochs,
            double featureSeconds,
            double trainSeconds,
            long trainableParameters,
            long totalParameters,
            @Nullable Difference againstScratch,
            List<StageSummary> summary,
            List<EpochResult> history,
            Classification classification,
            List<PredictionResult> gallery) {
        this(
                strategy,
                cut,
                pooling,
                head,
                testAccuracy,
                testLoss,
                interval,
                intervalMethod,
                seedAccuracies,
                epochs,
                featureSeconds,
                trainSeconds,
                trainableParameters,
                totalParameters,
                againstScratch,
                summary,
                history,
                classification,
                gallery,
                null,
                null,
                List.of(),
                null);
    }

    /** The same row with how its strategy was chosen. */
    public StrategyResult withSelection(@Nullable SelectionResult chosen) {
        return new StrategyResult(
                strategy,
                cut,
                pooling,
                head,
                testAccuracy,
                testLoss,
                interval,
                intervalMethod,
                seedAccuracies,
                epochs,
                featureSeconds,
                trainSeconds,
                trainableParameters,
                totalParameters,
                againstScratch,
                summary,
                history,
                classification,
                gallery,
                calibration,
                unknown,
                topLosses,
                chosen);
    }

    /** The same row with what is known of its confidences. */
    public StrategyResult withConfidences(
            @Nullable CalibrationResult newCalibration,
            @Nullable UnknownThreshold newUnknown,
            List<PredictionResult> newTopLosses) {
        return new StrategyResult(
                strategy,
                cut,
                pooling,
                head,
                testAccuracy,
                testLoss,
                interval,
                intervalMethod,
                seedAccuracies,
                epochs,
                featureSeconds,
                trainSeconds,
                trainableParameters,
                totalParameters,
                againstScratch,
                summary,
                history,
                classification,
                gallery,
                newCalibration,
                newUnknown,
                newTopLosses,
                selection);
    }
}
