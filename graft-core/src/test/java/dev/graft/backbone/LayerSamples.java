package dev.graft.backbone;

import dev.graft.layer.Activation;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.AveragePool2d;
import dev.graft.layer.GatedFusion;
import dev.graft.layer.Layer;
import dev.graft.layer.Layer.BatchNorm2d;
import dev.graft.layer.Layer.Conv2d;
import dev.graft.layer.LayerNorm;
import dev.graft.layer.LayerScale;
import dev.graft.layer.PointwiseLinear;
import dev.graft.layer.SamePadding;
import dev.graft.layer.SelfAttention;
import dev.graft.layer.SequencePool;
import dev.graft.layer.SkipConnection;
import dev.graft.layer.SqueezeExcitation;
import dev.graft.layer.Stage;
import dev.graft.layer.Standardization;
import dev.graft.layer.TokenEmbedding;
import dev.graft.layer.UnitLength;
import dev.graft.weights.WeightSet;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A layer of every kind that there is, for tests of the places that must know them all. */
public final class LayerSamples {
    private static final ActivationShape MAP = ActivationShape.map(4, 6, 5);
    private static final ActivationShape SEQUENCE = ActivationShape.sequence(7, 6);
    private static final ActivationShape VECTOR = ActivationShape.vector(6);

    private LayerSamples() {}

    /**
     * A layer and what it takes.
     *
     * @param layer the layer
     * @param input the shape of one example's input
     */
    public record Sample(Layer layer, ActivationShape input) {
        /** The layer as a stage. */
        public Stage stage() {
            return Stage.of("stage", layer);
        }

        /** Weights, with variances that are none below 0. */
        public WeightSet weights() {
            return Initialization.HE_UNIFORM.initialize(layer.parameters(), 3);
        }

        /** Some examples as rows, the same each time. Every sequence uses all of its tokens. */
        public float[] rows(int examples) {
            SplittableRandom random = new SplittableRandom(4);
            float[] rows = new float[examples * input.rowLength()];
            for (int i = 0; i < rows.length; i++) {
                boolean length = input.isSequence() && i % input.rowLength() == 0;
                double value = layer instanceof TokenEmbedding table
                        ? random.nextInt(table.vocabulary())
                        : random.nextDouble(-1, 1);
                rows[i] = length ? input.tokens() : (float) value;
            }
            return rows;
        }

        @Override
        public String toString() {
            return kind(layer).getSimpleName() + ", " + layer.describe();
        }
    }

    /** At least one of each kind. */
    public static Stream<Sample> all() {
        return Stream.of(
                        of(
                                MAP,
                                new Conv2d("conv", 4, 6, 3, 1, 1, true),
                                new Conv2d("grouped", 4, 8, 2, 2, 0, 4, false),
                                BatchNorm2d.of("norm", 4),
                                new Layer.Relu(),
                                new Layer.MaxPool2d(3, 2, 1),
                                new AveragePool2d(2, 2, 0),
                                new Layer.GlobalAveragePool(),
                                new Layer.Flatten(),
                                new SamePadding(3, 2),
                                new Layer.Residual(normalized("body"), normalized("shortcut")),
                                new SkipConnection(normalized("body")),
                                new SqueezeExcitation(
                                        new Conv2d("reduce", 4, 2, 1, 1, 0, true),
                                        new Conv2d("expand", 2, 4, 1, 1, 0, true)),
                                new LayerNorm("norm", 4, 1e-6f),
                                new PointwiseLinear("wide", 4, 9),
                                new LayerScale("scale", 4)),
                        of(VECTOR, Activation.values()),
                        of(
                                VECTOR,
                                new Layer.Linear("dense", 6, 3),
                                new Layer.Dropout(0.5f),
                                new Standardization("scale", 6),
                                new GatedFusion("gate", List.of(2, 4), 3),
                                new UnitLength()),
                        of(SEQUENCE, SequencePool.values()),
                        of(
                                SEQUENCE,
                                new LayerNorm("norm", 6, 1e-6f),
                                new SelfAttention(
                                        List.of(square("query"), square("key"), square("value")),
                                        square("out"),
                                        2,
                                        true,
                                        0)),
                        of(
                                ActivationShape.sequence(7, 1),
                                new TokenEmbedding("words", 11, "positions", 9, 2, "types", 2, 6)))
                .flatMap(samples -> samples);
    }

    /** Every kind that the sealed interface permits, those of sealed kinds below it included. */
    public static Set<Class<?>> kinds() {
        return permitted(Layer.class).collect(Collectors.toUnmodifiableSet());
    }

    /** The kind of a layer, which for a constant with a body of its own is the enum. */
    public static Class<?> kind(Layer layer) {
        return layer instanceof Enum<?> constant ? constant.getDeclaringClass() : layer.getClass();
    }

    private static Stream<Class<?>> permitted(Class<?> type) {
        return type.isInterface() && type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(LayerSamples::permitted)
                : Stream.of(type);
    }

    private static Stream<Sample> of(ActivationShape input, Layer... layers) {
        return Arrays.stream(layers).map(layer -> new Sample(layer, input));
    }

    private static List<Layer> normalized(String name) {
        return List.of(new Conv2d(name, 4, 4, 3, 1, 1, false), BatchNorm2d.of(name + ".norm", 4));
    }

    private static PointwiseLinear square(String name) {
        return new PointwiseLinear(name, 6, 6);
    }
}
