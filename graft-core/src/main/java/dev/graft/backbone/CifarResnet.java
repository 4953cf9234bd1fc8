package dev.graft.backbone;

import dev.graft.image.Preprocessing;
import dev.graft.layer.Layer;
import dev.graft.layer.Layer.BatchNorm2d;
import dev.graft.layer.Layer.Conv2d;
import dev.graft.layer.Layer.GlobalAveragePool;
import dev.graft.layer.Layer.Linear;
import dev.graft.layer.Layer.MaxPool2d;
import dev.graft.layer.Layer.Relu;
import dev.graft.layer.Layer.Residual;
import dev.graft.layer.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * A small residual network for 32x32 colour images, after the one that D. Page trained for a contest of speed: each stage
 * widens, then halves the map by its maxima; the first and the last add a basic block. Ten logits.
 *
 * @see <a href="https://github.com/davidcpage/cifar10-fast">The original, with more channels</a>
 */
final class CifarResnet {
    static final String ID = "cifar-resnet";

    // Mean and standard deviation of each channel over CIFAR-10's training images.
    private static final List<Float> MEAN = List.of(0.4914f, 0.4822f, 0.4465f);
    private static final List<Float> STD = List.of(0.2470f, 0.2435f, 0.2616f);

    private CifarResnet() {}

    static Architecture architecture() {
        return new Architecture(
                ID,
                new Preprocessing(32, 32, 3, MEAN, STD),
                List.of(
                        new Stage("stem", widened("stem", 3, 24)),
                        new Stage("stage1", halved("stage1", 24, 32, block("stage1.block", 32))),
                        new Stage("stage2", halved("stage2", 32, 64)),
                        new Stage("stage3", halved("stage3", 64, 112, block("stage3.block", 112))),
                        Stage.of("pool", new GlobalAveragePool()),
                        Stage.of("logits", new Linear("logits", 112, 10))),
                Initialization.HE_UNIFORM);
    }

    private static List<Layer> widened(String name, int in, int out) {
        return List.of(conv(name + ".conv", in, out), BatchNorm2d.of(name + ".bn", out), new Relu());
    }

    private static List<Layer> halved(String name, int in, int out, Layer... more) {
        List<Layer> layers = new ArrayList<>(widened(name, in, out));
        layers.add(new MaxPool2d(2, 2));
        layers.addAll(List.of(more));
        return layers;
    }

    private static Residual block(String name, int channels) {
        return new Residual(
                List.of(
                        conv(name + ".conv1", channels, channels),
                        BatchNorm2d.of(name + ".bn1", channels),
                        new Relu(),
                        conv(name + ".conv2", channels, channels),
                        BatchNorm2d.of(name + ".bn2", channels)),
                List.of());
    }

    private static Conv2d conv(String name, int in, int out) {
        return new Conv2d(name, in, out, 3, 1, 1, false);
    }
}
