package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.graft.backbone.Initialization;
import dev.graft.feature.Pooling;
import dev.graft.layer.Activation;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.AveragePool2d;
import dev.graft.layer.Layer;
import dev.graft.layer.Layer.BatchNorm2d;
import dev.graft.layer.Layer.Conv2d;
import dev.graft.layer.Layer.Dropout;
import dev.graft.layer.Layer.Flatten;
import dev.graft.layer.Layer.GlobalAveragePool;
import dev.graft.layer.Layer.Linear;
import dev.graft.layer.Layer.MaxPool2d;
import dev.graft.layer.Layer.Relu;
import dev.graft.layer.Layer.Residual;
import dev.graft.layer.ParameterSpec;
import dev.graft.layer.SkipConnection;
import dev.graft.layer.Stage;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocked layouts compute what the plain path computes, from the same weights. */
class BlockedProgramIT {
    private static final ActivationShape INPUT = ActivationShape.map(3, 19, 23);
    private static final List<Stage> STAGES = List.of(
            Stage.of("stem", conv("stem", 3, 8, 3, 1), new Relu()),
            Stage.of("pool", new MaxPool2d(3, 2, 1), new Relu()),
            // A stage that begins with what could overwrite the output of the one before.
            Stage.of("grouped", new Relu(), new Conv2d("grouped", 8, 12, 3, 1, 1, 4, false)),
            Stage.of("depthwise", new Conv2d("depthwise", 12, 12, 3, 1, 1, 12, true), new Dropout(0.5f)),
            Stage.of("skip", new SkipConnection(List.of(new Relu(), conv("skip", 12, 12, 1, 1)))),
            Stage.of(
                    "residual",
                    new Residual(
                            List.of(
                                    new Relu(),
                                    conv("residual.1", 12, 20, 3, 2),
                                    new Relu(),
                                    conv("residual.2", 20, 20, 3, 1)),
                            List.of(conv("residual.down", 12, 20, 1, 2)))),
            Stage.of("identity", new Residual(List.of(conv("identity", 20, 20, 3, 1)), List.of())),
            Stage.of("average", new AveragePool2d(3, 2, 1)));
    private static final List<Stage> FLAT =
            List.of(Stage.of("flat", new Flatten(), new Linear("dense", 20 * 3 * 3, 7), new Relu()));
    private static final List<Stage> POOLED =
            List.of(Stage.of("mean", new GlobalAveragePool(), new Linear("dense", 20, 7)));

    private static Conv2d conv(String name, int in, int out, int kernel, int stride) {
        return new Conv2d(name, in, out, kernel, stride, kernel / 2, true);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 32, 40})
    void everyTapAndTheLastActivationAreThoseOfThePlainPath(int batch) {
        for (List<Stage> end : List.of(List.<Stage>of(), FLAT, POOLED)) {
            List<Stage> stages = new ArrayList<>(STAGES);
            stages.addAll(end);
            List<Tap> taps = new ArrayList<>();
            STAGES.forEach(stage ->
                    Arrays.stream(Pooling.values()).forEach(pooling -> taps.add(new Tap(stage.name(), pooling))));
            end.forEach(stage -> taps.add(new Tap(stage.name(), Pooling.NONE)));
            WeightSet weights = weights(stages);
            Program program = new Program(stages, taps);
            try (NDManager scope = TensorEngine.newScope();
                    BlockedProgram blocked = new BlockedProgram(scope, 32, INPUT, program, weights)) {
                NDArray input = images(scope, batch);
                Program.Outcome plain =
                        program.run(input, Parameters.of(scope, specs(stages), weights), Pass.inference());

                Program.Outcome outcome = blocked.run(input, true);

                assertThat(outcome.tapped().keySet()).containsExactlyInAnyOrderElementsOf(taps);
                taps.forEach(tap -> assertSame(
                        tap.toString(),
                        outcome.tapped().get(tap),
                        plain.tapped().get(tap)));
                assertSame("last", outcome.last(), plain.last());
                assertThat(blocked.run(input, false).last()).isNull();
                assertThat(blocked.run(input, false).tapped().keySet()).hasSameSizeAs(taps);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fa", "ar-EG", "tr", "hi-u-nu-deva"})
    void theProgramIsTheSameWhateverDigitsTheUserWrites(String language) {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(language));
        try {
            everyTapAndTheLastActivationAreThoseOfThePlainPath(5);
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theWeightsInNativeMemoryAreByteForByteTheGivenOnes(int threads) {
        List<Stage> stages = new ArrayList<>(STAGES);
        stages.addAll(FLAT);
        WeightSet weights = weights(stages);
        TensorEngine.onThreads(threads, () -> {
            try (NDManager scope = TensorEngine.newScope();
                    BlockedProgram blocked =
                            new BlockedProgram(scope, 32, INPUT, new Program(stages, List.of()), weights)) {
                blocked.run(images(scope, 4), true);
                takeFreedMemory();

                assertThat(blocked.weights().digest()).isEqualTo(weights.digest());
            }
        });
    }

    /** Writes over what the Java machine has given back: nothing of the program may lie there. */
    private static void takeFreedMemory() {
        for (int round = 0; round < 20; round++) {
            System.gc();
            for (int floats : new int[] {7, 20, 20 * 3 * 3 * 7}) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(4 * floats);
                while (buffer.hasRemaining()) {
                    buffer.put((byte) 1);
                }
            }
        }
    }

    static List<Layer> layersWithoutABlockedKernel() {
        return List.of(BatchNorm2d.of("norm", 3), Activation.SILU, new SkipConnection(List.of(Activation.GELU)));
    }

    @ParameterizedTest
    @MethodSource("layersWithoutABlockedKernel")
    void otherLayersAreLeftToThePlainPath(Layer layer) {
        List<Stage> stages = List.of(STAGES.get(0), Stage.of("other", layer));

        assertThat(BlockedProgram.canRun(INPUT, stages, weights(stages))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.NEGATIVE_INFINITY})
    void weightsThatAreNoNumbersAreNotHidden(float broken) {
        WeightSet sound = weights(STAGES);
        Map<String, FloatTensor> tensors = new LinkedHashMap<>(sound.asMap());
        tensors.put("stem.bias", FloatTensor.of(new float[] {0, 0, 0, broken, 0, 0, 0, 0}, 8));

        assertThat(BlockedProgram.canRun(INPUT, STAGES, sound)).isTrue();
        assertThat(BlockedProgram.canRun(INPUT, STAGES, WeightSet.of(tensors))).isFalse();
    }

    private static void assertSame(String what, @Nullable NDArray found, @Nullable NDArray expected) {
        assertThat(Objects.requireNonNull(found).getShape())
                .as(what)
                .isEqualTo(Objects.requireNonNull(expected).getShape());
        assertThat(Numbers.largestDifference(found.toFloatArray(), expected.toFloatArray()))
                .as(what)
                .isLessThan(1e-5);
    }

    private static List<ParameterSpec> specs(List<Stage> stages) {
        return stages.stream().flatMap(stage -> stage.parameters().stream()).toList();
    }

    private static WeightSet weights(List<Stage> stages) {
        return Initialization.HE_UNIFORM.initialize(specs(stages), 5);
    }

    private static NDArray images(NDManager scope, int batch) {
        float[] rows = Numbers.random(batch * INPUT.elements());
        return Layouts.fromRows(scope.create(rows, new Shape(batch, INPUT.elements())), INPUT);
    }
}
