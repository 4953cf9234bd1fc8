package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.backbone.Backbone;
import dev.graft.bundle.Backbones;
import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.feature.Pooling;
import dev.graft.feature.Rows;
import dev.graft.training.FeatureExtractor;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Features do not depend on how many cores compute them. */
class FrozenNetworkIT {
    private static final Backbone DIGITS = Backbones.load("digits-cnn");
    private static final Cut CUT = Cut.pooled(Pooling.MEAN_MAX_STD, "conv1", "conv2");

    @ParameterizedTest
    @ValueSource(ints = {1, 31, 33, 1500})
    void severalCoresGiveTheSameBitsInTheSameOrderAsOne(int images) {
        LabeledImages data = Shapes.draw(images, 3);
        List<float[]> alone = new ArrayList<>();
        List<float[]> together = new ArrayList<>();

        TensorEngine.onThreads(1, () -> alone.addAll(features(data)));
        TensorEngine.onThreads(2, () -> together.addAll(features(data)));

        assertThat(together).hasSize(images);
        for (int i = 0; i < images; i++) {
            // A single batch keeps the cores for itself, each operation on all of them.
            if (images > 32) {
                assertThat(together.get(i)).as("image " + i).isEqualTo(alone.get(i));
            } else {
                assertThat(together.get(i)).as("image " + i).containsExactly(alone.get(i), offset());
            }
        }
    }

    private static Offset<Float> offset() {
        return Offset.offset(1e-5f);
    }

    private static List<float[]> features(LabeledImages data) {
        List<float[]> all = new ArrayList<>();
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            List<Rows> parts = FeatureExtractor.extract(DIGITS, CUT, data, cache);
            for (int i = 0; i < data.size(); i++) {
                float[] row = new float[parts.stream().mapToInt(Rows::width).sum()];
                int start = 0;
                for (Rows part : parts) {
                    part.read(i, row, start);
                    start += part.width();
                }
                all.add(row);
            }
        }
        return all;
    }
}
