package dev.graft.evidence;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Initialization;
import dev.graft.data.Image;
import dev.graft.feature.Cut;
import dev.graft.image.Interpolation;
import dev.graft.image.Preprocessing;
import dev.graft.image.ResizeMode;
import dev.graft.layer.Layer;
import dev.graft.layer.Layer.Conv2d;
import dev.graft.layer.Layer.Linear;
import dev.graft.layer.Stage;
import dev.graft.model.Lineage;
import dev.graft.model.TransferModel;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Networks that see brightness, so that it is known where their evidence lies; and pictures with a bright patch. */
final class Pictures {
    private static final Lineage LINEAGE =
            new Lineage("bright", "made", "ab12", "feature-extraction", "patches", "cd34", 5, 7, "0.1.0");

    private Pictures() {}

    /** One channel that is the picture itself. */
    static Architecture identity(int height, int width) {
        return network(Preprocessing.unitRange(height, width, 1), new Conv2d("conv", 1, 1, 1, 1, 0, true));
    }

    /** What is cut out of the middle of a picture whose shorter side was made this long. */
    static Preprocessing cropped(int side, int shorterSide) {
        return Preprocessing.unitRange(side, side, 1)
                .withFit(new ResizeMode.CenterCrop(shorterSide, Interpolation.BILINEAR));
    }

    /** A stage of maps, a pool, and a classifier that transfer replaces. */
    static Architecture network(Preprocessing preprocessing, Layer... layers) {
        return new Architecture(
                "bright",
                preprocessing,
                List.of(
                        Stage.of("map", layers),
                        Stage.of("pool", new Layer.GlobalAveragePool()),
                        Stage.of("logits", new Linear("logits", 1, 2))),
                Initialization.HE_UNIFORM);
    }

    /** The convolutions' kernels mean values of their windows; the head's one logit speaks for the class b. */
    static TransferModel model(Architecture architecture, Cut cut, List<Float> headWeights, float bias) {
        Map<String, FloatTensor> weights = new LinkedHashMap<>();
        architecture.stages().get(0).parameters().forEach(spec -> {
            long[] shape = spec.shapeArray();
            int size = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
            float[] values = new float[size];
            Arrays.fill(values, shape.length > 1 ? 1f / size : 0);
            weights.put(spec.name(), new FloatTensor(shape, values));
        });
        float[] head = new float[headWeights.size()];
        for (int i = 0; i < head.length; i++) {
            head[i] = headWeights.get(i);
        }
        return model(architecture, cut, head, bias, weights);
    }

    private static TransferModel model(
            Architecture architecture, Cut cut, float[] head, float bias, Map<String, FloatTensor> weights) {
        weights.put("head.logits.weight", FloatTensor.of(head, 1, head.length));
        weights.put("head.logits.bias", FloatTensor.of(new float[] {bias}, 1));
        return new TransferModel(
                architecture,
                cut,
                "linear",
                List.of(new Linear("head.logits", head.length, 1)),
                List.of("a", "b"),
                WeightSet.of(weights),
                LINEAGE);
    }

    /** Pictures of 14 x 14 into one dense unit that adds up the 2 x 2 pixels of the lower left corner. */
    static TransferModel denseOnCorner() {
        Architecture architecture = new Architecture(
                "corner",
                Preprocessing.unitRange(14, 14, 1),
                List.of(
                        Stage.of("flatten", new Layer.Flatten()),
                        Stage.of("dense", new Linear("dense", 196, 1), new Layer.Relu()),
                        Stage.of("logits", new Linear("logits", 1, 2))),
                Initialization.HE_UNIFORM);
        float[] corner = new float[196];
        for (int i = 0; i < corner.length; i++) {
            corner[i] = i / 14 >= 12 && i % 14 < 2 ? 1 : 0;
        }
        Map<String, FloatTensor> weights = new LinkedHashMap<>();
        weights.put("dense.weight", FloatTensor.of(corner, 1, 196));
        weights.put("dense.bias", FloatTensor.of(new float[1], 1));
        return model(architecture, Cut.at("dense"), new float[] {1}, 0, weights);
    }

    /** A dark picture with a bright square. */
    static Image patch(int height, int width, int top, int left, int side) {
        byte[] pixels = new byte[height * width];
        for (int row = top; row < top + side; row++) {
            Arrays.fill(pixels, row * width + left, row * width + left + side, (byte) 255);
        }
        return new Image(height, width, 1, pixels);
    }
}
