package dev.graft.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.error.WeightsMismatchException;
import dev.graft.image.Preprocessing;
import dev.graft.layer.Layer;
import dev.graft.layer.Stage;
import dev.graft.weights.WeightSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KerasWeightsTest {
    private static final Architecture DIGITS = Architectures.named("digits-cnn");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void everyFormThatKerasHasGivesTheSameWeights() throws IOException {
        WeightSet first = KerasWeights.read(KerasFixtures.unpack("keras2.h5", folder), DIGITS);

        for (String name : KerasFixtures.NAMES.subList(1, KerasFixtures.NAMES.size())) {
            assertThat(KerasWeights.read(KerasFixtures.unpack(name, folder), DIGITS))
                    .as(name)
                    .isEqualTo(first);
        }
    }

    @Test
    void layersOfTheSameNamesArePairedByName() throws IOException {
        Path file = KerasFixtures.unpack("keras2.h5", folder);
        WeightSet byOrder = KerasWeights.read(file, DIGITS);
        WeightSet byName = KerasWeights.read(file, named("zeta", "eta", "theta", "alpha"));

        assertThat(byName.get("eta.weight")).isEqualTo(byOrder.get("conv2.weight"));
        assertThat(byName.get("alpha.bias")).isEqualTo(byOrder.get("logits.bias"));
    }

    @Test
    void anotherNumberOfClassesIsRefusedWithBothShapes() throws IOException {
        Path file = KerasFixtures.unpack("keras3.weights.h5", folder);

        assertThatThrownBy(() -> KerasWeights.read(file, DIGITS.withClasses(7)))
                .isInstanceOf(WeightsMismatchException.class)
                .hasMessageContaining("logits.weight")
                .hasMessageContaining("expected [7, 64]")
                .hasMessageContaining("found [10, 64]");
    }

    @Test
    void aMapOfAnotherSizeBeforeTheDenseLayerIsRefused() throws IOException {
        Path file = KerasFixtures.unpack("keras3.h5", folder);
        Architecture smaller = new Architecture(
                "small",
                Preprocessing.unitRange(20, 20, 1),
                List.of(
                        Stage.of("conv1", new Layer.Conv2d("conv1", 1, 32, 3, 1, 0, true)),
                        Stage.of("conv2", new Layer.Conv2d("conv2", 32, 64, 3, 1, 0, true)),
                        Stage.of("dense", new Layer.Flatten(), new Layer.Linear("dense", 16 * 16 * 64, 64)),
                        Stage.of("logits", new Layer.Linear("logits", 64, 10))),
                Initialization.GLOROT_UNIFORM);

        assertThatThrownBy(() -> KerasWeights.read(file, smaller))
                .isInstanceOf(WeightsMismatchException.class)
                .hasMessageContaining("64 channels of 16 x 16")
                .hasMessageContaining("(1600, 64)");
    }

    @Test
    void anotherNumberOfLayersIsRefusedAndBothAreListed() throws IOException {
        Path file = KerasFixtures.unpack("keras2.weights.h5", folder);
        Architecture shorter = new Architecture(
                "short",
                Preprocessing.unitRange(28, 28, 1),
                List.of(
                        Stage.of("flatten", new Layer.Flatten()),
                        Stage.of("logits", new Layer.Linear("logits", 784, 10))),
                Initialization.GLOROT_UNIFORM);

        assertThatThrownBy(() -> KerasWeights.read(file, shorter))
                .isInstanceOf(WeightsMismatchException.class)
                .hasMessageContaining("keras2.weights.h5")
                .hasMessageContaining("[logits]")
                .hasMessageContaining("conv2d_1");
    }

    @Test
    void anotherNetworksFileIsToldByItsKerasLayersAndTheirShapes() throws IOException {
        Path file = KerasFixtures.unpack("keras3.weights.h5", folder);

        assertThatThrownBy(() -> KerasWeights.read(file, Architectures.named("resnet18")))
                .isInstanceOf(WeightsMismatchException.class)
                .hasMessageContaining("residual block")
                .hasMessageContaining("4 Keras layers with weights: [zeta [3, 3, 1, 32]");
    }

    private static Architecture named(String conv1, String conv2, String dense, String logits) {
        return new Architecture(
                "named",
                Preprocessing.unitRange(28, 28, 1),
                List.of(
                        Stage.of("one", new Layer.Conv2d(conv1, 1, 32, 3, 1, 0, true), new Layer.MaxPool2d(2, 2)),
                        Stage.of("two", new Layer.Conv2d(conv2, 32, 64, 3, 1, 0, true), new Layer.MaxPool2d(2, 2)),
                        Stage.of("dense", new Layer.Flatten(), new Layer.Linear(dense, 1600, 64)),
                        Stage.of("logits", new Layer.Linear(logits, 64, 10))),
                Initialization.GLOROT_UNIFORM);
    }
}
