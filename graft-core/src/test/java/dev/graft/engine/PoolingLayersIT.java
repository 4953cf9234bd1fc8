package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.layer.ActivationShape;
import dev.graft.layer.AveragePool2d;
import dev.graft.layer.Layer;
import dev.graft.layer.SamePadding;
import dev.graft.layer.Stage;
import dev.graft.weights.WeightSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pools with padding, on numbers small enough to do by hand. */
class PoolingLayersIT {
    // (height, width, channels) = (2, 3, 1)
    private static final float[] IMAGE = {-1, -2, -3, -4, -5, -9};

    @Test
    void anAveragePoolCountsItsPaddingAsZeros() {
        assertThat(run(new AveragePool2d(2, 2, 1))).containsExactly(-1f / 4, -5f / 4, -4f / 4, -14f / 4);
        assertThat(run(new AveragePool2d(2, 1, 0))).containsExactly(-3f, -19f / 4);
    }

    @Test
    void aMaxPoolDoesNotSeeItsPadding() {
        assertThat(run(new Layer.MaxPool2d(2, 2, 1))).containsExactly(-1f, -2f, -4f, -5f);
    }

    @Test
    void aMaxPoolAfterAReluGivesTheSameWithPadding() {
        assertThat(run(new Layer.Relu(), new Layer.MaxPool2d(2, 2, 1))).containsExactly(0f, 0f, 0f, 0f);
    }

    @Test
    void paddingOfTensorFlowPutsItsOddZeroBelowAndOnTheRight() {
        assertThat(run(new SamePadding(2, 2))).containsExactly(-1f, -2f, -3f, 0f, -4f, -5f, -9f, 0f);
        assertThat(run(new SamePadding(3, 2)))
                .containsExactly(0f, -1f, -2f, -3f, 0f, 0f, -4f, -5f, -9f, 0f, 0f, 0f, 0f, 0f, 0f);
    }

    private static float[] run(Layer... layers) {
        try (FrozenNetwork network = new FrozenNetwork(
                ActivationShape.map(1, 2, 3), List.of(Stage.of("pool", layers)), List.of(), WeightSet.of(Map.of()))) {
            return network.run(new ArrayRows(IMAGE, 1), 0, 1, true).last();
        }
    }
}
