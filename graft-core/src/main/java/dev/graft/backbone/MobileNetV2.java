package dev.graft.backbone;

import dev.graft.image.Preprocessing;
import dev.graft.layer.Activation;
import dev.graft.layer.Layer;
import dev.graft.layer.Layer.Dropout;
import dev.graft.layer.Layer.GlobalAveragePool;
import dev.graft.layer.Layer.Linear;
import dev.graft.layer.SkipConnection;
import dev.graft.layer.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * MobileNetV2 (Sandler et al. 2018) with torchvision's parameter names. Blocks of one width form a stage, which is
 * named after its last block: the output of stage {@code features.3} is that of torchvision's {@code features[3]}.
 */
final class MobileNetV2 {
    private static final float DROPOUT = 0.2f;
    private static final List<String> TIMM_PARTS = List.of("conv_pw", "bn1", "conv_dw", "bn2", "conv_pwl", "bn3");

    /**
     * A run of blocks of one width, a row of the paper's table 2.
     *
     * @param expansion how many times wider the inside of a block is than its input
     * @param channels channels of the blocks' output
     * @param repeats the number of blocks
     * @param stride of the first block
     */
    record Run(int expansion, int channels, int repeats, int stride) {}

    private static final List<Run> RUNS = List.of(
            new Run(1, 16, 1, 1),
            new Run(6, 24, 2, 2),
            new Run(6, 32, 3, 2),
            new Run(6, 64, 4, 2),
            new Run(6, 96, 3, 1),
            new Run(6, 160, 3, 2),
            new Run(6, 320, 1, 1));

    private MobileNetV2() {}

    static Architecture architecture() {
        return build("mobilenet_v2", ImageNet.bilinear(), 32, RUNS, 1280, ImageNet.CLASSES);
    }

    /** A network of this family, with the channels of its first and its last convolution. */
    static Architecture build(
            String id, Preprocessing preprocessing, int first, List<Run> runs, int last, int classes) {
        List<Stage> stages = new ArrayList<>();
        stages.add(new Stage("features.0", ConvNorm.numbered("features.0").layers(3, first, 3, 2, Activation.RELU6)));
        int channels = first;
        int index = 0;
        for (Run run : runs) {
            List<Layer> blocks = new ArrayList<>();
            for (int repeat = 0; repeat < run.repeats(); repeat++) {
                index++;
                int stride = repeat == 0 ? run.stride() : 1;
                blocks.addAll(block("features." + index + ".conv", channels, run, stride));
                channels = run.channels();
            }
            stages.add(new Stage("features." + index, blocks));
        }
        String lastName = "features." + (index + 1);
        stages.add(new Stage(lastName, ConvNorm.numbered(lastName).layers(channels, last, 1, 1, Activation.RELU6)));
        stages.add(Stage.of("pool", new GlobalAveragePool()));
        stages.add(Stage.of("classifier", new Dropout(DROPOUT), new Linear("classifier.1", last, classes)));
        return new Architecture(id, preprocessing, stages, Initialization.HE_UNIFORM);
    }

    private static List<Layer> block(String name, int in, Run run, int stride) {
        int inside = in * run.expansion();
        List<Layer> body = new ArrayList<>();
        int part = 0;
        if (run.expansion() != 1) {
            body.addAll(ConvNorm.numbered(name + ".0").layers(in, inside, 1, 1, Activation.RELU6));
            part = 1;
        }
        body.addAll(ConvNorm.numbered(name + "." + part).depthwise(inside, 3, stride, Activation.RELU6));
        ConvNorm project = new ConvNorm(name + "." + (part + 1), name + "." + (part + 2));
        body.addAll(project.layers(inside, run.channels(), 1, 1));
        return stride == 1 && in == run.channels() ? List.of(new SkipConnection(body)) : body;
    }

    /** timm's names for the modules of {@code mobilenetv2_100}. */
    static Naming timm() {
        Naming.Pairs pairs = new Naming.Pairs().put("conv_stem", "features.0.0").put("bn1", "features.0.1");
        int index = 0;
        for (int run = 0; run < RUNS.size(); run++) {
            for (int repeat = 0; repeat < RUNS.get(run).repeats(); repeat++) {
                index++;
                String theirs = "blocks." + run + "." + repeat;
                String ours = "features." + index + ".conv";
                if (RUNS.get(run).expansion() == 1) {
                    pairs.put(
                            theirs, List.of("conv_dw", "bn1", "conv_pw", "bn2"), ours, List.of("0.0", "0.1", "1", "2"));
                } else {
                    pairs.put(theirs, TIMM_PARTS, ours, List.of("0.0", "0.1", "1.0", "1.1", "2", "3"));
                }
            }
        }
        String last = "features." + (index + 1);
        return pairs.put("conv_head", last + ".0")
                .put("bn2", last + ".1")
                .put("classifier", "classifier.1")
                .of("timm");
    }
}
