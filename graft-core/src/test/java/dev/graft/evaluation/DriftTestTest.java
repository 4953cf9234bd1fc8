package dev.graft.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.graft.error.SettingsException;
import dev.graft.result.DriftResult;
import dev.graft.statistics.References;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class DriftTestTest {
    private final Random random = new Random(4);

    static Stream<JsonNode> cases() {
        return References.cases("drift");
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("cases")
    void agreesWithSciPy(JsonNode expected) {
        DriftResult.Compared found = DriftTest.compare(List.of(new DriftTest.Values(
                        "x", References.doubles(expected.get("first")), References.doubles(expected.get("second")))))
                .compared()
                .get(0);

        assertThat(found.statistic()).isCloseTo(expected.get("statistic").asDouble(), within(1e-12));
        assertThat(found.probability()).isCloseTo(expected.get("probability").asDouble(), within(1e-9));
        // The exact distribution is not far from that of large samples.
        assertThat(found.probability()).isCloseTo(expected.get("exact").asDouble(), within(0.03));
    }

    @Test
    void inputsThatDidNotMoveAreSeldomSaidToHave() {
        int said = 0;
        int draws = 400;
        for (int draw = 0; draw < draws; draw++) {
            List<DriftTest.Values> kinds = Stream.of("a", "b", "c")
                    .map(name -> new DriftTest.Values(name, normal(60, 0), normal(90, 0)))
                    .toList();
            said += DriftTest.compare(kinds).moved() ? 1 : 0;
        }

        assertThat(said / (double) draws).isLessThanOrEqualTo(0.07);
    }

    @Test
    void inputsThatMovedAreToldInWords() {
        DriftResult moved = DriftTest.compare(List.of(
                new DriftTest.Values(DriftResult.DISTANCE, normal(60, 0), normal(60, 3)),
                new DriftTest.Values("probability of cat", normal(60, 0), normal(60, 0))));
        DriftResult mix =
                DriftTest.compare(List.of(new DriftTest.Values("probability of cat", normal(60, 0), normal(60, 3))));
        DriftResult same = DriftTest.compare(List.of(new DriftTest.Values("x", normal(60, 0), normal(60, 0))));

        assertThat(moved.moved()).isTrue();
        assertThat(DriftTest.words(moved)).contains("The inputs moved", "distance to the nearest class, median");
        assertThat(DriftTest.words(moved)).doesNotContain("cat");
        assertThat(DriftTest.words(mix)).contains("The mix of classes moved", "probability of cat");
        assertThat(same.moved()).isFalse();
        assertThat(DriftTest.words(same)).contains("Nothing says that the inputs moved");
    }

    @Test
    void tooFewExamplesAreRefused() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> DriftTest.compare(List.of(new DriftTest.Values("x", normal(60, 0), normal(19, 0)))))
                .withMessageContaining("19 new");
    }

    private double[] normal(int count, double mean) {
        return random.doubles(count)
                .map(ignored -> mean + random.nextGaussian())
                .toArray();
    }
}
