package dev.graft.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutliersTest {
    @ParameterizedTest
    @ValueSource(doubles = {1e20, -1e20, 1e30, 1e308, -1e308, 99_999, -999_999})
    void aValueFarFromTheOthersIsNamedWithItsPlaceAndTheUsualRange(double far) {
        assertThat(Outliers.sentence(new double[] {10.38, 21.92, far, 8.39, 23.91, 12, 15}, i -> "row " + i))
                .startsWith("row 2: ")
                .contains("lies far from the others, which go from 8.39 to 23.91");
    }

    @Test
    void severalAreCountedAndMissingValuesDoNotMatter() {
        assertThat(Outliers.sentence(
                        new double[] {Double.NaN, 1, 2, 3, 4, 5, 6, 7, 8, 1e12, Double.NaN, 1e13}, i -> "row " + i))
                .startsWith("row 9: 1.0E12 lies far")
                .contains("from 1 to 8 (and 1 more values like it)");
    }

    @Test
    void wideTailsAreNoMistakes() {
        Random random = new Random(1);
        double[] prices = IntStream.range(0, 5_000)
                .mapToDouble(i -> Math.exp(1.3 * random.nextGaussian()) * 20)
                .toArray();
        double[] counts = IntStream.range(0, 1_000)
                .mapToDouble(i -> i % 10 == 0 ? i * 7.0 : 0)
                .toArray();

        assertThat(Outliers.sentence(prices, i -> "")).isNull();
        assertThat(Outliers.sentence(counts, i -> "")).isNull();
        assertThat(Outliers.sentence(new double[] {5, 5, 5, 5, 6}, i -> "")).isNull();
        assertThat(Outliers.sentence(new double[] {1, 1e20}, i -> "")).isNull();
        assertThat(Outliers.sentence(new double[] {}, i -> "")).isNull();
    }

    @Test
    void whereTheMiddleNeverVariesOnlyTheUtmostIsFar() {
        assertThat(Outliers.sentence(new double[] {0, 0, 0, 0, 0, 1e20}, i -> "row " + i))
                .startsWith("row 5");
    }
}
