package dev.graft.serve;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.graft.prediction.Prediction;
import dev.graft.prediction.Prediction.Candidate;
import dev.graft.prediction.Prediction.NumberAnswer;
import dev.graft.prediction.TextEvidence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is answered of one example, in the order of the request.
 *
 * @param file the name that a form gave its file; null for none
 * @param label the class, labels or numbers in words; null if it is none of the classes
 * @param confidence the most probable class's calibrated probability, 0 to 1; null for numbers
 * @param noneOfThese whether it is likely none of the classes
 * @param unknownScore how unlike the examples learned from it is: above 1 it is none of the classes, and labels and numbers are not to be
 *     trusted; null where that is not how it is told
 * @param set the classes that hold the true one as often as was asked for; null if that was not
 * @param top the most probable classes
 * @param numbers the numbers with their intervals; none of other networks
 * @param evidence the words that carried the answer; null if they were not asked for
 * @param heatmap where the network looked; null if it was not asked for
 * @param nearest the known examples that are most like it, the nearest first; null if they were not asked for, or are not ready
 */
record PredictionAnswer(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String file,

        @Nullable String label,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double confidence,

        boolean noneOfThese,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double unknownScore,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> set,

        List<Candidate> top,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<NumberAnswer> numbers,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TextEvidence evidence,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable HeatMapAnswer heatmap,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<NearestExamples.Near> nearest) {
    /**
     * A picture of where the network looked.
     *
     * @param className the class whose evidence it shows
     * @param method how it was computed
     * @param png a {@code data:} address that holds the picture
     */
    record HeatMapAnswer(String className, String method, String png) {}

    /**
     * All answers to a request.
     *
     * @param model the model's name
     * @param predictions an answer for each example
     */
    record All(String model, List<PredictionAnswer> predictions) {
        /** Copies the list. */
        All {
            predictions = List.copyOf(predictions);
        }
    }

    static PredictionAnswer of(
            Prediction one, @Nullable String file, @Nullable TextEvidence evidence, @Nullable HeatMapAnswer heatmap) {
        return new PredictionAnswer(
                file,
                one.noneOfThese() ? null : one.label(),
                Double.isNaN(one.confidence()) ? null : (Double) one.confidence(),
                one.noneOfThese(),
                one.unknownScore(),
                one.set(),
                one.top(),
                one.numbers(),
                evidence,
                heatmap,
                null);
    }

    /** Returns the answer with the known examples that are most like what was asked about. */
    PredictionAnswer withNearest(List<NearestExamples.Near> found) {
        return new PredictionAnswer(
                file,
                label,
                confidence,
                noneOfThese,
                unknownScore,
                set,
                top,
                numbers,
                evidence,
                heatmap,
                List.copyOf(found));
    }
}
