package dev.graft.optimization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Agrees with PyTorch's loss in float64 to 1e-12, and with its gradient to float32. */
class PairSimilarityTest {
    static Stream<JsonNode> references() throws IOException {
        try (InputStream in = PairSimilarityTest.class.getResourceAsStream("/reference/pairs.json")) {
            JsonNode all = JsonMapper.shared().readTree(Objects.requireNonNull(in));
            return StreamSupport.stream(all.get("cases").spliterator(), false);
        }
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("references")
    void lossAndGradientAgreeWithPyTorch(JsonNode expected) {
        float[] features = Reference.floats(expected.get("features"));
        int[] labels = Reference.integers(expected.get("labels"));
        float[] gradient = new float[features.length];

        CrossEntropy.Outcome outcome = PairSimilarity.measure(
                features, expected.get("width").asInt(), labels, Reference.floats(expected.get("weights")), gradient);

        assertThat(outcome.lossSum() / labels.length)
                .isCloseTo(expected.get("loss").asDouble(), within(1e-12));
        double[] wanted = Reference.doubles(expected.get("gradient"));
        for (int i = 0; i < wanted.length; i++) {
            assertThat((double) gradient[i]).isCloseTo(wanted[i], within(1e-7));
        }
    }

    @Test
    void aSingleExampleHasNoPairAndNoGradient() {
        float[] gradient = {7, 7};

        CrossEntropy.Outcome outcome =
                PairSimilarity.measure(new float[] {1, 2}, 2, new int[] {0}, new float[0], gradient);

        assertThat(outcome).isEqualTo(new CrossEntropy.Outcome(0, 0));
        assertThat(gradient).containsOnly(0);
    }

    @Test
    void rightIsWhoseMostSimilarExampleIsOfItsClass() {
        float[] features = {1, 0, 1, 0.05f, 0, 1, 1, 0.2f};

        CrossEntropy.Outcome outcome =
                PairSimilarity.measure(features, 2, new int[] {0, 0, 1, 1}, new float[0], new float[0]);

        // The first two find each other; the third finds the fourth, which finds the second.
        assertThat(outcome.score()).isEqualTo(3);
    }

    @Test
    void aVectorOfZerosIsLikeNothingAndMovesFinitely() {
        float[] gradient = new float[4];

        CrossEntropy.Outcome outcome =
                PairSimilarity.measure(new float[] {0, 0, 1, 0}, 2, new int[] {1, 1}, new float[0], gradient);

        assertThat(outcome.lossSum()).isEqualTo(2);
        assertThat(gradient).doesNotContain(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
    }

    @Test
    void whatIsNotANumberReachesTheLoss() {
        CrossEntropy.Outcome outcome = PairSimilarity.measure(
                new float[] {Float.NaN, 0, 1, 0}, 2, new int[] {0, 1}, new float[0], new float[4]);

        assertThat(outcome.lossSum()).isNaN();
    }
}
