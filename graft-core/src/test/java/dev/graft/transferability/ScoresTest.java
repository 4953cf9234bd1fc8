package dev.graft.transferability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.graft.error.DataException;
import dev.graft.error.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Agrees with {@code scores.json}, made by {@code make_scores.py} with NumPy and scikit-learn, to 1e-8. */
class ScoresTest {
    private static final double TOLERANCE = 1e-8;

    static Stream<Case> cases() {
        try (InputStream in = ScoresTest.class.getResourceAsStream("/transferability/scores.json")) {
            JsonNode all = JsonMapper.shared().readTree(Objects.requireNonNull(in));
            return StreamSupport.stream(all.spliterator(), false).map(Case::new);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void logMeIsTheMaximumEvidenceOfThePaper(Case expected) {
        assertThat(LogMe.score(expected.floats("features"), expected.width(), expected.labels(), expected.classes()))
                .isCloseTo(expected.number("logMe"), within(TOLERANCE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void hScoreIsThatOfTheShrunkCovariance(Case expected) {
        assertThat(HScore.score(expected.floats("features"), expected.width(), expected.labels(), expected.classes()))
                .isCloseTo(expected.number("hScore"), within(TOLERANCE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void leepIsTheMeanLogarithmOfTheExpectedPrediction(Case expected) {
        int sourceClasses = (int) expected.number("sourceClasses");
        assertThat(Leep.score(expected.floats("probabilities"), sourceClasses, expected.labels(), expected.classes()))
                .isCloseTo(expected.number("leep"), within(TOLERANCE));
    }

    @Test
    void featuresThatTellTheClassesApartScoreHigherThanThoseThatDoNot() {
        int[] labels = labels(200, 4);
        float[] telling = features(labels, 10, 1.5);
        float[] silent = features(labels, 10, 0);

        assertThat(LogMe.score(telling, 10, labels, 4)).isGreaterThan(LogMe.score(silent, 10, labels, 4));
        assertThat(HScore.score(telling, 10, labels, 4)).isGreaterThan(HScore.score(silent, 10, labels, 4));
    }

    @Test
    void wideRowsOfTheSizeThatBackbonesGiveAreScored() {
        int[] labels = labels(2000, 10);
        float[] features = features(labels, 600, 0.3);

        assertThat(LogMe.score(features, 600, labels, 10)).isFinite();
        assertThat(HScore.score(features, 600, labels, 10)).isBetween(0.0, 9.0);
    }

    @Test
    void featuresThatAreAllZeroScoreWhatTheLabelsScoreAlone() {
        int[] labels = {0, 1, 0, 1, 0, 1, 0, 1};
        // Half of the rows are of the class: the labels' precision is 2, their evidence that of a normal distribution.
        double alone = (Math.log(2 / (2 * Math.PI)) - 1) / 2;

        assertThat(LogMe.score(new float[16], 2, labels, 2)).isCloseTo(alone, within(1e-5));
        assertThat(HScore.score(new float[16], 2, labels, 2)).isZero();
    }

    @Test
    void aSourceThatKnowsTheClassesHasALeepOfZeroAndOneThatKnowsNothingThatOfTheirShares() {
        float[] knows = {1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0};
        float[] knowsNothing = {0.5f, 0.25f, 0.25f, 0.5f, 0.25f, 0.25f, 0.5f, 0.25f, 0.25f, 0.5f, 0.25f, 0.25f};
        int[] labels = {1, 0, 1, 0};

        assertThat(Leep.score(knows, 3, labels, 2)).isZero();
        assertThat(Leep.score(knowsNothing, 3, labels, 2)).isCloseTo(Math.log(0.5), within(1e-12));
    }

    @Test
    void sizesThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> LogMe.score(new float[7], 2, new int[] {0, 1, 0}, 2))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("3 labels x 2 values")
                .hasMessageContaining("7 values");
        assertThatThrownBy(() -> HScore.score(new float[0], 0, new int[] {0, 1}, 2))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("values in a row");
        assertThatThrownBy(() -> LogMe.score(new float[2], 1, new int[] {0, 0}, 1))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("at least 2");
    }

    @Test
    void valuesThatAreNotFiniteAreRefusedWithTheirPlace() {
        float[] features = {1, 2, 3, Float.NaN};

        assertThatThrownBy(() -> HScore.score(features, 2, new int[] {0, 1}, 2))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("row 1, value 1");
    }

    @Test
    void labelsOutOfRangeAreRefusedWithTheirRow() {
        for (int wrong : new int[] {-1, 2}) {
            assertThatThrownBy(() -> LogMe.score(new float[3], 1, new int[] {0, 1, wrong}, 2))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("row 2")
                    .hasMessageContaining("0 to 1");
        }
    }

    @Test
    void rowsOfOneClassOrNoneAreRefused() {
        for (int[] labels : List.of(new int[0], new int[] {2, 2, 2})) {
            assertThatThrownBy(() -> LogMe.score(new float[labels.length], 1, labels, 3))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("rows of at least 2 classes");
        }
    }

    @Test
    void leepRefusesLogits() {
        assertThatThrownBy(() -> Leep.score(new float[] {2, -1, 0.5f, 0.5f}, 2, new int[] {0, 1}, 2))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("row 0")
                .hasMessageContaining("softmax");
    }

    private static int[] labels(int count, int classes) {
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % classes;
        }
        return labels;
    }

    private static float[] features(int[] labels, int width, double signal) {
        SplittableRandom random = new SplittableRandom(5);
        float[] features = new float[labels.length * width];
        for (int i = 0; i < features.length; i++) {
            double shift = i % width % 4 == labels[i / width] % 4 ? signal : 0;
            features[i] = (float) (random.nextDouble() + random.nextDouble() - 1 + shift);
        }
        return features;
    }

    /** Features, labels and the scores that are expected of them. */
    record Case(JsonNode json) {
        double number(String name) {
            return json.get(name).asDouble();
        }

        float[] floats(String name) {
            JsonNode array = json.get(name);
            float[] floats = new float[array.size()];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = (float) array.get(i).asDouble();
            }
            return floats;
        }

        int[] labels() {
            return StreamSupport.stream(json.get("labels").spliterator(), false)
                    .mapToInt(JsonNode::asInt)
                    .toArray();
        }

        int width() {
            return (int) number("width");
        }

        int classes() {
            return (int) number("classes");
        }

        @Override
        public String toString() {
            return json.get("name").asString();
        }
    }
}
