package dev.graft.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.graft.error.SettingsException;
import dev.graft.result.Classification;
import dev.graft.result.Classification.ClassResult;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class MetricsTest {
    private static final Offset<Double> ROUNDING = within(1e-12);

    static Stream<JsonNode> classifications() {
        return Expected.cases("classifications");
    }

    @ParameterizedTest
    @MethodSource("classifications")
    void classificationAgreesWithScikitLearn(JsonNode expected) {
        int[] truth = Expected.integers(expected.get("truth"));
        int[] predicted = Expected.integers(expected.get("predicted"));
        List<String> names = IntStream.range(0, expected.get("classes").asInt())
                .mapToObj(Integer::toString)
                .toList();

        Classification found = Metrics.classify(truth, predicted, names);

        for (int label = 0; label < names.size(); label++) {
            assertThat(found.confusion().get(label).stream().mapToInt(Integer::intValue))
                    .containsExactly(IntStream.of(
                                    Expected.integers(expected.get("confusion").get(label)))
                            .boxed()
                            .toArray(Integer[]::new));
        }
        assertThat(found.classes().stream().map(ClassResult::name)).isEqualTo(names);
        assertThat(found.classes().stream().mapToInt(ClassResult::support).toArray())
                .containsExactly(Expected.integers(expected.get("support")));
        assertThat(each(found, ClassResult::precision))
                .containsExactly(Expected.doubles(expected.get("precision")), ROUNDING);
        assertThat(each(found, ClassResult::recall))
                .containsExactly(Expected.doubles(expected.get("recall")), ROUNDING);
        assertThat(each(found, ClassResult::f1)).containsExactly(Expected.doubles(expected.get("f1")), ROUNDING);
        assertThat(new double[] {found.macroPrecision(), found.macroRecall(), found.macroF1()})
                .containsExactly(Expected.doubles(expected.get("macro")), ROUNDING);
        assertThat(Metrics.accuracy(truth, predicted))
                .isCloseTo(expected.get("accuracy").asDouble(), ROUNDING);
    }

    @Test
    void aClassWithoutExamplesHasNoRecallAndIsInNoMean() {
        Classification found =
                Metrics.classify(new int[] {0, 0, 1, 1}, new int[] {0, 0, 1, 2}, List.of("a", "b", "c", "d"));

        assertThat(each(found, ClassResult::recall)).containsExactly(1, 0.5, Double.NaN, Double.NaN);
        assertThat(found.macroRecall()).isEqualTo(0.75);
        // Taken once for what it was not, and never taken at all.
        assertThat(each(found, ClassResult::precision)).containsExactly(1, 1, 0, Double.NaN);
        assertThat(found.untested()).containsExactly("c", "d");
    }

    @Test
    void crossEntropyAgreesWithScikitLearn() {
        JsonNode expected = Expected.value("crossEntropy");
        float[][] probabilities = new float[expected.get("probabilities").size()][3];
        for (int i = 0; i < probabilities.length; i++) {
            for (int label = 0; label < 3; label++) {
                probabilities[i][label] =
                        (float) expected.get("probabilities").get(i).get(label).asDouble();
            }
        }

        // scikit-learn makes each row sum to 1 again, which single precision misses by its rounding.
        assertThat(Metrics.crossEntropy(probabilities, Expected.integers(expected.get("truth"))))
                .isCloseTo(expected.get("nats").asDouble(), within(1e-6));
    }

    @Test
    void aSureMistakeCostsAsMuchAsAProbabilityOfOneInTenMillion() {
        assertThat(Metrics.crossEntropy(new float[][] {{1, 0}}, new int[] {1})).isEqualTo(-Math.log(1e-7));
    }

    @Test
    void certaintyCostsNothingEvenIfRoundedAboveOne() {
        assertThat(Metrics.crossEntropy(new float[][] {{1.0000001f, 0}}, new int[] {0}))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, -0.1f, 1.1f, Float.POSITIVE_INFINITY})
    void aProbabilityOutOfRangeIsRefusedWithItsPlace(float probability) {
        assertThatThrownBy(() -> Metrics.crossEntropy(new float[][] {{1, 0}, {0, probability}}, new int[] {0, 1}))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("example 1, class 1");
    }

    @Test
    void labelsThatCannotBeComparedAreRefused() {
        assertThatThrownBy(() -> Metrics.accuracy(new int[2], new int[3]))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("3 predictions and 2 true labels");
        assertThatThrownBy(() -> Metrics.accuracy(new int[0], new int[0])).isInstanceOf(SettingsException.class);
        assertThatThrownBy(() -> Metrics.classify(new int[] {0, 2}, new int[2], List.of("a", "b")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("example 1")
                .hasMessageContaining("0 to 1");
        assertThatThrownBy(() -> Metrics.classify(new int[2], new int[] {-1, 0}, List.of("a", "b")))
                .isInstanceOf(SettingsException.class);
        assertThatThrownBy(() -> Metrics.crossEntropy(new float[][] {{1, 0}}, new int[] {2}))
                .isInstanceOf(SettingsException.class);
    }

    private static double[] each(Classification found, ToDoubleFunction<ClassResult> figure) {
        return found.classes().stream().mapToDouble(figure).toArray();
    }
}
