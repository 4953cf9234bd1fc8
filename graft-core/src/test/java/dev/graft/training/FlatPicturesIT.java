package dev.graft.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.PackedImages;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.head.Head;
import dev.graft.optimization.TrainingSettings;
import dev.graft.source.Backbones;
import dev.graft.strategy.LinearProbeFineTuning;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pictures of one grey each: every channel is the same at all places, where a standard deviation has no gradient. */
class FlatPicturesIT {
    private static final int COUNT = 16;
    private static final int PIXELS = 28 * 28;

    @Test
    void trainingBelowPooledDeviationsStaysFinite() {
        byte[] pixels = new byte[COUNT * PIXELS];
        byte[] labels = new byte[COUNT];
        for (int i = 0; i < COUNT; i++) {
            labels[i] = (byte) (i % 2);
            Arrays.fill(pixels, i * PIXELS, (i + 1) * PIXELS, (byte) (labels[i] * 100 + i));
        }
        PackedImages flat = new PackedImages("flat", List.of("dark", "light"), 28, 28, pixels, labels);

        TransferResult result = NetworkTraining.on(flat)
                .backbone(Backbones.load("digits-cnn"))
                .strategy(LinearProbeFineTuning.defaults()
                        .at(Cut.pooled(Pooling.MEAN_MAX_STD, "conv1", "conv2"), Head.LogisticRegression.defaults()))
                .training(TrainingSettings.defaults().withEpochs(2).withBatchSize(8))
                .run();

        assertThat(result.history())
                .allSatisfy(epoch -> assertThat(epoch.loss()).isFinite());
    }
}
