package dev.graft.backbone;

import dev.graft.image.Preprocessing;
import dev.graft.layer.Layer.Conv2d;
import dev.graft.layer.Layer.Dropout;
import dev.graft.layer.Layer.Flatten;
import dev.graft.layer.Layer.Linear;
import dev.graft.layer.Layer.MaxPool2d;
import dev.graft.layer.Layer.Relu;
import dev.graft.layer.Stage;
import java.util.List;

/** The small CNN for 28x28 grey images: two convolutions, two max-pools, one dense layer, ten logits. */
final class DigitsCnn {
    static final String ID = "digits-cnn";

    private DigitsCnn() {}

    static Architecture architecture() {
        return new Architecture(
                ID,
                Preprocessing.unitRange(28, 28, 1),
                List.of(
                        Stage.of("conv1", new Conv2d("conv1", 1, 32, 3, 1, 0, true), new Relu()),
                        Stage.of("pool1", new MaxPool2d(2, 2)),
                        Stage.of("conv2", new Conv2d("conv2", 32, 64, 3, 1, 0, true), new Relu()),
                        Stage.of("pool2", new MaxPool2d(2, 2)),
                        Stage.of("flatten", new Flatten()),
                        Stage.of("dense", new Linear("dense", 1600, 64), new Relu()),
                        Stage.of("logits", new Dropout(0.5f), new Linear("logits", 64, 10))),
                Initialization.GLOROT_UNIFORM);
    }
}
