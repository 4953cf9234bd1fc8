package dev.graft.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledExamples;
import dev.graft.data.Shapes;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.feature.Rows;
import dev.graft.source.Backbones;
import java.util.List;
import org.junit.jupiter.api.Test;

class PiecesIT {
    private static final LabeledExamples WHOLE = Shapes.draw(10, 3);
    private static final int[] SOME = {7, 2, 5};
    private static final int[] OTHERS = {0, 1, 3, 4, 6, 8, 9};

    @Test
    void whatAPieceHadComputedIsNotComputedAgain() {
        Backbone backbone = Backbones.load("digits-cnn");
        Cut cut = Cut.at("dense");
        LabeledExamples some = WHOLE.subset(SOME);
        LabeledExamples others = WHOLE.subset(OTHERS);
        try (FeatureCache cache = FeatureCache.withDefaults();
                FeatureCache plain = FeatureCache.withDefaults()) {
            FeatureExtractor.extract(backbone, cut, some, cache);
            cache.compose(
                    WHOLE.digest(),
                    List.of(new FeatureCache.Piece(some, SOME), new FeatureCache.Piece(others, OTHERS)));

            Rows composed =
                    FeatureExtractor.extract(backbone, cut, WHOLE, cache).get(0);
            Rows expected =
                    FeatureExtractor.extract(backbone, cut, WHOLE, plain).get(0);

            assertThat(cache.misses()).isEqualTo(2);
            assertThat(cache.hits()).isEqualTo(1);
            assertThat(composed.count()).isEqualTo(expected.count());
            float[] one = new float[expected.width()];
            float[] other = new float[expected.width()];
            for (int row = 0; row < expected.count(); row++) {
                composed.read(row, one, 0);
                expected.read(row, other, 0);
                for (int i = 0; i < one.length; i++) {
                    assertThat(one[i]).isCloseTo(other[i], within(1e-4f));
                }
            }
        }
    }
}
