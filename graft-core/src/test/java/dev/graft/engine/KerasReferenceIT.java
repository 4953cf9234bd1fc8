package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Architectures;
import dev.graft.backbone.KerasFixtures;
import dev.graft.backbone.KerasWeights;
import dev.graft.feature.Pooling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A model that Keras saved gives the logits that Keras gave, to 1e-5, with values of a size around 0.1. */
class KerasReferenceIT {
    private static final int IMAGES = 4;
    private static final int SIZE = 28;

    @TempDir
    private Path folder = Path.of("");

    static List<String> files() {
        return KerasFixtures.NAMES;
    }

    @ParameterizedTest
    @MethodSource("files")
    void logitsAgreeWithKeras(String name) throws IOException {
        Architecture architecture = Architectures.named("digits-cnn");
        float[] expected = KerasFixtures.logits();

        try (InferenceNetwork inference = new InferenceNetwork(
                architecture.inputShape(),
                architecture.featureStages(),
                List.of(new Tap("dense", Pooling.NONE)),
                architecture.classifier().layers(),
                KerasWeights.read(KerasFixtures.unpack(name, folder), architecture))) {
            float[] logits = inference.logits(images(), IMAGES);

            assertThat(logits).hasSameSizeAs(expected);
            for (int i = 0; i < logits.length; i++) {
                assertThat(logits[i]).as("logit %d", i).isCloseTo(expected[i], within(1e-5f));
            }
        }
    }

    private static float[] images() {
        float[] pixels = new float[IMAGES * SIZE * SIZE];
        for (int i = 0; i < pixels.length; i++) {
            int x = i % SIZE;
            int y = i / SIZE % SIZE;
            int n = i / SIZE / SIZE;
            pixels[i] = (7 * x + 13 * y + 29 * n) % 17 / 16f;
        }
        return pixels;
    }
}
