package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.graft.backbone.Initialization;
import dev.graft.feature.Pooling;
import dev.graft.layer.Activation;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.Adapter;
import dev.graft.layer.Layer;
import dev.graft.layer.Layer.Conv2d;
import dev.graft.layer.Layer.Residual;
import dev.graft.layer.LayerNorm;
import dev.graft.layer.ParameterSpec;
import dev.graft.layer.PointwiseLinear;
import dev.graft.layer.SelfAttention;
import dev.graft.layer.SkipConnection;
import dev.graft.layer.Stage;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packed layers compute what the plain ones compute, from the same weights. */
class PackedLayersIT {
    private static final ActivationShape MAP = ActivationShape.map(6, 5, 7);
    private static final List<Stage> OF_MAPS = List.of(
            Stage.of(
                    "block",
                    new SkipConnection(List.of(
                            new LayerNorm("norm", 6, 1e-6f),
                            new PointwiseLinear("up", 6, 24),
                            Activation.GELU,
                            new PointwiseLinear("down", 24, 6)))),
            Stage.of("turned", new PointwiseLinear("turned", 6, 10, true), Activation.GELU_TANH),
            Stage.of("other", new PointwiseLinear("other", 10, 3), Activation.SILU),
            Stage.of("convolved", new Conv2d("convolved", 3, 24, 3, 1, 1, true), Activation.RELU6),
            Stage.of("depthwise", new Conv2d("depthwise", 24, 24, 3, 2, 1, 24, false), Activation.SILU),
            Stage.of("grouped", new Conv2d("grouped", 24, 12, 3, 1, 1, 4, true), Activation.GELU),
            Stage.of("residual", new Residual(List.of(new Conv2d("body", 12, 12, 1, 1, 0, true)), List.of())));

    private static final int WIDTH = 12;
    private static final ActivationShape SEQUENCE = ActivationShape.sequence(9, WIDTH);
    private static final List<Stage> OF_SEQUENCES = List.of(
            Stage.of(
                    "apart",
                    new SkipConnection(List.of(new SelfAttention(
                            List.of(square("query"), square("key"), square("value")), square("out"), 3, false, 0))),
                    new PointwiseLinear("wide", WIDTH, 4 * WIDTH),
                    Activation.GELU_TANH,
                    new PointwiseLinear("narrow", 4 * WIDTH, WIDTH)),
            Stage.of(
                    "joined",
                    new SkipConnection(List.of(new SelfAttention(
                            List.of(new PointwiseLinear("all", WIDTH, 3 * WIDTH, true)),
                            new PointwiseLinear("mixed", WIDTH, WIDTH, true),
                            2,
                            true,
                            0)))),
            Stage.of(
                    "adapted",
                    new PointwiseLinear("adapted", WIDTH, 20, false, new Adapter(2, 4, 0)),
                    Activation.GELU));

    private static PointwiseLinear square(String name) {
        return new PointwiseLinear(name, WIDTH, WIDTH);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 40})
    void mapsAreThoseOfThePlainPath(int batch) {
        WeightSet weights = weights(OF_MAPS);
        try (NDManager scope = TensorEngine.newScope();
                PackedLayers packed = new PackedLayers(scope, PackedLayers.in(OF_MAPS, weights(OF_MAPS)), weights)) {
            NDArray rows = scope.create(Numbers.random(batch * MAP.elements()), new Shape(batch, MAP.elements()));
            Entry entry = Entry.of(rows, MAP, Pass.inference());

            assertSame(OF_MAPS, entry, Parameters.of(scope, specs(OF_MAPS), weights), packed);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 40})
    void sequencesAreThoseOfThePlainPath(int batch) {
        WeightSet weights = weights(OF_SEQUENCES);
        try (NDManager scope = TensorEngine.newScope();
                PackedLayers packed =
                        new PackedLayers(scope, PackedLayers.in(OF_SEQUENCES, weights(OF_SEQUENCES)), weights)) {
            float[] rows = Numbers.random(batch * SEQUENCE.rowLength());
            for (int i = 0; i < batch; i++) {
                rows[i * SEQUENCE.rowLength()] = 1 + i % SEQUENCE.tokens();
            }
            Entry entry =
                    Entry.of(scope.create(rows, new Shape(batch, SEQUENCE.rowLength())), SEQUENCE, Pass.inference());

            assertSame(OF_SEQUENCES, entry, Parameters.of(scope, specs(OF_SEQUENCES), weights), packed);
        }
    }

    private static void assertSame(List<Stage> stages, Entry entry, Parameters parameters, PackedLayers packed) {
        List<Tap> taps = stages.stream()
                .map(stage -> new Tap(stage.name(), Pooling.MEAN))
                .toList();
        Program program = new Program(stages, taps);
        Program.Outcome plain = program.run(entry.activation(), parameters, entry.pass());

        Program.Outcome outcome = program.run(entry.activation(), parameters.with(packed), entry.pass());

        plain.tapped()
                .forEach((tap, expected) ->
                        assertClose(tap.toString(), outcome.tapped().get(tap), expected));
        assertClose("last", outcome.last(), plain.last());
    }

    private static void assertClose(String what, @Nullable NDArray found, @Nullable NDArray expected) {
        assertThat(Objects.requireNonNull(found).getShape())
                .as(what)
                .isEqualTo(Objects.requireNonNull(expected).getShape());
        assertThat(Numbers.largestDifference(found.toFloatArray(), expected.toFloatArray()))
                .as(what)
                .isLessThan(1e-5);
    }

    @Test
    void everyLayerIsFoundThoseOfAttentionsIncluded() {
        assertThat(PackedLayers.in(OF_SEQUENCES, weights(OF_SEQUENCES)))
                .extracting(PackedLayersIT::name)
                .containsExactly("query", "key", "value", "out", "wide", "narrow", "all", "mixed", "adapted");
        assertThat(PackedLayers.in(OF_MAPS, weights(OF_MAPS)))
                .extracting(PackedLayersIT::name)
                .containsExactly("up", "down", "turned", "other", "convolved", "depthwise", "grouped", "body");
    }

    private static String name(Layer layer) {
        return layer instanceof Conv2d conv ? conv.name() : ((PointwiseLinear) layer).name();
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.NEGATIVE_INFINITY})
    void convolutionsWithWeightsThatAreNoNumbersAreLeftToThePlainPath(float broken) {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>(weights(OF_MAPS).asMap());
        float[] bias = new float[24];
        bias[7] = broken;
        tensors.put("convolved.bias", FloatTensor.of(bias, 24));

        assertThat(PackedLayers.in(OF_MAPS, WeightSet.of(tensors)))
                .extracting(PackedLayersIT::name)
                .containsExactly("up", "down", "turned", "other");
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, true", "2, false"})
    void theWeightsInNativeMemoryAreByteForByteTheGivenOnes(int threads, boolean inputsFirst) {
        // Sides that no block size divides.
        List<Layer> layers = List.of(
                new PointwiseLinear("odd", 37, 91, inputsFirst),
                new PointwiseLinear("one", 1, 3, inputsFirst),
                new Conv2d("convolved", 5, 13, 3, 1, 1, true),
                new Conv2d("depthwise", 19, 19, 5, 2, 2, 19, false),
                new Conv2d("grouped", 6, 9, 1, 1, 0, 3, true));
        WeightSet weights = weights(List.of(new Stage("stage", layers)));
        TensorEngine.onThreads(threads, () -> {
            try (NDManager scope = TensorEngine.newScope();
                    PackedLayers packed = new PackedLayers(scope, layers, weights)) {
                Objects.requireNonNull(packed.get("odd"))
                        .run(scope.create(Numbers.random(50 * 37), new Shape(50, 37)), null);
                System.gc();

                assertThat(packed.toWeights()).isEqualTo(weights);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"GELU", "GELU_TANH"})
    void whatIsNoFiniteNumberStaysNone(Activation activation) {
        PointwiseLinear layer = new PointwiseLinear("layer", 4, 17);
        float[] bias = new float[17];
        bias[16] = Float.NaN;
        bias[3] = Float.POSITIVE_INFINITY;
        bias[4] = 1e30f;
        bias[5] = -1e30f;
        WeightSet broken = WeightSet.of(Map.of(
                "layer.weight", FloatTensor.of(Numbers.random(17 * 4), 17, 4), "layer.bias", FloatTensor.of(bias, 17)));
        try (NDManager scope = TensorEngine.newScope();
                PackedLayers packed = new PackedLayers(scope, List.of(layer), broken)) {
            float[] output = Objects.requireNonNull(packed.get("layer"))
                    .run(scope.create(Numbers.random(4), new Shape(1, 4)), activation)
                    .toFloatArray();

            assertThat(output[16]).isNaN();
            assertThat(Float.isFinite(output[3])).isFalse();
            assertThat(output[4]).isEqualTo(1e30f);
            assertThat(output[5]).isZero();
            assertThat(output[2]).isFinite();
        }
    }

    private static List<ParameterSpec> specs(List<Stage> stages) {
        return stages.stream().flatMap(stage -> stage.parameters().stream()).toList();
    }

    private static WeightSet weights(List<Stage> stages) {
        return Initialization.HE_UNIFORM.initialize(specs(stages), 5);
    }
}
