package dev.graft.backbone;

import dev.graft.image.Preprocessing;
import dev.graft.layer.Activation;
import dev.graft.layer.Layer;
import dev.graft.layer.Layer.Dropout;
import dev.graft.layer.Layer.GlobalAveragePool;
import dev.graft.layer.Layer.Linear;
import dev.graft.layer.SkipConnection;
import dev.graft.layer.SqueezeExcitation;
import dev.graft.layer.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * EfficientNet (Tan and Le 2019) with torchvision's parameter names; a stage is one of torchvision's {@code features}.
 * Blocks are never dropped at random in training, as torchvision does to train from scratch.
 */
final class EfficientNet {
    private static final float DROPOUT = 0.2f;
    // The squeezed width is a quarter of the block's input, not of its expanded inside.
    private static final int SQUEEZE = 4;

    /**
     * A run of blocks of one width, a row of the paper's table 1.
     *
     * @param expansion how many times wider the inside of a block is than its input
     * @param kernel of the depthwise convolution
     * @param channels channels of the blocks' output
     * @param repeats the number of blocks
     * @param stride of the first block
     */
    record Run(int expansion, int kernel, int channels, int repeats, int stride) {}

    /** The blocks of B0, and of every network of its depth and width. */
    static final List<Run> B0 = List.of(
            new Run(1, 3, 16, 1, 1),
            new Run(6, 3, 24, 2, 2),
            new Run(6, 5, 40, 2, 2),
            new Run(6, 3, 80, 3, 2),
            new Run(6, 5, 112, 3, 1),
            new Run(6, 5, 192, 4, 2),
            new Run(6, 3, 320, 1, 1));

    private EfficientNet() {}

    static Architecture b0() {
        return build("efficientnet_b0", ImageNet.bicubic(), 32, B0, 1280, ImageNet.CLASSES);
    }

    /** A network of this family, with the channels of its first and its last convolution. */
    static Architecture build(
            String id, Preprocessing preprocessing, int first, List<Run> runs, int last, int classes) {
        List<Stage> stages = new ArrayList<>();
        stages.add(new Stage("features.0", ConvNorm.numbered("features.0").layers(3, first, 3, 2, Activation.SILU)));
        int channels = first;
        for (int i = 0; i < runs.size(); i++) {
            Run run = runs.get(i);
            String stage = "features." + (i + 1);
            List<Layer> blocks = new ArrayList<>();
            for (int repeat = 0; repeat < run.repeats(); repeat++) {
                int stride = repeat == 0 ? run.stride() : 1;
                blocks.addAll(block(stage + "." + repeat + ".block", channels, run, stride));
                channels = run.channels();
            }
            stages.add(new Stage(stage, blocks));
        }
        String lastName = "features." + (runs.size() + 1);
        stages.add(new Stage(lastName, ConvNorm.numbered(lastName).layers(channels, last, 1, 1, Activation.SILU)));
        stages.add(Stage.of("pool", new GlobalAveragePool()));
        stages.add(Stage.of("classifier", new Dropout(DROPOUT), new Linear("classifier.1", last, classes)));
        return new Architecture(id, preprocessing, stages, Initialization.HE_UNIFORM);
    }

    private static List<Layer> block(String name, int in, Run run, int stride) {
        int inside = in * run.expansion();
        List<Layer> body = new ArrayList<>();
        int part = 0;
        if (run.expansion() != 1) {
            body.addAll(ConvNorm.numbered(name + ".0").layers(in, inside, 1, 1, Activation.SILU));
            part = 1;
        }
        body.addAll(ConvNorm.numbered(name + "." + part).depthwise(inside, run.kernel(), stride, Activation.SILU));
        String gate = name + "." + (part + 1);
        body.add(SqueezeExcitation.of(gate + ".fc1", gate + ".fc2", inside, Math.max(1, in / SQUEEZE)));
        body.addAll(ConvNorm.numbered(name + "." + (part + 2)).layers(inside, run.channels(), 1, 1));
        return stride == 1 && in == run.channels() ? List.of(new SkipConnection(body)) : body;
    }

    /** timm's names for the modules of {@code efficientnet_b0}. */
    static Naming timm() {
        Naming.Pairs pairs = new Naming.Pairs().put("conv_stem", "features.0.0").put("bn1", "features.0.1");
        for (int run = 0; run < B0.size(); run++) {
            for (int repeat = 0; repeat < B0.get(run).repeats(); repeat++) {
                String theirs = "blocks." + run + "." + repeat;
                String ours = "features." + (run + 1) + "." + repeat + ".block";
                if (B0.get(run).expansion() == 1) {
                    pairs.put(
                            theirs,
                            List.of("conv_dw", "bn1", "se.conv_reduce", "se.conv_expand", "conv_pw", "bn2"),
                            ours,
                            List.of("0.0", "0.1", "1.fc1", "1.fc2", "2.0", "2.1"));
                } else {
                    pairs.put(
                            theirs,
                            List.of(
                                    "conv_pw",
                                    "bn1",
                                    "conv_dw",
                                    "bn2",
                                    "se.conv_reduce",
                                    "se.conv_expand",
                                    "conv_pwl",
                                    "bn3"),
                            ours,
                            List.of("0.0", "0.1", "1.0", "1.1", "2.fc1", "2.fc2", "3.0", "3.1"));
                }
            }
        }
        String last = "features." + (B0.size() + 1);
        return pairs.put("conv_head", last + ".0")
                .put("bn2", last + ".1")
                .put("classifier", "classifier.1")
                .of("timm");
    }
}
