package dev.graft.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.backbone.Initialization;
import dev.graft.error.SettingsException;
import dev.graft.layer.Layer.BatchNorm2d;
import dev.graft.layer.Layer.Conv2d;
import dev.graft.layer.Layer.Dropout;
import dev.graft.layer.Layer.Flatten;
import dev.graft.layer.Layer.GlobalAveragePool;
import dev.graft.layer.Layer.Linear;
import dev.graft.layer.Layer.MaxPool2d;
import dev.graft.layer.Layer.Relu;
import dev.graft.layer.Layer.Residual;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayerTest {
    private static final ActivationShape MAP = ActivationShape.map(3, 9, 7);

    @ParameterizedTest
    @CsvSource({"3, 1, 0, 7, 5", "3, 1, 1, 9, 7", "3, 2, 1, 5, 4", "1, 2, 0, 5, 4", "7, 1, 0, 3, 1", "7, 2, 3, 5, 4"})
    void aConvolutionSlidesItsKernel(int kernel, int stride, int padding, int height, int width) {
        assertThat(new Conv2d("c", 3, 8, kernel, stride, padding, true).outputShape(MAP))
                .isEqualTo(ActivationShape.map(8, height, width));
    }

    @ParameterizedTest
    @CsvSource({"2, 2, 4, 3", "3, 2, 4, 3", "2, 1, 8, 6", "7, 7, 1, 1"})
    void aMaxPoolDropsWindowsThatDoNotFit(int kernel, int stride, int height, int width) {
        assertThat(new MaxPool2d(kernel, stride).outputShape(MAP)).isEqualTo(ActivationShape.map(3, height, width));
    }

    @ParameterizedTest
    @CsvSource({
        "224, 3, 2, 0, 1",
        "225, 3, 2, 1, 1",
        "112, 5, 2, 1, 2",
        "113, 5, 2, 2, 2",
        "7, 3, 2, 1, 1",
        "9, 1, 2, 0, 0",
        "4, 3, 1, 1, 1",
        "1, 3, 2, 1, 1",
        "6, 3, 3, 0, 0"
    })
    void paddingOfTensorFlowLiesBelowAndOnTheRightWhereItIsOdd(
            int places, int kernel, int stride, int before, int after) {
        SamePadding padding = new SamePadding(kernel, stride);

        assertThat(padding.before(places)).isEqualTo(before);
        assertThat(padding.after(places)).isEqualTo(after);
        ActivationShape padded = padding.outputShape(ActivationShape.map(3, places, places + 1));
        assertThat(padded.height()).isEqualTo(places + before + after);
        assertThat(new Conv2d("c", 3, 8, kernel, stride, 0, true)
                        .outputShape(padded)
                        .height())
                .isEqualTo((places + stride - 1) / stride);
    }

    @Test
    void windowsLargerThanTheInputAreRefused() {
        assertRefused(() -> new Conv2d("c", 3, 8, 8, 1, 0, true).outputShape(MAP), "larger than its input", "8 x 8");
        assertRefused(() -> new Conv2d("c", 3, 8, 8, 9, 0, true).outputShape(MAP), "larger than its input");
        assertRefused(() -> new MaxPool2d(8, 8).outputShape(MAP), "larger than its input", "(3, 9, 7)");
        assertThat(new Conv2d("c", 3, 8, 9, 1, 1, true).outputShape(MAP)).isEqualTo(ActivationShape.map(8, 3, 1));
    }

    @Test
    void otherChannelsThanExpectedAreRefused() {
        assertRefused(() -> new Conv2d("c", 4, 8, 3, 1, 0, true).outputShape(MAP), "(4, height, width)", "(3, 9, 7)");
        assertRefused(() -> BatchNorm2d.of("b", 4).outputShape(MAP), "(4, height, width)");
        assertRefused(() -> new Linear("l", 5, 2).outputShape(ActivationShape.vector(6)), "(5)", "(6)");
    }

    @Test
    void layersOfMapsRefuseVectorsAndTheReverse() {
        ActivationShape vector = ActivationShape.vector(3);
        assertRefused(() -> new Conv2d("c", 3, 8, 1, 1, 0, true).outputShape(vector), "(3, height, width)");
        assertRefused(() -> BatchNorm2d.of("b", 3).outputShape(vector), "(3, height, width)");
        assertRefused(() -> new MaxPool2d(1, 1).outputShape(vector), "(channels, height, width)", "(3)");
        assertRefused(() -> new GlobalAveragePool().outputShape(vector), "(channels, height, width)");
        assertRefused(() -> new Linear("l", 3, 2).outputShape(MAP), "(3)", "(3, 9, 7)");
    }

    @Test
    void shapesOfTheRemainingLayers() {
        assertThat(new Flatten().outputShape(MAP)).isEqualTo(ActivationShape.vector(189));
        assertThat(new GlobalAveragePool().outputShape(MAP)).isEqualTo(ActivationShape.vector(3));
        assertThat(new Relu().outputShape(MAP)).isEqualTo(MAP);
        assertThat(new Dropout(0.5f).outputShape(MAP)).isEqualTo(MAP);
        assertThat(BatchNorm2d.of("b", 3).outputShape(MAP)).isEqualTo(MAP);
    }

    @Test
    void tensorsHaveThePublicNamesAndShapes() {
        assertThat(new Conv2d("c", 3, 8, 5, 1, 0, true).parameters())
                .containsExactly(
                        ParameterSpec.of("c.weight", ParameterSpec.Role.WEIGHT, 8, 3, 5, 5),
                        ParameterSpec.of("c.bias", ParameterSpec.Role.BIAS, 8));
        assertThat(new Conv2d("c", 3, 8, 5, 1, 0, false).parameters()).hasSize(1);
        assertThat(BatchNorm2d.of("b", 4).parameters().stream().map(ParameterSpec::name))
                .containsExactly("b.weight", "b.bias", "b.running_mean", "b.running_var");
        assertThat(BatchNorm2d.of("b", 4).parameters().stream().map(ParameterSpec::learned))
                .containsExactly(true, true, false, false);
        assertThat(new Linear("l", 3, 2).parameters())
                .containsExactly(
                        ParameterSpec.of("l.weight", ParameterSpec.Role.WEIGHT, 2, 3),
                        ParameterSpec.of("l.bias", ParameterSpec.Role.BIAS, 2));
    }

    @Test
    void aResidualBlockNeedsBranchesOfOneShape() {
        List<Layer> body = List.of(new Conv2d("a", 3, 8, 3, 2, 1, false), new Relu());
        assertRefused(
                () -> new Residual(body, List.of()).outputShape(MAP), "differ in shape", "(8, 5, 4)", "(3, 9, 7)");

        Residual fitting = new Residual(body, List.of(new Conv2d("b", 3, 8, 1, 2, 0, false)));
        assertThat(fitting.outputShape(MAP)).isEqualTo(ActivationShape.map(8, 5, 4));
        assertThat(fitting.parameters().stream().map(ParameterSpec::name)).containsExactly("a.weight", "b.weight");
    }

    @ParameterizedTest
    @ValueSource(floats = {-0.1f, 1f, 2f, Float.NaN, Float.POSITIVE_INFINITY})
    void dropoutRatesOutsideTheRangeAreRefused(float rate) {
        assertRefused(() -> new Dropout(rate), "at least 0 and below 1");
    }

    @Test
    void impossibleSizesAreRefused() {
        assertRefused(() -> new Conv2d("c", 0, 8, 3, 1, 0, true), "c");
        assertRefused(() -> new Conv2d("c", 3, 8, 0, 1, 0, true), "kernel 0");
        assertRefused(() -> new Conv2d("c", 3, 8, 3, 0, 0, true), "stride 0");
        assertRefused(() -> new Conv2d("c", 3, 8, 3, 1, -1, true), "padding -1");
        assertRefused(() -> new MaxPool2d(2, 0), "stride 0");
        assertRefused(() -> new Linear("l", -3, 2), "-3 inputs");
        assertRefused(() -> ActivationShape.map(3, 0, 4), "each at least 1");
        assertRefused(() -> new ActivationShape(List.of(2, 2, 1, 1)), "(tokens, width)");
    }

    @Test
    void aGroupedConvolutionSeesItsOwnChannelsOnly() {
        Conv2d depthwise = new Conv2d("d", 3, 3, 3, 2, 1, 3, false);

        assertThat(depthwise.outputShape(MAP)).isEqualTo(ActivationShape.map(3, 5, 4));
        assertThat(depthwise.parameters())
                .containsExactly(ParameterSpec.of("d.weight", ParameterSpec.Role.WEIGHT, 3, 1, 3, 3));
        assertThat(depthwise.describe()).isEqualTo("depthwise conv 3x3 stride 2");
        assertRefused(() -> new Conv2d("d", 4, 6, 3, 1, 1, 4, true), "channels 4 to 6, groups 4");
        assertRefused(() -> new Conv2d("d", 4, 8, 3, 1, 1, 0, true), "groups 0");
    }

    @Test
    void paddedPoolsReachOverTheSides() {
        assertThat(new MaxPool2d(3, 2, 1).outputShape(MAP)).isEqualTo(ActivationShape.map(3, 5, 4));
        assertThat(new AveragePool2d(2, 2, 0).outputShape(MAP)).isEqualTo(ActivationShape.map(3, 4, 3));
        assertRefused(() -> new MaxPool2d(3, 2, 2), "padding 2");
        assertRefused(() -> new AveragePool2d(2, 0, 0), "stride 0");
        assertRefused(() -> new AveragePool2d(8, 8, 0).outputShape(MAP), "larger than its input");
    }

    @Test
    void layersOfMobileNetworksKeepTheShape() {
        SqueezeExcitation gate = SqueezeExcitation.of("r", "e", 3, 1);
        LayerNorm norm = new LayerNorm("n", 3, 1e-6f);

        assertThat(Activation.SILU.outputShape(MAP)).isEqualTo(MAP);
        assertThat(gate.outputShape(MAP)).isEqualTo(MAP);
        assertThat(norm.outputShape(MAP)).isEqualTo(MAP);
        assertThat(norm.outputShape(ActivationShape.vector(3))).isEqualTo(ActivationShape.vector(3));
        assertThat(new LayerScale("s", 3).outputShape(MAP)).isEqualTo(MAP);
        assertThat(new PointwiseLinear("p", 3, 5).outputShape(MAP)).isEqualTo(ActivationShape.map(5, 9, 7));
        assertThat(new SkipConnection(List.of(gate, norm)).outputShape(MAP)).isEqualTo(MAP);
        ActivationShape four = ActivationShape.map(4, 9, 7);
        assertRefused(() -> gate.outputShape(four), "(3, height, width)");
        assertRefused(() -> norm.outputShape(four), "3 channels");
        assertRefused(() -> new LayerScale("s", 3).outputShape(four), "(3, height, width)");
        assertRefused(() -> new PointwiseLinear("p", 3, 5).outputShape(four), "(3, height, width)");
        assertRefused(
                () -> new SkipConnection(List.of(new PointwiseLinear("p", 3, 5))).outputShape(MAP),
                "changes the shape",
                "(5, 9, 7)");
    }

    @Test
    void layersOfTransformersKeepTheSequence() {
        ActivationShape sequence = ActivationShape.sequence(5, 8);
        PointwiseLinear square = new PointwiseLinear("o", 8, 8);
        SelfAttention attention = new SelfAttention(List.of(square, square, square), square, 2, false, 0.1f);
        TokenEmbedding embedding = new TokenEmbedding("w", 30, "p", 6, 2, "t", 1, 8);

        assertThat(embedding.outputShape(ActivationShape.sequence(4, 1))).isEqualTo(ActivationShape.sequence(4, 8));
        assertThat(attention.outputShape(sequence)).isEqualTo(sequence);
        assertThat(new SkipConnection(List.of(attention)).outputShape(sequence)).isEqualTo(sequence);
        assertThat(new PointwiseLinear("p", 8, 3, true).outputShape(sequence))
                .isEqualTo(ActivationShape.sequence(5, 3));
        assertThat(new PointwiseLinear("p", 8, 3, true).parameters().get(0).shape())
                .containsExactly(8L, 3L);
        assertThat(SequencePool.LAST.outputShape(sequence)).isEqualTo(ActivationShape.vector(8));
        assertThat(sequence.rowLength()).isEqualTo(41);
        assertRefused(() -> embedding.outputShape(ActivationShape.sequence(5, 1)), "at most 4 tokens");
        assertRefused(() -> attention.outputShape(MAP), "(tokens, 8)");
        assertRefused(() -> SequencePool.MEAN.outputShape(ActivationShape.vector(8)), "(tokens, 8)");
        assertRefused(() -> new UnitLength().outputShape(sequence), "(features)");
        assertRefused(() -> new SelfAttention(List.of(square, square), square, 2, false, 0), "2 inputs");
        assertRefused(() -> new SelfAttention(List.of(square, square, square), square, 3, false, 0), "3 heads");
        assertRefused(() -> new TokenEmbedding("w", 30, "p", 2, 2, "t", 1, 8), "positions 2 from 2");
    }

    @Test
    void aLayerScaleStartsSmall() {
        assertThat(Initialization.HE_UNIFORM
                        .initialize(new LayerScale("s", 3).parameters(), 1)
                        .get("s")
                        .values())
                .containsOnly(1e-6f);
    }

    private static void assertRefused(ThrowingCallable code, String... parts) {
        assertThatExceptionOfType(SettingsException.class).isThrownBy(code).satisfies(e -> assertThat(e.getMessage())
                .contains(parts));
    }
}
