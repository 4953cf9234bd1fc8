package dev.graft.transferability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SymmetricSpectrumTest {
    private static final double TOLERANCE = 1e-10;

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 1", "17, 17", "60, 60", "60, 5"})
    void powersOfTheMatrixBetweenVectorsAreSumsOverTheSpectrum(int size, int rank) {
        double[] matrix = ofRank(size, rank);
        double[][] vectors = vectors(size);

        SymmetricSpectrum spectrum = new SymmetricSpectrum(matrix.clone(), size, vectors);

        double[] power = vectors[1].clone();
        for (int exponent = 0; exponent < 4; exponent++) {
            double expected = dot(vectors[0], power);
            double found = 0;
            for (int k = 0; k < size; k++) {
                found += Math.pow(spectrum.values()[k], exponent)
                        * spectrum.projections()[0][k]
                        * spectrum.projections()[1][k];
            }
            double scale = Math.max(1, Math.abs(expected));
            assertThat(found).as("power " + exponent).isCloseTo(expected, within(TOLERANCE * scale));
            power = times(matrix, power);
        }
        long positive =
                Arrays.stream(spectrum.values()).filter(value -> value > 1e-9).count();
        assertThat(positive).isEqualTo(rank);
    }

    @Test
    void aDiagonalMatrixIsItsOwnSpectrum() {
        SymmetricSpectrum spectrum =
                new SymmetricSpectrum(new double[] {3, 0, 0, 0, 1, 0, 0, 0, 2}, 3, new double[][] {{1, 10, 100}});

        for (int k = 0; k < 3; k++) {
            double expected = spectrum.values()[k] == 3 ? 1 : spectrum.values()[k] == 1 ? 10 : 100;
            assertThat(Math.abs(spectrum.projections()[0][k])).isCloseTo(expected, within(TOLERANCE));
        }
        assertThat(Arrays.stream(spectrum.values()).sorted().toArray()).containsExactly(1, 2, 3);
    }

    @Test
    void aMatrixOfLowRankEndsHoweverItsRoundingFalls() {
        for (int seed = 0; seed < 60; seed++) {
            for (int rank : new int[] {1, 9}) {
                double[] matrix = ofRank(new SplittableRandom(seed * 7919L + 64 * 31 + rank), 64, rank);

                SymmetricSpectrum spectrum = new SymmetricSpectrum(matrix, 64, vectors(64));

                assertThat(Arrays.stream(spectrum.values()).filter(value -> value > 1e-9))
                        .hasSize(rank);
            }
        }
    }

    @Test
    void zerosHaveNothingButZeros() {
        SymmetricSpectrum spectrum = new SymmetricSpectrum(new double[16], 4, vectors(4));

        assertThat(spectrum.values()).containsOnly(0);
        assertThat(dot(spectrum.projections()[0], spectrum.projections()[0]))
                .isCloseTo(dot(vectors(4)[0], vectors(4)[0]), within(TOLERANCE));
    }

    private static double[] ofRank(int size, int rank) {
        return ofRank(new SplittableRandom(size), size, rank);
    }

    private static double[] ofRank(SplittableRandom random, int size, int rank) {
        double[] matrix = new double[size * size];
        for (int r = 0; r < rank; r++) {
            double[] row = random.doubles(size, -1, 1).toArray();
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    matrix[i * size + j] += row[i] * row[j] / rank;
                }
            }
        }
        return matrix;
    }

    private static double[][] vectors(int size) {
        SplittableRandom random = new SplittableRandom(3);
        return new double[][] {
            random.doubles(size, -1, 1).toArray(), random.doubles(size, -1, 1).toArray()
        };
    }

    private static double[] times(double[] matrix, double[] vector) {
        double[] product = new double[vector.length];
        for (int i = 0; i < product.length; i++) {
            for (int j = 0; j < product.length; j++) {
                product[i] += matrix[i * product.length + j] * vector[j];
            }
        }
        return product;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
