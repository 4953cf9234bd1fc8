package dev.graft.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.error.WeightsMismatchException;
import org.junit.jupiter.api.Test;

class KerasOrderTest {
    @Test
    void aConvolutionsKernelGoesFromHeightWidthInOutToOutInHeightWidth() {
        FloatTensor kernel = ramp(2, 3, 4, 5);

        FloatTensor turned = KerasOrder.convolution(kernel);

        assertThat(turned.shape()).containsExactly(5, 4, 2, 3);
        // Element (height 1, width 2, in 3, out 4) of the one is (4, 3, 1, 2) of the other.
        assertThat(turned.values()[((4 * 4 + 3) * 2 + 1) * 3 + 2]).isEqualTo(((1 * 3 + 2) * 4 + 3) * 5 + 4);
        assertThat(turned.values()[((1 * 4 + 2) * 2 + 0) * 3 + 1]).isEqualTo(((0 * 3 + 1) * 4 + 2) * 5 + 1);
    }

    @Test
    void aDenseKernelIsTransposed() {
        assertThat(KerasOrder.dense(ramp(2, 3))).isEqualTo(FloatTensor.of(new float[] {0, 3, 1, 4, 2, 5}, 3, 2));
    }

    @Test
    void aDenseKernelAfterAFlattenedMapTakesItsInputsChannelsOutermost() {
        // A map of 2 channels, 1 high, 3 wide: Keras has the inputs as place by place, Graft channel by channel.
        assertThat(KerasOrder.denseAfterFlatten(ramp(6, 1), 2, 1, 3))
                .isEqualTo(FloatTensor.of(new float[] {0, 2, 4, 1, 3, 5}, 1, 6));
    }

    @Test
    void kernelsOfOtherShapesAreRefused() {
        assertThatThrownBy(() -> KerasOrder.convolution(ramp(2, 3))).isInstanceOf(WeightsMismatchException.class);
        assertThatThrownBy(() -> KerasOrder.dense(ramp(2))).isInstanceOf(WeightsMismatchException.class);
        assertThatThrownBy(() -> KerasOrder.denseAfterFlatten(ramp(6, 1), 2, 2, 2))
                .isInstanceOf(WeightsMismatchException.class)
                .hasMessageContaining("(6, 1)");
    }

    private static FloatTensor ramp(long... shape) {
        float[] values = new float[(int) Shapes.elements(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        return new FloatTensor(shape, values);
    }
}
