package dev.graft.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one strategy reached on the target task. Over several seeds accuracy, loss and times are means; the network, its
 * history and its predictions are those of the first seed. {@code metrics.json} has the components of all parts side by
 * side.
 *
 * @param description what was trained
 * @param score how good it is on the test data
 * @param cost what the training took
 * @param againstScratch this strategy's accuracy minus from-scratch's, paired by seed; null for from-scratch itself and
 *     where scratch was not run
 * @param firstSeed the network of the first seed
 * @param confidence what is known of the confidences
 * @param selection how the strategy was chosen, with the first seed; null if it was given
 */
public record StrategyResult(
        @JsonUnwrapped Description description,
        @JsonUnwrapped Score score,
        @JsonUnwrapped Cost cost,
        @Nullable Difference againstScratch,
        @JsonUnwrapped FirstSeed firstSeed,
        @JsonUnwrapped ConfidenceResult confidence,
        @Nullable SelectionResult selection) {
    /**
     * What was trained.
     *
     * @param strategy the strategy's name, such as {@code feature-extraction}, {@code feature-extraction@dense},
     *     {@code fine-tuning}, {@code from-scratch}; of items of several parts with the part, as in
     *     {@code feature-extraction: photo}
     * @param cut where the frozen part ends: one stage or several joined by {@code +}; {@code none} if nothing is frozen; of
     *     several branches each after the branch's name and a slash
     * @param pooling {@code none}, {@code mean}, {@code max}, {@code mean+max} or {@code mean+max+std}
     * @param head the head's name: {@code mlp}, {@code linear}, {@code logistic-regression}; where it joins several
     *     branches after how it joins them, as in {@code concatenation + mlp}
     */
    public record Description(String strategy, String cut, String pooling, String head) {}

    /**
     * How good it is on the test data.
     *
     * @param testAccuracy accuracy, 0 to 1; of other targets than classes their main measure, at most 1
     * @param testLoss mean cross-entropy, in nats
     * @param interval 95% interval of the accuracy
     * @param intervalMethod {@code student-t over seeds}, or {@code wilson} for one seed or equal accuracies of all
     * @param seedAccuracies accuracy of each seed, in order
     */
    public record Score(
            double testAccuracy,
            double testLoss,
            Interval interval,
            String intervalMethod,
            List<Double> seedAccuracies) {
        /** Copies the list. */
        public Score {
            seedAccuracies = List.copyOf(seedAccuracies);
        }
    }

    /**
     * What the training took.
     *
     * @param epochs epochs trained, over all phases
     * @param featureSeconds time to run the frozen part over the data, in seconds
     * @param trainSeconds time to train the rest, in seconds
     * @param trainableParameters parameters trained in the last phase
     * @param totalParameters parameters of backbone (up to the cut) and head
     */
    public record Cost(
            int epochs, double featureSeconds, double trainSeconds, long trainableParameters, long totalParameters) {}

    /**
     * The network of the first seed.
     *
     * @param summary the network, stage by stage, the head's layers last
     * @param history what each epoch measured
     * @param classification confusion matrix and per-class figures on the test data
     * @param gallery predictions on some test images
     * @param told what it says of the test data where that is not one class each; null for classes
     */
    public record FirstSeed(
            List<StageSummary> summary,
            List<EpochResult> history,
            Classification classification,
            List<PredictionResult> gallery,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            TargetResult told) {
        /** Classes. */
        public FirstSeed(
                List<StageSummary> summary,
                List<EpochResult> history,
                Classification classification,
                List<PredictionResult> gallery) {
            this(summary, history, classification, gallery, null);
        }

        /** Copies the lists. */
        public FirstSeed {
            summary = List.copyOf(summary);
            history = List.copyOf(history);
            gallery = List.copyOf(gallery);
        }
    }

    /**
     * What is known of the confidences of the first seed.
     *
     * @param calibration how far the confidences can be trusted; null where it was not measured
     * @param unknown the confidence below which an image is none of the classes; null if there is none
     * @param topLosses mistakes on the test data, the highest loss first; empty where they were not listed
     */
    public record ConfidenceResult(
            @Nullable CalibrationResult calibration,
            @Nullable UnknownThreshold unknown,
            List<PredictionResult> topLosses) {
        /** Nothing: they were not looked into. */
        public static final ConfidenceResult NONE = new ConfidenceResult(null, null, List.of());

        /** Copies the list. */
        public ConfidenceResult {
            topLosses = Measured.orEmpty(topLosses);
        }
    }

    /** A strategy that was given, not compared with training from scratch, and whose confidences were not looked into. */
    public StrategyResult(Description description, Score score, Cost cost, FirstSeed firstSeed) {
        this(description, score, cost, null, firstSeed, ConfidenceResult.NONE, null);
    }

    /** Returns a copy with another description. */
    public StrategyResult withDescription(Description other) {
        return new StrategyResult(other, score, cost, againstScratch, firstSeed, confidence, selection);
    }

    /** Returns a copy with another score. */
    public StrategyResult withScore(Score other) {
        return new StrategyResult(description, other, cost, againstScratch, firstSeed, confidence, selection);
    }

    /** Returns a copy with another network of the first seed. */
    public StrategyResult withFirstSeed(FirstSeed other) {
        return new StrategyResult(description, score, cost, againstScratch, other, confidence, selection);
    }

    /** Returns a copy with the difference from training from scratch. */
    public StrategyResult withAgainstScratch(@Nullable Difference difference) {
        return new StrategyResult(description, score, cost, difference, firstSeed, confidence, selection);
    }

    /** Returns a copy with what is known of the confidences. */
    public StrategyResult withConfidences(
            @Nullable CalibrationResult calibration,
            @Nullable UnknownThreshold unknown,
            List<PredictionResult> topLosses) {
        ConfidenceResult known = new ConfidenceResult(calibration, unknown, topLosses);
        return new StrategyResult(description, score, cost, againstScratch, firstSeed, known, selection);
    }

    /** Returns a copy with how the strategy was chosen. */
    public StrategyResult withSelection(@Nullable SelectionResult chosen) {
        return new StrategyResult(description, score, cost, againstScratch, firstSeed, confidence, chosen);
    }

    /** The strategy's name. */
    public String strategy() {
        return description.strategy();
    }

    /** Where the frozen part ends. */
    public String cut() {
        return description.cut();
    }

    /** How the features are pooled. */
    public String pooling() {
        return description.pooling();
    }

    /** The head's name. */
    public String head() {
        return description.head();
    }

    /** Accuracy on the test data, 0 to 1. */
    public double testAccuracy() {
        return score.testAccuracy();
    }

    /** Mean cross-entropy on the test data, in nats. */
    public double testLoss() {
        return score.testLoss();
    }

    /** 95% interval of the accuracy. */
    public Interval interval() {
        return score.interval();
    }

    /** How the interval was made. */
    public String intervalMethod() {
        return score.intervalMethod();
    }

    /** Test accuracy of each seed, in order. */
    public List<Double> seedAccuracies() {
        return score.seedAccuracies();
    }

    /** Epochs trained, over all phases. */
    public int epochs() {
        return cost.epochs();
    }

    /** Time to run the frozen part over the data, in seconds. */
    public double featureSeconds() {
        return cost.featureSeconds();
    }

    /** Time to train the rest, in seconds. */
    public double trainSeconds() {
        return cost.trainSeconds();
    }

    /** Parameters trained in the last phase. */
    public long trainableParameters() {
        return cost.trainableParameters();
    }

    /** Parameters of backbone (up to the cut) and head. */
    public long totalParameters() {
        return cost.totalParameters();
    }

    /** The network, stage by stage, the head's layers last. */
    public List<StageSummary> summary() {
        return firstSeed.summary();
    }

    /** What each epoch measured. */
    public List<EpochResult> history() {
        return firstSeed.history();
    }

    /** Confusion matrix and per-class figures on the test data. */
    public Classification classification() {
        return firstSeed.classification();
    }

    /** Predictions on some test images. */
    public List<PredictionResult> gallery() {
        return firstSeed.gallery();
    }

    /** What it says of the test data where that is not one class each; null for classes. */
    public @Nullable TargetResult told() {
        return firstSeed.told();
    }

    /** How far the confidences can be trusted; null where it was not measured. */
    public @Nullable CalibrationResult calibration() {
        return confidence.calibration();
    }

    /** The confidence below which an image is none of the classes; null if there is none. */
    public @Nullable UnknownThreshold unknown() {
        return confidence.unknown();
    }

    /** Mistakes on the test data, the highest loss first. */
    public List<PredictionResult> topLosses() {
        return confidence.topLosses();
    }
}
