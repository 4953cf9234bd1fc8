package dev.graft.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;
import dev.graft.layer.PointwiseLinear;
import dev.graft.layer.SelfAttention;
import dev.graft.layer.SkipConnection;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperationsTest {
    @Test
    void aStepOfTheSmallNetworkTakesWhatIsCountedByHand() {
        double conv1 = 2.0 * 9 * 32 * 26 * 26;
        double conv2 = 2.0 * 9 * 32 * 64 * 11 * 11;
        double dense = 2.0 * 1600 * 64 + 2.0 * 64 * 10;
        double byHand = 32 * (2 * conv1 + 3 * (conv2 + dense));

        double counted = Catalogue.operations(Task.step("train-step-32", Networks.DIGITS, 32));

        assertThat(counted).isCloseTo(byHand, within(1.0));
    }

    @Test
    void aDepthwiseConvolutionHasOneKernelForEachChannel() {
        List<Layer> layers = List.of(new Layer.Conv2d("depthwise", 8, 8, 3, 1, 1, 8, false));

        double counted = Operations.forward(layers, ActivationShape.map(8, 5, 6));

        assertThat(counted).isCloseTo(2.0 * 9 * 8 * 5 * 6, within(1e-9));
    }

    @Test
    void aLayerOfATransformerTakesWhatIsCountedByHand() {
        PointwiseLinear square = new PointwiseLinear("square", 384, 384);
        List<Layer> layer = List.of(
                new SkipConnection(
                        List.of(new SelfAttention(List.of(square, square, square), square, 12, false, 0.1f))),
                new SkipConnection(
                        List.of(new PointwiseLinear("wider", 384, 1536), new PointwiseLinear("narrower", 1536, 384))));
        double dense = 5 * 2 * (4.0 * 384 * 384 + 2.0 * 384 * 1536);
        double eachWithEach = 2 * 2.0 * 5 * 5 * 384;

        double counted = Operations.forward(layer, ActivationShape.sequence(5, 384));

        assertThat(counted).isCloseTo(dense + eachWithEach, within(1.0));
    }
}
