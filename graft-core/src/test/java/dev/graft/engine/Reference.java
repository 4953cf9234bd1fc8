package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Initialization;
import dev.graft.feature.Pooling;
import dev.graft.image.Preprocessing;
import dev.graft.layer.Layer;
import dev.graft.layer.Layer.BatchNorm2d;
import dev.graft.layer.Layer.Conv2d;
import dev.graft.layer.Stage;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.SafetensorsFile;
import dev.graft.weights.WeightSet;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;

/** What PyTorch says about two networks; the files are made by {@code make_reference.py}. */
final class Reference {
    /** A small residual network with both kinds of shortcut; the weights are in {@code residual-weights}. */
    static final Architecture RESIDUAL = residual();

    private Reference() {}

    static WeightSet load(String name) {
        String path = "/reference/" + name + ".safetensors";
        try (InputStream in = Objects.requireNonNull(Reference.class.getResourceAsStream(path), path);
                SafetensorsFile file = SafetensorsFile.parse(in.readAllBytes(), path)) {
            return file.readAll();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Training the whole residual network. */
    static TrainingPlan residualPlan() {
        return new TrainingPlan(
                RESIDUAL.inputShape(),
                RESIDUAL.featureStages(),
                List.of(new Tap("pool", Pooling.NONE)),
                RESIDUAL.classifier().layers(),
                3);
    }

    /** How far two sets of the same tensors are apart at most. */
    static double largestDifference(WeightSet one, WeightSet other) {
        double largest = 0;
        for (String name : one.names()) {
            float[] left = one.get(name).values();
            float[] right = other.get(name).values();
            for (int i = 0; i < left.length; i++) {
                largest = Math.max(largest, Math.abs((double) left[i] - right[i]));
            }
        }
        return largest;
    }

    /** Every pooling at every given stage. */
    static List<Tap> taps(String... stages) {
        List<Tap> taps = new ArrayList<>();
        for (String stage : stages) {
            // The references are older than quarters, which have a test of their own.
            EnumSet.complementOf(EnumSet.of(Pooling.QUADRANTS)).forEach(pooling -> taps.add(new Tap(stage, pooling)));
        }
        return taps;
    }

    /** The features of one tap as PyTorch has them; a vector is not pooled. */
    static FloatTensor features(WeightSet expected, Tap tap) {
        String name = "cut." + tap.stage() + ".";
        String pooled = name + tap.pooling().label();
        return expected.get(expected.contains(pooled) ? pooled : name + "none");
    }

    static void assertClose(String what, float[] found, FloatTensor expected, float tolerance) {
        float[] values = expected.values();
        assertThat(found).as(what).hasSameSizeAs(values);
        int worst = 0;
        for (int i = 0; i < values.length; i++) {
            if (!(Math.abs(found[i] - values[i]) <= Math.abs(found[worst] - values[worst]))) {
                worst = i;
            }
        }
        assertThat(found[worst]).as(what + ", the worst element, " + worst).isCloseTo(values[worst], within(tolerance));
    }

    private static Architecture residual() {
        Layer block1 = new Layer.Residual(
                List.of(
                        conv("block1.conv1", 6, 6, 3, 1, 1),
                        BatchNorm2d.of("block1.norm1", 6),
                        new Layer.Relu(),
                        conv("block1.conv2", 6, 6, 3, 1, 1),
                        BatchNorm2d.of("block1.norm2", 6)),
                List.of());
        Layer block2 = new Layer.Residual(
                List.of(
                        conv("block2.conv1", 6, 8, 3, 2, 1),
                        BatchNorm2d.of("block2.norm1", 8),
                        new Layer.Relu(),
                        conv("block2.conv2", 8, 8, 3, 1, 1),
                        BatchNorm2d.of("block2.norm2", 8)),
                List.of(conv("block2.down", 6, 8, 1, 2, 0), BatchNorm2d.of("block2.downnorm", 8)));
        return new Architecture(
                "residual",
                Preprocessing.unitRange(12, 12, 3),
                List.of(
                        Stage.of(
                                "stem",
                                conv("stem.conv", 3, 6, 3, 1, 1),
                                BatchNorm2d.of("stem.norm", 6),
                                new Layer.Relu(),
                                new Layer.MaxPool2d(2, 2)),
                        Stage.of("block1", block1),
                        Stage.of("block2", block2),
                        Stage.of("pool", new Layer.GlobalAveragePool()),
                        Stage.of("logits", new Layer.Linear("logits", 8, 3))),
                Initialization.HE_UNIFORM);
    }

    private static Conv2d conv(String name, int in, int out, int kernel, int stride, int padding) {
        return new Conv2d(name, in, out, kernel, stride, padding, false);
    }
}
