package dev.graft.optimization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LbfgsTest {
    @ParameterizedTest
    @ValueSource(ints = {2, 10})
    void findsTheMinimumOfRosenbrocksValley(int dimensions) {
        double[] x = new double[dimensions];
        for (int i = 0; i < dimensions; i++) {
            x[i] = i % 2 == 0 ? -1.2 : 1;
        }

        int iterations = Lbfgs.minimize(LbfgsTest::rosenbrock, x, 500, 1e-10);

        for (double coordinate : x) {
            assertThat(coordinate).isCloseTo(1, within(1e-6));
        }
        assertThat(iterations).isBetween(5, 200);
    }

    @Test
    void aQuadraticWithVeryDifferentCurvaturesIsSolved() {
        double[] x = {1, 1, 1};
        double[] curvature = {1e-3, 1, 1e3};

        Lbfgs.minimize(
                (point, gradient) -> {
                    double value = 0;
                    for (int i = 0; i < point.length; i++) {
                        double distance = point[i] - i;
                        gradient[i] = curvature[i] * distance;
                        value += curvature[i] * distance * distance / 2;
                    }
                    return value;
                },
                x,
                500,
                1e-12);

        assertThat(x).containsExactly(new double[] {0, 1, 2}, within(1e-5));
    }

    @Test
    void theMinimumItselfTakesNoIteration() {
        double[] x = {1, 1};

        assertThat(Lbfgs.minimize(LbfgsTest::rosenbrock, x, 500, 1e-10)).isZero();
        assertThat(x).containsExactly(1, 1);
    }

    @Test
    void stopsAfterTheMostIterationsAllowed() {
        double[] x = {-1.2, 1};

        assertThat(Lbfgs.minimize(LbfgsTest::rosenbrock, x, 3, 1e-10)).isEqualTo(3);
    }

    private static double rosenbrock(double[] x, double[] gradient) {
        double value = 0;
        Arrays.fill(gradient, 0);
        for (int i = 0; i + 1 < x.length; i++) {
            double valley = x[i + 1] - x[i] * x[i];
            value += 100 * valley * valley + (1 - x[i]) * (1 - x[i]);
            gradient[i] += -400 * x[i] * valley - 2 * (1 - x[i]);
            gradient[i + 1] += 200 * valley;
        }
        return value;
    }
}
