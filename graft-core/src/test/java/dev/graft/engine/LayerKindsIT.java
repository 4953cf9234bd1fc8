package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.graft.backbone.LayerSamples.Sample;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;
import dev.graft.layer.Stage;
import dev.graft.weights.WeightSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of layer has a kernel, and passes through all that prepares frozen layers. */
class LayerKindsIT {
    private static final int EXAMPLES = 3;

    @ParameterizedTest
    @MethodSource("dev.graft.backbone.LayerSamples#all")
    void everyKindGivesTheShapeThatItPromises(Sample sample) {
        ActivationShape output = sample.stage().outputShape(sample.input());
        float[] plain = plain(sample);

        assertThat(plain).hasSize(EXAMPLES * output.rowLength());
        for (float value : plain) {
            assertThat(value).isFinite();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.graft.backbone.LayerSamples#all")
    void everyKindIsTheSameFoldedPackedOrBlocked(Sample sample) {
        WeightSet weights = sample.weights();
        List<Stage> stages = List.of(sample.stage());
        try (FrozenNetwork frozen = new FrozenNetwork(sample.input(), stages, List.of(), weights)) {
            ArrayRows rows = new ArrayRows(sample.rows(EXAMPLES), EXAMPLES);

            float[] prepared = frozen.run(rows, 0, EXAMPLES, true).last();

            assertThat(Numbers.largestDifference(prepared, plain(sample))).isLessThan(1e-5);
            assertThat(frozen.moved()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.graft.backbone.LayerSamples#all")
    void normalisationsAreFoldedIntoConvolutionsInsideEveryKind(Sample sample) {
        if (sample.layer().chains().isEmpty()) {
            return;
        }
        Folding.Folded folded = Folding.of(sample.input(), List.of(sample.stage()), sample.weights());

        assertThat(folded.stages().stream().flatMap(stage -> within(stage.layers())))
                .noneMatch(layer -> layer instanceof Layer.BatchNorm2d);
        assertThat(PackedLayers.in(folded.stages(), folded.weights())).isNotEmpty();
        assertThat(Multiplications.of(List.of(sample.layer()), sample.input())).isPositive();
        assertThat(new Program(List.of(sample.stage()), List.of()).hasConvolution(conv -> true))
                .isTrue();
    }

    private static Stream<Layer> within(List<Layer> layers) {
        return layers.stream()
                .flatMap(layer ->
                        Stream.concat(Stream.of(layer), layer.chains().stream().flatMap(LayerKindsIT::within)));
    }

    private static float[] plain(Sample sample) {
        ActivationShape input = sample.input();
        try (NDManager scope = TensorEngine.newScope()) {
            NDArray rows = scope.create(sample.rows(EXAMPLES), new Shape(EXAMPLES, input.rowLength()));
            Entry entry = Entry.of(rows, input, Pass.inference());
            Parameters parameters = Parameters.of(scope, sample.layer().parameters(), sample.weights());
            NDArray last = new Program(List.of(sample.stage()), List.of())
                    .run(entry.activation(), parameters, entry.pass())
                    .last();
            return entry.toRows(Objects.requireNonNull(last), sample.stage().outputShape(input));
        }
    }
}
