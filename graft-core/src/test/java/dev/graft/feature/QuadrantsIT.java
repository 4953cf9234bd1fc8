package dev.graft.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import dev.graft.source.Backbones;
import dev.graft.training.FeatureExtractor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The means of a map's quarters, against sums over the map itself; on even sides and on odd ones. */
class QuadrantsIT {
    private static final Backbone DIGITS = Backbones.load("digits-cnn");

    @ParameterizedTest
    @CsvSource({"conv1, 32, 26", "conv2, 64, 11"})
    void eachQuarterIsAveragedOverItsPlaces(String stage, int channels, int side) {
        LabeledImages images = Shapes.draw(3, 4);
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            List<List<Rows>> rows = FeatureExtractor.extract(
                    DIGITS, List.of(Cut.pooled(Pooling.QUADRANTS, stage), Cut.at(stage)), images, cache);
            float[] quarters = row(rows.get(0).get(0), 2);
            float[] map = row(rows.get(1).get(0), 2);

            assertThat(quarters).hasSize(4 * channels);
            int end = (side + 1) / 2;
            for (int c = 0; c < channels; c++) {
                assertThat((double) quarters[c]).isCloseTo(mean(map, c, side, 0, end, 0, end), within(1e-5));
                assertThat((double) quarters[channels + c])
                        .isCloseTo(mean(map, c, side, 0, end, side / 2, side), within(1e-5));
                assertThat((double) quarters[3 * channels + c])
                        .isCloseTo(mean(map, c, side, side / 2, side, side / 2, side), within(1e-5));
            }
        }
    }

    @Test
    void severalCutsInOnePassAreWhatEachIsAlone() {
        LabeledImages images = Shapes.draw(5, 4);
        Cut pooled = Cut.pooled(Pooling.MEAN, "conv2", "conv1");
        Cut whole = Cut.at("dense");
        try (FeatureCache together = FeatureCache.withDefaults();
                FeatureCache alone = FeatureCache.withDefaults()) {
            List<List<Rows>> both = FeatureExtractor.extract(DIGITS, List.of(whole, pooled), images, together);

            assertThat(row(both.get(0).get(0), 4))
                    .containsExactly(row(
                            FeatureExtractor.extract(DIGITS, whole, images, alone)
                                    .get(0),
                            4));
            List<Rows> separate = FeatureExtractor.extract(DIGITS, pooled, images, alone);
            for (int i = 0; i < 2; i++) {
                assertThat(row(both.get(1).get(i), 4)).containsExactly(row(separate.get(i), 4));
            }
        }
    }

    @Test
    void anEarlierCutFindsItsFeaturesInTheCacheOfALaterOne() {
        LabeledImages images = Shapes.draw(5, 4);
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            FeatureExtractor.extract(DIGITS, Cut.pooled(Pooling.MEAN, "conv1", "dense"), images, cache);
            int missesBefore = cache.misses();

            FeatureExtractor.extract(DIGITS, Cut.pooled(Pooling.MEAN, "conv1"), images, cache);

            assertThat(cache.misses()).isEqualTo(missesBefore);
        }
    }

    private static float[] row(Rows rows, int index) {
        float[] row = new float[rows.width()];
        rows.read(index, row, 0);
        return row;
    }

    /** A map lies channel by channel when it is taken whole. */
    private static double mean(float[] map, int channel, int side, int top, int bottom, int left, int right) {
        double sum = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                sum += map[(channel * side + y) * side + x];
            }
        }
        return sum / ((bottom - top) * (right - left));
    }
}
