package dev.graft.comparison;

import dev.graft.data.LabeledExamples;
import org.jspecify.annotations.Nullable;

/** Gives the target task's data for a seed: a fresh draw, or a fresh split of the same data. */
@FunctionalInterface
public interface TargetSource {
    /** The data for a seed; the same seed gives the same data. */
    TargetData draw(long seed);

    /**
     * The target task's data.
     *
     * @param train training data, the largest point of the curve
     * @param validation validation data, watched but not used; null if there is none
     * @param test test data of the comparison
     * @param curveTest test data of the data-size curve; may be the same or larger, with {@code test} as its beginning
     */
    record TargetData(
            LabeledExamples train,
            @Nullable LabeledExamples validation,
            LabeledExamples test,
            LabeledExamples curveTest) {}
}
