package dev.graft.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How well examples are told that are none of the classes, or unlike all that was learned from.
 *
 * @param data where they come from
 * @param refused how many of them are told
 * @param area how often one of them looks stranger than a known example, 0 to 1
 * @param areaByConfidence how often it would by confidence alone; null of labels and numbers
 */
record UnlikeExamples(
        String data,
        int examples,
        int refused,
        double refusedShare,
        double area,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double areaByConfidence) {
    String text() {
        return ResultText.format(
                        "  %s, none of %s: %d of %d refused (share %.4f)%n"
                                + "  told from the others with an area under the curve of %.4f",
                        data,
                        areaByConfidence == null ? "what was learned from" : "the classes",
                        refused,
                        examples,
                        refusedShare,
                        area)
                + (areaByConfidence == null
                        ? ResultText.format("%n")
                        : ResultText.format(", by confidence alone %.4f%n", areaByConfidence));
    }
}
