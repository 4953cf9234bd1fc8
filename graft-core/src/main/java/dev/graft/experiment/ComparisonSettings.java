package dev.graft.experiment;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.optimization.TrainingSettings;
import java.util.List;

/**
 * What a comparison measures.
 *
 * @param firstSeed the first seed
 * @param seeds how many seeds, at least 1: {@code firstSeed}, {@code firstSeed + 1}, …
 * @param curveSizes training examples at the points of the data-size curve, all classes together; the whole training
 *     data is always measured
 * @param training how to train; its seed is replaced by each seed
 * @param galleryImages how many test images each gallery shows
 */
public record ComparisonSettings(
        long firstSeed, int seeds, List<Integer> curveSizes, TrainingSettings training, int galleryImages) {
    /** Copies and checks. */
    public ComparisonSettings {
        curveSizes = List.copyOf(curveSizes);
        if (seeds < 1 || galleryImages < 0 || curveSizes.stream().anyMatch(size -> size < 2)) {
            throw new SettingsException(Problem.of("A comparison's settings are out of range.")
                    .expected("at least 1 seed, and curve sizes of at least 2")
                    .found(seeds + " seeds, sizes " + curveSizes));
        }
    }
}
