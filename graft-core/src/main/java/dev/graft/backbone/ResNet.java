package dev.graft.backbone;

import dev.graft.image.Preprocessing;
import dev.graft.layer.Layer;
import dev.graft.layer.Layer.GlobalAveragePool;
import dev.graft.layer.Layer.Linear;
import dev.graft.layer.Layer.MaxPool2d;
import dev.graft.layer.Layer.Relu;
import dev.graft.layer.Layer.Residual;
import dev.graft.layer.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * Residual networks (He et al. 2016) with torchvision's parameter names. In a bottleneck the 3x3 convolution has the
 * stride, not the first 1x1, as in all public PyTorch weights.
 */
final class ResNet {
    private static final List<Integer> WIDTHS = List.of(64, 128, 256, 512);
    private static final int EXPANSION = 4;

    private ResNet() {}

    static Architecture resnet18() {
        return build("resnet18", ImageNet.bilinear(), false, WIDTHS, List.of(2, 2, 2, 2), ImageNet.CLASSES);
    }

    static Architecture resnet34() {
        return build("resnet34", ImageNet.bilinear(), false, WIDTHS, List.of(3, 4, 6, 3), ImageNet.CLASSES);
    }

    static Architecture resnet50() {
        return build("resnet50", ImageNet.bilinear(), true, WIDTHS, List.of(3, 4, 6, 3), ImageNet.CLASSES);
    }

    /**
     * A network of this family.
     *
     * @param bottleneck blocks of three convolutions, which end four times as wide, rather than of two
     * @param widths channels inside the blocks of each layer; the first is also the stem's
     * @param depths blocks of each layer
     */
    static Architecture build(
            String id,
            Preprocessing preprocessing,
            boolean bottleneck,
            List<Integer> widths,
            List<Integer> depths,
            int classes) {
        List<Stage> stages = new ArrayList<>();
        int channels = widths.get(0);
        List<Layer> stem = new ArrayList<>(new ConvNorm("conv1", "bn1").layers(3, channels, 7, 2, new Relu()));
        stem.add(new MaxPool2d(3, 2, 1));
        stages.add(new Stage("stem", stem));
        for (int i = 0; i < widths.size(); i++) {
            String layer = "layer" + (i + 1);
            int width = widths.get(i);
            int out = bottleneck ? width * EXPANSION : width;
            List<Layer> blocks = new ArrayList<>();
            for (int j = 0; j < depths.get(i); j++) {
                int stride = i > 0 && j == 0 ? 2 : 1;
                String name = layer + "." + j;
                List<Layer> body =
                        bottleneck ? bottleneck(name, channels, width, stride) : basic(name, channels, width, stride);
                blocks.add(new Residual(body, shortcut(name, channels, out, stride)));
                channels = out;
            }
            stages.add(new Stage(layer, blocks));
        }
        stages.add(Stage.of("pool", new GlobalAveragePool()));
        stages.add(Stage.of("fc", new Linear("fc", channels, classes)));
        return new Architecture(id, preprocessing, stages, Initialization.HE_UNIFORM);
    }

    private static List<Layer> basic(String block, int in, int width, int stride) {
        List<Layer> body = new ArrayList<>(part(block, 1).layers(in, width, 3, stride, new Relu()));
        body.addAll(part(block, 2).layers(width, width, 3, 1));
        return body;
    }

    private static List<Layer> bottleneck(String block, int in, int width, int stride) {
        List<Layer> body = new ArrayList<>(part(block, 1).layers(in, width, 1, 1, new Relu()));
        body.addAll(part(block, 2).layers(width, width, 3, stride, new Relu()));
        body.addAll(part(block, 3).layers(width, width * EXPANSION, 1, 1));
        return body;
    }

    private static ConvNorm part(String block, int number) {
        return new ConvNorm(block + ".conv" + number, block + ".bn" + number);
    }

    private static List<Layer> shortcut(String block, int in, int out, int stride) {
        return stride == 1 && in == out
                ? List.of()
                : ConvNorm.numbered(block + ".downsample").layers(in, out, 1, stride);
    }
}
