package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Architectures;
import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.feature.Pooling;
import dev.graft.feature.Rows;
import dev.graft.source.Backbones;
import dev.graft.training.FeatureExtractor;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Features do not depend on how many cores compute them, and what is frozen is seen to move. */
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

    @ParameterizedTest
    @CsvSource({
        "10000, 2, 256",
        "500, 2, 256",
        "700, 2, 192",
        "700, 1, 256",
        "40, 2, 32",
        "1, 2, 32",
        "0, 2, 32",
    })
    void rowsAreDealtInCallsOfAboutTheSameLength(int rows, int threads, int batch) {
        try (FrozenNetwork frozen = frozen("digits-cnn", "conv1", weights("digits-cnn"))) {
            assertThat(frozen.batch(rows, threads, 28 * 28)).isEqualTo(batch);
            // 4 MiB cross at a time, but never less than a chunk.
            assertThat(frozen.batch(10_000, 2, 1 << 14)).isEqualTo(64);
            assertThat(frozen.batch(10_000, 2, 1 << 20)).isEqualTo(32);
        }
    }

    /** In a blocked program, in packed convolutions, in packed matrices, and in arrays of their own. */
    @ParameterizedTest
    @CsvSource({
        "digits-cnn, conv2, conv2.weight",
        "mobilenet_v2, features.1, features.0.0.weight",
        "convnext_tiny, features.1, features.1.0.block.3.weight",
        "convnext_tiny, features.1, features.1.0.layer_scale"
    })
    void aFrozenTensorThatDiffersFromItsOriginalHasMoved(String backbone, String stage, String tensor) {
        WeightSet weights = weights(backbone);
        try (FrozenNetwork frozen = frozen(backbone, stage, weights)) {
            assertThat(frozen.moved()).isFalse();

            float[] values = weights.get(tensor).values();
            values[values.length - 1] = Math.nextUp(values[values.length - 1]);

            assertThat(frozen.moved()).isTrue();
        }
    }

    private static FrozenNetwork frozen(String backbone, String stage, WeightSet weights) {
        Architecture architecture = Architectures.named(backbone);
        return new FrozenNetwork(
                architecture.inputShape(),
                architecture.stagesThrough(stage),
                List.of(new Tap(stage, Pooling.MEAN)),
                weights);
    }

    private static WeightSet weights(String backbone) {
        Architecture architecture = Architectures.named(backbone);
        return architecture.weightInitialization().initialize(architecture.parameters(), 3);
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
