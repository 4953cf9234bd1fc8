package dev.graft.backbone;

import dev.graft.image.Preprocessing;
import dev.graft.layer.Activation;
import dev.graft.layer.Layer;
import dev.graft.layer.Layer.Conv2d;
import dev.graft.layer.Layer.GlobalAveragePool;
import dev.graft.layer.Layer.Linear;
import dev.graft.layer.LayerNorm;
import dev.graft.layer.LayerScale;
import dev.graft.layer.PointwiseLinear;
import dev.graft.layer.SkipConnection;
import dev.graft.layer.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * ConvNeXt (Liu et al. 2022) with torchvision's parameter names. A downsampling belongs to the stage that it opens, which
 * is named after its blocks: the output of stage {@code features.3} is that of torchvision's {@code features[3]}. The
 * stage {@code pool} holds the classifier's normalisation, so that features taken there are normalised ones. Blocks are
 * never dropped at random in training, as torchvision does to train from scratch.
 */
final class ConvNext {
    private static final float EPSILON = 1e-6f;
    private static final int EXPANSION = 4;
    private static final List<Integer> TINY_WIDTHS = List.of(96, 192, 384, 768);
    private static final List<Integer> TINY_DEPTHS = List.of(3, 3, 9, 3);

    private ConvNext() {}

    static Architecture tiny() {
        return build("convnext_tiny", ImageNet.bilinear(), TINY_WIDTHS, TINY_DEPTHS, ImageNet.CLASSES);
    }

    /**
     * A network of this family.
     *
     * @param widths channels of each stage's blocks
     * @param depths blocks of each stage
     */
    static Architecture build(
            String id, Preprocessing preprocessing, List<Integer> widths, List<Integer> depths, int classes) {
        List<Stage> stages = new ArrayList<>();
        int channels = widths.get(0);
        stages.add(Stage.of(
                "features.0",
                new Conv2d("features.0.0", 3, channels, 4, 4, 0, true),
                new LayerNorm("features.0.1", channels, EPSILON)));
        for (int i = 0; i < widths.size(); i++) {
            List<Layer> layers = new ArrayList<>();
            if (i > 0) {
                String down = "features." + 2 * i;
                layers.add(new LayerNorm(down + ".0", channels, EPSILON));
                layers.add(new Conv2d(down + ".1", channels, widths.get(i), 2, 2, 0, true));
                channels = widths.get(i);
            }
            String stage = "features." + (2 * i + 1);
            for (int j = 0; j < depths.get(i); j++) {
                layers.add(block(stage + "." + j, channels));
            }
            stages.add(new Stage(stage, layers));
        }
        stages.add(Stage.of("pool", new GlobalAveragePool(), new LayerNorm("classifier.0", channels, EPSILON)));
        stages.add(Stage.of("classifier", new Linear("classifier.2", channels, classes)));
        return new Architecture(id, preprocessing, stages, Initialization.HE_UNIFORM);
    }

    private static Layer block(String name, int channels) {
        return new SkipConnection(List.of(
                new Conv2d(name + ".block.0", channels, channels, 7, 1, 3, channels, true),
                new LayerNorm(name + ".block.2", channels, EPSILON),
                new PointwiseLinear(name + ".block.3", channels, EXPANSION * channels),
                Activation.GELU,
                new PointwiseLinear(name + ".block.5", EXPANSION * channels, channels),
                new LayerScale(name + ".layer_scale", channels)));
    }

    /** timm's names for the modules of {@code convnext_tiny}. */
    static Naming timm() {
        Naming.Pairs pairs = new Naming.Pairs()
                .put("stem", List.of("0", "1"), "features.0", List.of("0", "1"))
                .put("head.norm", "classifier.0")
                .put("head.fc", "classifier.2");
        for (int i = 0; i < TINY_DEPTHS.size(); i++) {
            String stage = "stages." + i;
            if (i > 0) {
                pairs.put(stage + ".downsample", List.of("0", "1"), "features." + 2 * i, List.of("0", "1"));
            }
            for (int j = 0; j < TINY_DEPTHS.get(i); j++) {
                pairs.put(
                        stage + ".blocks." + j,
                        List.of("conv_dw", "norm", "mlp.fc1", "mlp.fc2", "gamma"),
                        "features." + (2 * i + 1) + "." + j,
                        List.of("block.0", "block.2", "block.3", "block.5", "layer_scale"));
            }
        }
        return pairs.of("timm");
    }
}
