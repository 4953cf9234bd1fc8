package dev.graft.experiment;

import dev.graft.data.LabeledExamples;
import dev.graft.data.NestedSubsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives the target task's data for a seed: a fresh draw, or a fresh split of the same data. */
@FunctionalInterface
public interface TargetSource {
    /** The data for a seed; the same seed gives the same data. */
    TargetData draw(long seed);

    /**
     * Returns a source with fewer examples to learn from, drawn by the same seeds: what a curve of little data is measured with where
     * training on all of it would take long.
     *
     * @param perClass the most training examples of each class, and the most validation examples
     */
    default TargetSource atMost(int perClass) {
        return seed -> {
            TargetData whole = draw(seed);
            return new TargetData(
                    atMost(perClass, whole.train(), seed),
                    whole.validation() == null ? null : atMost(perClass, whole.validation(), seed),
                    whole.test(),
                    whole.curveTest());
        };
    }

    private static LabeledExamples atMost(int perClass, LabeledExamples data, long seed) {
        long most = (long) perClass * data.classNames().size();
        return most >= data.size()
                ? data
                : data.subset(NestedSubsets.stratified(data, List.of((int) most), seed)
                        .get(0));
    }

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
