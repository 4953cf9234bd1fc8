package dev.graft.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.error.WeightsMismatchException;
import org.junit.jupiter.api.Test;

class FloatTensorTest {
    @Test
    void theShapeIsCopiedInAndOut() {
        long[] shape = {2, 1};
        FloatTensor tensor = FloatTensor.of(new float[2], shape);
        shape[0] = 9;
        tensor.shape()[0] = 9;
        assertThat(tensor.shape()).containsExactly(2, 1);
        assertThat(tensor).hasToString("FloatTensor(2, 1)");
    }

    @Test
    void aScalarHasOneValueAndAnEmptyTensorNone() {
        assertThat(FloatTensor.of(new float[1]).elements()).isEqualTo(1);
        assertThat(FloatTensor.of(new float[0], 3, 0).elements()).isZero();
    }

    @Test
    void aShapeThatDoesNotMatchIsRefused() {
        assertThatThrownBy(() -> FloatTensor.of(new float[5], 2, 3))
                .isInstanceOf(WeightsMismatchException.class)
                .hasMessageContaining("6 values for the shape (2, 3)")
                .hasMessageContaining("5 values");
        assertThatThrownBy(() -> FloatTensor.of(new float[1], -1, -1)).isInstanceOf(WeightsMismatchException.class);
        assertThatThrownBy(() -> FloatTensor.of(new float[0], 1L << 32, 1L << 32))
                .isInstanceOf(WeightsMismatchException.class);
    }

    @Test
    void equalityIsByBits() {
        FloatTensor nan = FloatTensor.of(new float[] {Float.NaN}, 1);
        assertThat(nan).isEqualTo(FloatTensor.of(new float[] {Float.NaN}, 1));
        assertThat(nan.hashCode())
                .isEqualTo(FloatTensor.of(new float[] {Float.NaN}, 1).hashCode());
        assertThat(nan).isNotEqualTo(FloatTensor.of(new float[] {Float.intBitsToFloat(0x7fc00001)}, 1));
        assertThat(FloatTensor.of(new float[] {0f})).isNotEqualTo(FloatTensor.of(new float[] {-0f}));
        assertThat(FloatTensor.of(new float[1], 1)).isNotEqualTo(FloatTensor.of(new float[1], 1, 1));
    }

    @Test
    void everyHalfWidensToTheSameNumber() {
        for (int half = 0; half <= 0xffff; half++) {
            int exponent = half >> 10 & 0x1f;
            double mantissa = half & 0x3ff;
            double magnitude = exponent == 0
                    ? mantissa / 1024 * Math.pow(2, -14)
                    : exponent == 31
                            ? (mantissa == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
                            : (1 + mantissa / 1024) * Math.pow(2, exponent - 15);
            float expected = (float) (half >= 0x8000 ? -magnitude : magnitude);
            float actual = FloatDecoder.fromHalf((short) half);
            assertThat(Float.compare(actual, expected)).as("half %04x", half).isZero();
        }
    }
}
