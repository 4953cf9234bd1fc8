package dev.graft.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.graft.prediction.Prediction;
import dev.graft.prediction.Prediction.Candidate;
import dev.graft.prediction.Prediction.NumberAnswer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a file, or of an item.
 *
 * @param label null if it is none of the classes, or has an error
 * @param confidence null of numbers, which have intervals in its place
 */
record FileAnswer(
        String file,
        @Nullable String label,
        @Nullable Double confidence,
        @Nullable Boolean noneOfThese,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double unknownScore,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> set,

        List<Candidate> top,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<NumberAnswer> numbers,

        @Nullable String error,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable HeatMapFile heatmap) {
    static FileAnswer of(String file, Prediction prediction, @Nullable HeatMapFile heatmap) {
        return new FileAnswer(
                file,
                prediction.noneOfThese() ? null : prediction.label(),
                Double.isNaN(prediction.confidence()) ? null : (Double) prediction.confidence(),
                prediction.noneOfThese(),
                prediction.unknownScore(),
                prediction.set(),
                prediction.top(),
                prediction.numbers(),
                null,
                heatmap);
    }

    /** Of a file that cannot be read. */
    static FileAnswer failed(String file, String error) {
        return new FileAnswer(file, null, null, null, null, null, List.of(), List.of(), error, null);
    }

    String text(PredictionText words) {
        if (error != null) {
            return ResultText.name(file) + ": not classified";
        }
        String line = words.of(file, label, unknownScore, set, top);
        return heatmap == null
                ? line
                : line + ResultText.format("%n  heat map of %s: %s", heatmap.className(), heatmap.file());
    }
}
