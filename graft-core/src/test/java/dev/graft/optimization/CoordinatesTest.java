package dev.graft.optimization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CoordinatesTest {
    @Test
    void coordinatesHaveTheInnerProductsOfTheRows() {
        int n = 7;
        double[] products = products(n, 20);

        float[] found = Coordinates.of(products.clone(), n);

        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                assertThat(dot(found, i, j, n)).isCloseTo(products[i * n + j], within(1e-3));
            }
        }
    }

    @Test
    void rowsThatDependOnEachOtherStayFinite() {
        int n = 9;

        float[] found = Coordinates.of(products(n, 2), n);

        for (float value : found) {
            assertThat(value).isFinite();
        }
    }

    private static double[] products(int n, int width) {
        SplittableRandom random = new SplittableRandom(3);
        double[][] rows = new double[n][width];
        for (double[] row : rows) {
            for (int f = 0; f < width; f++) {
                row[f] = random.nextDouble(-1, 1);
            }
        }
        double[] products = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int f = 0; f < width; f++) {
                    products[i * n + j] += rows[i][f] * rows[j][f];
                }
            }
        }
        return products;
    }

    private static double dot(float[] rows, int i, int j, int n) {
        double sum = 0;
        for (int f = 0; f < n; f++) {
            sum += (double) rows[i * n + f] * rows[j * n + f];
        }
        return sum;
    }
}
