package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.graft.backbone.Initialization;
import dev.graft.feature.Pooling;
import dev.graft.layer.Activation;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer.BatchNorm2d;
import dev.graft.layer.Layer.Conv2d;
import dev.graft.layer.Layer.Residual;
import dev.graft.layer.ParameterSpec;
import dev.graft.layer.SkipConnection;
import dev.graft.layer.Stage;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gradients of a way back in pieces are those that the engine computes in one go. */
class BackwardPassIT {
    private static final int BATCH = 3;
    private static final int CHANNELS = 16;
    private static final ActivationShape INPUT = ActivationShape.map(CHANNELS, 9, 12);

    static Stream<Conv2d> depthwise() {
        return Stream.of(
                depthwise(5, 1, 2, true),
                depthwise(5, 1, 2, false),
                depthwise(5, 1, 0, true),
                depthwise(5, 1, 4, true),
                depthwise(5, 2, 2, true),
                depthwise(5, 2, 0, false),
                depthwise(5, 3, 1, true),
                depthwise(4, 1, 1, true),
                depthwise(7, 1, 3, true),
                depthwise(7, 2, 3, true),
                depthwise(9, 1, 4, false),
                depthwise(11, 1, 10, true),
                // So much padding that the outer columns never meet the input.
                depthwise(29, 1, 28, false));
    }

    private static Conv2d depthwise(int kernel, int stride, int padding, boolean bias) {
        return new Conv2d("depthwise", CHANNELS, CHANNELS, kernel, stride, padding, CHANNELS, bias);
    }

    @ParameterizedTest
    @MethodSource("depthwise")
    void ofADepthwiseConvolution(Conv2d conv) {
        assertThat(DepthwiseConvolution.hasSlowGradient(conv)).isTrue();
        assertAgrees(List.of(Stage.of("only", conv)), List.of(new Tap("only", Pooling.NONE)));
    }

    @Test
    void ofActivationsThatSeveralTake() {
        List<Stage> stages = List.of(
                Stage.of(
                        "first",
                        new Conv2d("first", CHANNELS, CHANNELS, 1, 1, 0, false),
                        new BatchNorm2d("clipped", CHANNELS, 1e-3f, 0.1f),
                        Activation.RELU6),
                Stage.of(
                        "skip",
                        new SkipConnection(List.of(depthwise(5, 1, 2, false), BatchNorm2d.of("norm", CHANNELS)))),
                Stage.of(
                        "residual",
                        new Residual(
                                List.of(new Conv2d("wide", CHANNELS, CHANNELS, 7, 2, 3, CHANNELS, true)),
                                List.of(new Conv2d("down", CHANNELS, CHANNELS, 1, 2, 0, false)))),
                Stage.of("last", new Conv2d("last", CHANNELS, 8, 3, 1, 1, true)));
        assertThat(hasSlowGradient(stages.subList(0, 1))).isFalse();
        assertThat(hasSlowGradient(stages.subList(1, 2))).isTrue();
        assertThat(hasSlowGradient(stages.subList(2, 3))).isTrue();

        assertAgrees(
                stages,
                List.of(
                        new Tap("first", Pooling.MEAN),
                        new Tap("skip", Pooling.MEAN_MAX),
                        new Tap("residual", Pooling.MEAN),
                        new Tap("last", Pooling.MEAN_MAX_STD)));
    }

    @Test
    void nobodyComputesInTrainingWhatComesAfterTheLastTap() {
        List<Stage> stages = List.of(
                Stage.of("first", depthwise(5, 1, 2, false)),
                Stage.of("unused", new Conv2d("unused", CHANNELS, CHANNELS, 5, 1, 2, CHANNELS, false)));

        try (NDManager scope = TensorEngine.newScope()) {
            Map<String, float[]> gradients = gradients(scope, stages, List.of(new Tap("first", Pooling.MEAN)), true);

            assertThat(gradients).containsOnlyKeys("input", "depthwise.weight");
        }
    }

    private static boolean hasSlowGradient(List<Stage> stages) {
        return new Program(stages, List.of()).hasConvolution(DepthwiseConvolution::hasSlowGradient);
    }

    private static void assertAgrees(List<Stage> stages, List<Tap> taps) {
        try (NDManager scope = TensorEngine.newScope()) {
            Map<String, float[]> inPieces = gradients(scope, stages, taps, true);
            Map<String, float[]> atOnce = gradients(scope, stages, taps, false);

            assertThat(inPieces).hasSameSizeAs(atOnce);
            atOnce.forEach((name, expected) -> {
                float[] found = Objects.requireNonNull(inPieces.get(name), name);
                assertThat(found).as(name).hasSameSizeAs(expected);
                for (int i = 0; i < expected.length; i++) {
                    assertThat(Math.abs(found[i] - expected[i]))
                            .as(name + " " + i)
                            .isLessThan(1e-4f * Math.max(1, Math.abs(expected[i])));
                }
                assertThat(expected).as(name).isNotEqualTo(new float[expected.length]);
            });
        }
    }

    private static Map<String, float[]> gradients(
            NDManager scope, List<Stage> stages, List<Tap> taps, boolean inPieces) {
        List<ParameterSpec> specs =
                stages.stream().flatMap(stage -> stage.parameters().stream()).toList();
        WeightSet weights = Initialization.HE_UNIFORM.initialize(specs, 3);
        Map<String, NDArray> leaves = new LinkedHashMap<>();
        NDArray input = Layouts.fromRows(random(scope, BATCH, INPUT.rowLength()), INPUT);
        input.setRequiresGradient(true);
        leaves.put("input", input);
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        Parameters all = Parameters.of(scope, specs, weights);
        for (ParameterSpec spec : specs) {
            NDArray array = all.get(spec.name());
            arrays.put(spec.name(), array);
            if (spec.learned() && !spec.name().startsWith("unused")) {
                array.setRequiresGradient(true);
                leaves.put(spec.name(), array);
            }
        }
        BackwardPass pieces = new BackwardPass();
        Pass whole = Pass.training(1).byRunningStatistics();
        NDArray output = TensorEngine.recording(() -> {
            Program.Outcome outcome = new Program(stages, taps)
                    .run(input, Parameters.viewing(arrays), inPieces ? whole.through(pieces) : whole);
            return Joining.join(new ArrayList<>(outcome.tapped().values()));
        });
        Shape shape = output.getShape();
        NDArray gradient = random(scope, (int) shape.get(0), (int) shape.get(1));
        if (inPieces) {
            pieces.run(output, gradient);
        } else {
            TensorEngine.backward(output, gradient);
        }
        Map<String, float[]> gradients = new LinkedHashMap<>();
        leaves.forEach((name, leaf) -> gradients.put(name, leaf.getGradient().toFloatArray()));
        return gradients;
    }

    private static NDArray random(NDManager scope, int rows, int width) {
        Random random = new Random(rows * 31L + width);
        float[] values = new float[rows * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return scope.create(values, new Shape(rows, width));
    }
}
