package dev.graft.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeparationTest {
    @Test
    void areaIsTheShareOfPairsInOrder() {
        assertThat(area(new double[] {1, 2, 3}, new double[] {4, 5})).isEqualTo(1);
        assertThat(area(new double[] {4, 5}, new double[] {1, 2, 3})).isZero();
        assertThat(area(new double[] {1, 3}, new double[] {2})).isEqualTo(0.5);
        assertThat(area(new double[] {1, 1, 2}, new double[] {1, 3})).isEqualTo((0.5 + 0.5 + 0 + 3) / 6);
        assertThat(area(new double[] {}, new double[] {1})).isNaN();
    }

    private static double area(double[] known, double[] unknown) {
        return Separation.areaUnderCurve(known, unknown);
    }
}
