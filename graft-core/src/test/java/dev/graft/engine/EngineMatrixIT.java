package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.optimization.DesignMatrix;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Products by the engine against products in Java. */
class EngineMatrixIT {
    private static final int ROWS = 300;
    private static final int WIDTH = 70;
    private static final int LOGITS = 3;

    @Test
    void bothPrecisionsGiveTheProductsOfJava() {
        float[] values = random(ROWS * WIDTH, 1);
        double[] weights = doubles(random(LOGITS * (WIDTH + 1), 2));
        double[] residuals = doubles(random(ROWS * LOGITS, 3));
        try (DesignMatrix java = DesignMatrix.inJava(values, WIDTH);
                DesignMatrix exact = EngineMatrix.of(values, WIDTH);
                DesignMatrix single = EngineMatrix.single(values, WIDTH)) {
            assertThat(exact).isInstanceOf(EngineMatrix.class);
            assertSame(product(java, weights), product(exact, weights), 1e-9);
            assertSame(product(java, weights), product(single, weights), 1e-4);
            assertSame(transposed(java, residuals), transposed(exact, residuals), 1e-9);
            assertSame(transposed(java, residuals), transposed(single, residuals), 1e-3);
        }
    }

    @Test
    void innerProductsAreThoseOfTheRows() {
        float[] values = random(6 * 5, 4);
        double[] found = EngineMatrix.innerProducts(values, 5);
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                double sum = 0;
                for (int f = 0; f < 5; f++) {
                    sum += (double) values[i * 5 + f] * values[j * 5 + f];
                }
                assertThat(found[i * 6 + j]).isCloseTo(sum, within(1e-5));
            }
        }
    }

    private static double[] product(DesignMatrix matrix, double[] weights) {
        double[] target = new double[ROWS * LOGITS];
        matrix.multiply(weights, LOGITS, target);
        return target;
    }

    private static double[] transposed(DesignMatrix matrix, double[] residuals) {
        double[] target = new double[LOGITS * WIDTH + LOGITS];
        matrix.multiplyTransposed(residuals, LOGITS, target);
        return target;
    }

    private static void assertSame(double[] expected, double[] found, double tolerance) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(found[i]).as("value " + i).isCloseTo(expected[i], within(tolerance));
        }
    }

    private static float[] random(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
