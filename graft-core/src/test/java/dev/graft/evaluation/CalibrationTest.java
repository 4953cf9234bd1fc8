package dev.graft.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.graft.error.SettingsException;
import dev.graft.result.CalibrationResult;
import dev.graft.result.PredictionResult;
import dev.graft.result.ReliabilityBin;
import dev.graft.result.UnknownThreshold;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code make_calibration.py} made the numbers. */
class CalibrationTest {
    static Stream<JsonNode> cases() {
        return StreamSupport.stream(Expected.value("calibration.json", "cases").spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithScipy(JsonNode expected) {
        Evaluation validation = evaluation(expected, "validation");
        Evaluation test = evaluation(expected, "test");

        Calibration calibration = Calibration.fit(validation);
        CalibrationResult result = calibration.assess(test);

        assertThat(calibration.note()).isEmpty();
        assertThat(result.fittedOn()).isEqualTo(validation.truth().length);
        assertThat(result.assessedOn()).isEqualTo(test.truth().length);
        near(result.temperature(), expected.get("temperature"), 1e-5);
        near(result.lossBefore(), expected.get("lossBefore"), 1e-5);
        near(result.lossAfter(), expected.get("lossAfter"), 1e-5);
        near(result.eceBefore(), expected.get("eceBefore"), 1e-5);
        near(result.eceAfter(), expected.get("eceAfter"), 1e-5);
        sameBins(result.binsBefore(), expected.get("binsBefore"));
        sameBins(result.binsAfter(), expected.get("binsAfter"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theThresholdIsTheHighestThatRefusesNoMoreThanAllowed(JsonNode expected) {
        Evaluation validation = evaluation(expected, "validation");

        Confidences found =
                Confidences.measure(validation, evaluation(expected, "test"), UnknownInputs.ALLOWED_SHARE, i -> null);

        UnknownThreshold unknown = Objects.requireNonNull(found.unknown());
        near(unknown.confidence(), expected.get("threshold"), 1e-12);
        assertThat(found.threshold()).isEqualTo(unknown.confidence());
        assertThat(unknown.validation().refusedShare()).isLessThanOrEqualTo(0.05);
        assertThat(unknown.test().refused()).isEqualTo(expected.get("refused").asInt());
        near(unknown.test().acceptedAccuracy(), expected.get("acceptedAccuracy"), 1e-12);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void noPredictionChanges(JsonNode expected) {
        Evaluation test = evaluation(expected, "test");

        Evaluation calibrated =
                Calibration.fit(evaluation(expected, "validation")).apply(test);

        assertThat(calibrated.predicted()).isEqualTo(test.predicted());
        assertThat(calibrated.truth()).isEqualTo(test.truth());
        assertThat(calibrated.probabilities()).isNotEqualTo(test.probabilities());
    }

    @Test
    void withoutValidationDataNothingIsScaledAndTheResultSaysSo() {
        Evaluation test = guesses(50, 0.9f, 0.6);

        Confidences found = Confidences.measure(null, test, 0.05, i -> null);

        assertThat(found.temperature()).isEqualTo(1);
        assertThat(found.calibration().fitted()).isFalse();
        assertThat(found.calibration().note()).contains("no validation data");
        assertThat(found.calibration().eceAfter()).isEqualTo(found.calibration().eceBefore());
        assertThat(found.calibration().eceBefore()).isCloseTo(0.3, within(1e-6));
        assertThat(found.threshold()).isNull();
        assertThat(found.unknown()).isNull();
    }

    @Test
    void tooFewExamplesFitNothing() {
        assertThat(Calibration.fit(guesses(19, 0.9f, 0.6)))
                .isEqualTo(
                        Calibration.none(
                                "The confidences are not calibrated: 19 validation examples are too few, at least 20 are needed."));
        assertThat(Calibration.fit(guesses(20, 0.9f, 0.6)).fittedOn()).isEqualTo(20);
        assertThat(UnknownInputs.choose(guesses(19, 0.9f, 0.6), 0.05)).isNull();
    }

    @Test
    void withoutAMistakeOrWithoutSkillThereIsNoTemperature() {
        Calibration perfect = Calibration.fit(guesses(100, 0.8f, 1));
        Calibration unskilled = Calibration.fit(guesses(100, 0.8f, 0.3));

        assertThat(perfect.temperature()).isEqualTo(1);
        assertThat(perfect.note()).contains("hardly a mistake");
        assertThat(unskilled.temperature()).isEqualTo(1);
        assertThat(unskilled.note()).contains("no better than guessing");
    }

    /** Right in 60 of 100 at a confidence of 0.9: the temperature that makes it 0.6 has a closed form. */
    @Test
    void makesConfidenceTheShareThatIsRight() {
        Calibration calibration = Calibration.fit(guesses(100, 0.9f, 0.6));

        assertThat(calibration.temperature()).isCloseTo(Math.log(9) / Math.log(1.5), within(1e-5));
        assertThat(calibration.assess(guesses(100, 0.9f, 0.6)).eceAfter()).isCloseTo(0, within(1e-6));
    }

    @Test
    void probabilitiesThatVanishedInSinglePrecisionAreNoObstacle() {
        float[][] rows = new float[40][];
        int[] truth = new int[40];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new float[] {1, 0, 0};
            truth[i] = i % 4 == 0 ? 1 : 0;
        }

        Calibration calibration = Calibration.fit(new Evaluation(rows, truth, List.of("a", "b", "c")));

        assertThat(calibration.temperature()).isPositive().isFinite();
    }

    @Test
    void aConfidenceAtTheEndOfABinBelongsToIt() {
        Evaluation one = new Evaluation(new float[][] {{1, 0}, {0.5f, 0.5f}}, new int[] {0, 0}, List.of("a", "b"));

        assertThat(Reliability.bins(one))
                .containsExactly(
                        new ReliabilityBin(7 / 15.0, 8 / 15.0, 1, 0.5, 1),
                        new ReliabilityBin(14 / 15.0, 15 / 15.0, 1, 1, 1));
    }

    @Test
    void aThresholdRefusesNobodyWhereNobodyMayBe() {
        float[][] rows = new float[30][];
        Random random = new Random(5);
        for (int i = 0; i < rows.length; i++) {
            float confidence = 0.5f + random.nextFloat() / 2;
            rows[i] = new float[] {confidence, 1 - confidence};
        }
        Evaluation validation = new Evaluation(rows, new int[30], List.of("a", "b"));

        double none = Objects.requireNonNull(UnknownInputs.choose(validation, 0));
        double half = Objects.requireNonNull(UnknownInputs.choose(validation, 0.5));

        assertThat(UnknownInputs.cost(validation, none).refused()).isZero();
        assertThat(UnknownInputs.cost(validation, half).refused()).isEqualTo(15);
        assertThat(UnknownInputs.cost(validation, 0.9999).acceptedAccuracy()).isNaN();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN})
    void aShareOutOfRangeIsRefused(double share) {
        assertThatThrownBy(() -> UnknownInputs.choose(guesses(50, 0.9f, 0.6), share))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("at least 0 and below 1");
    }

    @Test
    void theSurestMistakesComeFirst() {
        float[][] rows = {{0.6f, 0.3f, 0.1f}, {0.1f, 0.9f, 0}, {0.2f, 0.7f, 0.1f}, {0.5f, 0.4f, 0.1f}};
        Evaluation test = new Evaluation(rows, new int[] {1, 2, 1, 2}, List.of("a", "b", "c"));

        List<PredictionResult> mistakes = TopLosses.of(test, 2, i -> i + ".png");

        assertThat(mistakes).extracting(PredictionResult::index).containsExactly(1, 3);
        assertThat(mistakes).extracting(PredictionResult::caption).containsExactly("1.png", "3.png");
        assertThat(mistakes.get(0).loss()).isEqualTo(-Math.log(1e-7));
        assertThat(mistakes.get(1).loss()).isCloseTo(-Math.log(0.1f), within(1e-12));
        assertThat(TopLosses.of(test, 9, i -> null)).hasSize(3);
    }

    /** Two classes, always predicted with the same confidence, right as often as asked. */
    private static Evaluation guesses(int examples, float confidence, double right) {
        float[][] rows = new float[examples][];
        int[] truth = new int[examples];
        for (int i = 0; i < examples; i++) {
            rows[i] = new float[] {confidence, 1 - confidence};
            truth[i] = i < Math.round(right * examples) ? 0 : 1;
        }
        return new Evaluation(rows, truth, List.of("a", "b"));
    }

    private static Evaluation evaluation(JsonNode node, String part) {
        List<float[]> rows = new ArrayList<>();
        for (JsonNode row : node.get(part)) {
            double[] values = Expected.doubles(row);
            float[] singles = new float[values.length];
            IntStream.range(0, values.length).forEach(i -> singles[i] = (float) values[i]);
            rows.add(singles);
        }
        List<String> names = IntStream.range(0, rows.get(0).length)
                .mapToObj(Integer::toString)
                .toList();
        return new Evaluation(rows.toArray(float[][]::new), Expected.integers(node.get(part + "Truth")), names);
    }

    private static void near(double found, JsonNode expected, double tolerance) {
        assertThat(found).isCloseTo(expected.asDouble(), within(tolerance));
    }

    private static void sameBins(List<ReliabilityBin> found, JsonNode expected) {
        assertThat(found).hasSize(expected.size());
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i).count()).isEqualTo(expected.get(i).get(0).asInt());
            near(found.get(i).confidence(), expected.get(i).get(1), 1e-5);
            near(found.get(i).accuracy(), expected.get(i).get(2), 1e-12);
        }
    }
}
