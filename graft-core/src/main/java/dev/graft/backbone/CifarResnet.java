package dev.graft.backbone;

import dev.graft.backbone.Layer.BatchNorm2d;
import dev.graft.backbone.Layer.Conv2d;
import dev.graft.backbone.Layer.GlobalAveragePool;
import dev.graft.backbone.Layer.Linear;
import dev.graft.backbone.Layer.Relu;
import dev.graft.backbone.Layer.Residual;
import dev.graft.image.Preprocessing;
import java.util.List;

/** A small residual network for 32x32 colour images: one basic block for each of three widths, ten logits. */
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
                        Stage.of("stem", conv("stem.conv", 3, 32, 3, 1), BatchNorm2d.of("stem.bn", 32), new Relu()),
                        Stage.of("stage1", block("stage1", 32, 32, 1)),
                        Stage.of("stage2", block("stage2", 32, 64, 2)),
                        Stage.of("stage3", block("stage3", 64, 128, 2)),
                        Stage.of("pool", new GlobalAveragePool()),
                        Stage.of("logits", new Linear("logits", 128, 10))),
                Initialization.HE_UNIFORM);
    }

    private static Residual block(String name, int in, int out, int stride) {
        List<Layer> body = List.of(
                conv(name + ".conv1", in, out, 3, stride),
                BatchNorm2d.of(name + ".bn1", out),
                new Relu(),
                conv(name + ".conv2", out, out, 3, 1),
                BatchNorm2d.of(name + ".bn2", out));
        if (stride == 1 && in == out) {
            return new Residual(body, List.of());
        }
        return new Residual(
                body,
                List.of(conv(name + ".downsample.0", in, out, 1, stride), BatchNorm2d.of(name + ".downsample.1", out)));
    }

    private static Conv2d conv(String name, int in, int out, int kernel, int stride) {
        return new Conv2d(name, in, out, kernel, stride, kernel / 2, false);
    }
}
