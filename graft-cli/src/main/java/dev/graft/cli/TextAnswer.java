package dev.graft.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.graft.prediction.Prediction;
import dev.graft.prediction.Prediction.Candidate;
import dev.graft.prediction.Prediction.NumberAnswer;
import dev.graft.prediction.TextEvidence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a text.
 *
 * @param label null if it is none of the classes
 * @param confidence null of numbers, which have intervals in its place
 */
record TextAnswer(
        String text,
        @Nullable String label,
        @Nullable Double confidence,
        boolean noneOfThese,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double unknownScore,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> set,

        List<Candidate> top,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<NumberAnswer> numbers,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TextEvidence evidence,

        @Nullable String error) {
    private static final int SHOWN_CHARACTERS = 60;

    static TextAnswer of(String text, Prediction prediction, @Nullable TextEvidence evidence) {
        return new TextAnswer(
                text,
                prediction.noneOfThese() ? null : prediction.label(),
                Double.isNaN(prediction.confidence()) ? null : (Double) prediction.confidence(),
                prediction.noneOfThese(),
                prediction.unknownScore(),
                prediction.set(),
                prediction.top(),
                prediction.numbers(),
                evidence,
                null);
    }

    String text(PredictionText words) {
        return words.of(ResultText.beginning(text, SHOWN_CHARACTERS), label, unknownScore, set, top)
                + PredictionText.explained(evidence, !numbers.isEmpty());
    }
}
