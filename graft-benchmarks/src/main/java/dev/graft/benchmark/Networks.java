package dev.graft.benchmark;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.backbone.BackboneCard;
import dev.graft.backbone.Initialization;
import dev.graft.image.Preprocessing;
import dev.graft.layer.Layer;
import dev.graft.layer.Layer.BatchNorm2d;
import dev.graft.layer.Layer.Conv2d;
import dev.graft.layer.Layer.GlobalAveragePool;
import dev.graft.layer.Layer.Linear;
import dev.graft.layer.Layer.Relu;
import dev.graft.layer.Layer.Residual;
import dev.graft.layer.Stage;
import dev.graft.source.Backbones;
import dev.graft.text.TextBackbones;
import java.util.List;

/** The networks that are measured. Each peer builds them from the same description and starts from the same weights. */
final class Networks {
    static final String DIGITS = "digits-cnn";
    static final String RESNET = "small-resnet";
    static final String MINILM = "minilm-l6";
    static final String LITE = "tf_efficientnet_lite0";
    /** The network for photographs without its centre crop: images of its size are only normalised. */
    static final String LITE_WHOLE = "tf_efficientnet_lite0-whole";

    // No sentence of a film review is longer.
    private static final int MOST_TOKENS = 96;
    private static final long SEED = 42;

    private Networks() {}

    static Backbone named(String id) {
        return switch (id) {
            case DIGITS -> Backbones.load(DIGITS);
            case RESNET -> resnet();
            case MINILM -> TextBackbones.load(MINILM, MOST_TOKENS);
            case LITE -> Photographs.CROPPED;
            case LITE_WHOLE -> Photographs.WHOLE;
            default -> throw new IllegalArgumentException(id);
        };
    }

    /** Read once, because peers ask for it in the middle of what is measured. */
    private static final class Photographs {
        private static final Backbone CROPPED = Backbones.load(LITE);
        private static final Backbone WHOLE = whole();

        private static Backbone whole() {
            Architecture architecture = CROPPED.architecture();
            Preprocessing whole = architecture.preprocessing().withFit(Preprocessing.DEFAULT_FIT);
            return new Backbone(architecture.withPreprocessing(whole), CROPPED.weights(), CROPPED.card());
        }
    }

    /** A residual network of seven convolutions with BatchNorm (He et al. 2016), 32x32x3, from random weights. */
    private static Backbone resnet() {
        Architecture architecture = new Architecture(
                RESNET,
                Preprocessing.unitRange(32, 32, 3),
                List.of(
                        Stage.of("stem", conv("stem", 3, 16, 3, 1), BatchNorm2d.of("stem.norm", 16), new Relu()),
                        Stage.of("block1", block("block1", 16, 16, 1)),
                        Stage.of("block2", block("block2", 16, 32, 2)),
                        Stage.of("block3", block("block3", 32, 64, 2)),
                        Stage.of("pool", new GlobalAveragePool()),
                        Stage.of("logits", new Linear("logits", 64, SyntheticImages.CLASSES))),
                Initialization.HE_UNIFORM);
        BackboneCard card = BackboneCard.of("here", "none").withLicense("Apache-2.0");
        return new Backbone(
                architecture, architecture.weightInitialization().initialize(architecture.parameters(), SEED), card);
    }

    private static Residual block(String name, int in, int out, int stride) {
        List<Layer> body = List.of(
                conv(name + ".conv1", in, out, 3, stride),
                BatchNorm2d.of(name + ".norm1", out),
                new Relu(),
                conv(name + ".conv2", out, out, 3, 1),
                BatchNorm2d.of(name + ".norm2", out));
        List<Layer> shortcut = stride == 1
                ? List.of()
                : List.of(conv(name + ".down", in, out, 1, stride), BatchNorm2d.of(name + ".downNorm", out));
        return new Residual(body, shortcut);
    }

    private static Conv2d conv(String name, int in, int out, int kernel, int stride) {
        return new Conv2d(name, in, out, kernel, stride, kernel / 2, false);
    }
}
