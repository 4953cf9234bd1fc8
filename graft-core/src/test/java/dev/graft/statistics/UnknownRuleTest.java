package dev.graft.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.error.SettingsException;
import dev.graft.statistics.ClassDistances.Distance;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnknownRuleTest {
    private final Random random = new Random(2);

    @Test
    void noMoreThanTheShareIsRefused() {
        for (int count : new int[] {20, 99, 500}) {
            for (double share : new double[] {0, 0.05, 0.2}) {
                List<Distance> distances = distances(count, 10);
                double[] confidences = random.doubles(count, 0.5, 1).toArray();

                UnknownRule rule = Objects.requireNonNull(UnknownRule.choose(distances, confidences, share));

                long refused = IntStream.range(0, count)
                        .filter(i -> rule.score(distances.get(i), confidences[i]) > 1)
                        .count();
                assertThat(refused).isEqualTo((long) Math.floor(share * count + 1e-9));
            }
        }
    }

    @Test
    void farAndUnsureExamplesAreStrangerThanNearAndSureOnes() {
        List<Distance> known = distances(100, 10);
        UnknownRule rule = Objects.requireNonNull(
                UnknownRule.choose(known, random.doubles(100, 0.9, 1).toArray(), 0.05));

        double usual = rule.score(new Distance(0, 10, 0), 0.95);

        assertThat(usual).isLessThan(1);
        assertThat(rule.score(new Distance(0, 30, 20), 0.95)).isGreaterThan(1);
        assertThat(rule.score(new Distance(0, 10, 0), 0.3)).isGreaterThan(1);
    }

    @Test
    void whereAllAreAlikeNothingBreaks() {
        Distance[] same = new Distance[30];
        Arrays.fill(same, new Distance(0, 4, -1));
        double[] sure = new double[30];
        Arrays.fill(sure, 1);

        UnknownRule rule = Objects.requireNonNull(UnknownRule.choose(List.of(same), sure, 0.05));

        assertThat(rule.score(same[0], 1)).isLessThanOrEqualTo(1);
        assertThat(rule.score(new Distance(0, 5, 0), 1)).isGreaterThan(1);
    }

    @Test
    void fewExamplesGiveNoRule() {
        assertThat(UnknownRule.choose(distances(19, 1), new double[19], 0.05)).isNull();
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        List<Double> three = List.of(1.0, 1.0, 1.0);
        refused(List.of(1.0, 1.0), three, 1);
        refused(three, List.of(1.0, 0.0, 1.0), 1);
        refused(three, three, 0);
        refused(List.of(1.0, Double.NaN, 1.0), three, 1);
    }

    @Test
    void weightsThatAreNoneAreRefused() {
        List<Double> three = List.of(1.0, 1.0, 1.0);
        for (List<Double> weights :
                List.of(List.of(1.0, 1.0), List.of(1.0, -0.1, 1.0), List.of(1.0, Double.NaN, 1.0))) {
            assertThatExceptionOfType(SettingsException.class)
                    .isThrownBy(() -> new UnknownRule(weights, three, three, 1))
                    .withMessageContaining("weights");
        }
    }

    @Test
    void aRuleOfAnEarlierVersionKeepsItsWeights() {
        List<Double> zeros = List.of(0.0, 0.0, 0.0);
        UnknownRule rule = new UnknownRule(null, zeros, List.of(1.0, 1.0, 1.0), 1);

        assertThat(rule.weights()).containsExactly(0.5, 0.5, 0.25);
        assertThat(rule.score(new Distance(0, 2, 4), 0.5)).isEqualTo(3);
    }

    private static void refused(List<Double> medians, List<Double> scales, double limit) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> new UnknownRule(null, medians, scales, limit))
                .withMessageContaining("out of range");
    }

    private List<Distance> distances(int count, double mean) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Distance(0, mean + random.nextGaussian(), random.nextGaussian()))
                .toList();
    }
}
