package dev.graft.backbone;

import dev.graft.image.Interpolation;
import dev.graft.image.Preprocessing;
import dev.graft.image.ResizeMode;
import dev.graft.layer.Activation;
import dev.graft.layer.Layer;
import dev.graft.layer.Layer.BatchNorm2d;
import dev.graft.layer.Layer.Conv2d;
import dev.graft.layer.Layer.Dropout;
import dev.graft.layer.Layer.GlobalAveragePool;
import dev.graft.layer.Layer.Linear;
import dev.graft.layer.SamePadding;
import dev.graft.layer.SkipConnection;
import dev.graft.layer.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * EfficientNet-Lite0, the form of EfficientNet for small devices that its authors published in 2020: ReLU6 instead of SiLU,
 * and no squeeze-and-excitation. Parameters have timm's names; a stage is one of timm's {@code blocks}, between the
 * {@code stem} and the {@code head}.
 */
final class EfficientNetLite {
    private static final float DROPOUT = 0.2f;
    private static final int SIDE = 224;
    private static final int SHORTER_SIDE = 256;
    private static final int STEM = 32;
    private static final int HEAD = 1280;

    /**
     * What differs between the weights trained with TensorFlow and those trained with PyTorch.
     *
     * @param same whether padding follows TensorFlow's rule, uneven at stride 2; else it is the same on all sides
     * @param epsilon added to a variance in batch normalisation
     */
    private record Flavour(boolean same, float epsilon) {}

    private static final Flavour TENSORFLOW = new Flavour(true, 1e-3f);
    private static final Flavour PYTORCH = new Flavour(false, 1e-5f);

    // TensorFlow's own 0.01 takes hundreds of steps to follow weights that are fine-tuned, which few data do not make.
    private static final float MOMENTUM = 0.1f;

    private final Flavour flavour;

    private EfficientNetLite(Flavour flavour) {
        this.flavour = flavour;
    }

    /** As TensorFlow trained it: pixels from -1 to 1. */
    static Architecture tensorFlow() {
        List<Float> half = List.of(0.5f, 0.5f, 0.5f);
        Preprocessing preprocessing = new Preprocessing(
                SIDE, SIDE, 3, half, half, new ResizeMode.CenterCrop(SHORTER_SIDE, Interpolation.BICUBIC));
        return tensorFlow("tf_efficientnet_lite0", preprocessing, STEM, EfficientNet.B0, HEAD, ImageNet.CLASSES);
    }

    /** As timm trained it in PyTorch. */
    static Architecture pyTorch() {
        return new EfficientNetLite(PYTORCH)
                .build("efficientnet_lite0", ImageNet.bicubic(), STEM, EfficientNet.B0, HEAD, ImageNet.CLASSES);
    }

    /** A network of this family in TensorFlow's way, with the channels of its first and its last convolution. */
    static Architecture tensorFlow(
            String id, Preprocessing preprocessing, int first, List<EfficientNet.Run> runs, int last, int classes) {
        return new EfficientNetLite(TENSORFLOW).build(id, preprocessing, first, runs, last, classes);
    }

    private Architecture build(
            String id, Preprocessing preprocessing, int first, List<EfficientNet.Run> runs, int last, int classes) {
        List<Stage> stages = new ArrayList<>();
        stages.add(new Stage("stem", activated("conv_stem", "bn1", 3, first, 3, 2, 1)));
        int channels = first;
        for (int i = 0; i < runs.size(); i++) {
            EfficientNet.Run run = runs.get(i);
            List<Layer> blocks = new ArrayList<>();
            for (int repeat = 0; repeat < run.repeats(); repeat++) {
                blocks.addAll(block("blocks." + i + "." + repeat + ".", channels, run, repeat == 0 ? run.stride() : 1));
                channels = run.channels();
            }
            stages.add(new Stage("blocks." + i, blocks));
        }
        stages.add(new Stage("head", activated("conv_head", "bn2", channels, last, 1, 1, 1)));
        stages.add(Stage.of("pool", new GlobalAveragePool()));
        stages.add(Stage.of("classifier", new Dropout(DROPOUT), new Linear("classifier", last, classes)));
        return new Architecture(id, preprocessing, stages, Initialization.HE_UNIFORM);
    }

    /** Depthwise separable where nothing is expanded, else an inverted residual (Sandler et al. 2018). */
    private List<Layer> block(String name, int in, EfficientNet.Run run, int stride) {
        int inside = in * run.expansion();
        boolean expanded = run.expansion() != 1;
        List<Layer> body = new ArrayList<>();
        if (expanded) {
            body.addAll(activated(name + "conv_pw", name + "bn1", in, inside, 1, 1, 1));
        }
        body.addAll(activated(
                name + "conv_dw", name + (expanded ? "bn2" : "bn1"), inside, inside, run.kernel(), stride, inside));
        body.addAll(normalized(
                name + (expanded ? "conv_pwl" : "conv_pw"),
                name + (expanded ? "bn3" : "bn2"),
                inside,
                run.channels(),
                1,
                1,
                1));
        return stride == 1 && in == run.channels() ? List.of(new SkipConnection(body)) : body;
    }

    private List<Layer> activated(String conv, String norm, int in, int out, int kernel, int stride, int groups) {
        List<Layer> layers = new ArrayList<>(normalized(conv, norm, in, out, kernel, stride, groups));
        layers.add(Activation.RELU6);
        return layers;
    }

    private List<Layer> normalized(String conv, String norm, int in, int out, int kernel, int stride, int groups) {
        BatchNorm2d batchNorm = new BatchNorm2d(norm, out, flavour.epsilon(), MOMENTUM);
        // At stride 1 both rules are the same for every size of input.
        boolean uneven = flavour.same() && stride > 1;
        int padding = uneven ? 0 : (kernel - 1) / 2;
        Conv2d convolution = new Conv2d(conv, in, out, kernel, stride, padding, groups, false);
        return uneven
                ? List.of(new SamePadding(kernel, stride), convolution, batchNorm)
                : List.of(convolution, batchNorm);
    }
}
