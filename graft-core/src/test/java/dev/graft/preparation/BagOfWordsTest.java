package dev.graft.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.graft.data.LabeledTexts;
import dev.graft.error.DataException;
import dev.graft.error.SettingsException;
import dev.graft.feature.SparseRows;
import dev.graft.optimization.CrossEntropy;
import dev.graft.optimization.LogisticSolver;
import dev.graft.optimization.RowLosses;
import dev.graft.optimization.SparseMatrix;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Agrees with {@code bag_of_words.json}, made by {@code make_bag_of_words.py} with scikit-learn. */
class BagOfWordsTest {
    private static final JsonNode EXPECTED = expected();
    private static final LabeledTexts TRAIN = LabeledTexts.of(
            "t",
            List.of("bad", "good", "plot"),
            texts("texts"),
            StreamSupport.stream(EXPECTED.get("labels").spliterator(), false)
                    .mapToInt(JsonNode::asInt)
                    .toArray());
    private static final BagOfWords WORDS = BagOfWords.of(TRAIN);

    @Test
    void termsAndTheirWeightsAreThoseOfScikitLearn() {
        List<String> terms = new ArrayList<>();
        EXPECTED.get("terms").forEach(term -> terms.add(term.asString()));
        assertThat(WORDS.weights().keySet()).containsExactlyElementsOf(terms);
        for (int i = 0; i < terms.size(); i++) {
            assertThat(WORDS.weights().get(terms.get(i)))
                    .isCloseTo(EXPECTED.get("idf").get(i).asDouble(), within(1e-12));
        }
    }

    @Test
    void vectorsAreThoseOfScikitLearnAlsoOfUnknownTexts() {
        assertSame(SparseRows.of(TRAIN, WORDS), EXPECTED.get("vectors"));
        List<String> others = texts("others");
        assertSame(SparseRows.of(others.size(), others::get, WORDS), EXPECTED.get("otherVectors"));
    }

    @Test
    void regressionsOnThemAreThoseOfScikitLearn() {
        List<String> others = texts("others");
        SparseMatrix asked = matrix(SparseRows.of(others.size(), others::get, WORDS));
        for (JsonNode regression : EXPECTED.get("regressions")) {
            int classes = regression.get("classes").asInt();
            int[] rows = StreamSupport.stream(regression.get("rows").spliterator(), false)
                    .mapToInt(JsonNode::asInt)
                    .toArray();
            LogisticSolver.Solution solution = LogisticSolver.solveAsIs(
                    matrix(SparseRows.of(TRAIN, WORDS).subset(rows)),
                    RowLosses.ofClasses(IntStream.of(rows).map(TRAIN::label).toArray(), classes, new float[0]),
                    regression.get("penalty").asDouble());
            float[][] found = CrossEntropy.probabilities(solution.logits(asked), solution.biases().length);
            for (int i = 0; i < found.length; i++) {
                for (int k = 0; k < classes; k++) {
                    assertThat((double) found[i][k])
                            .as(classes + " classes, text " + i + ", class " + k)
                            .isCloseTo(
                                    regression
                                            .get("probabilities")
                                            .get(i)
                                            .get(k)
                                            .asDouble(),
                                    within(1e-4));
                }
            }
        }
    }

    @Test
    void theSameTermsAreTheSamePreparation() {
        BagOfWords again = BagOfWords.of(WORDS.weights());

        assertThat(again).isEqualTo(WORDS).hasSameHashCodeAs(WORDS).hasToString(WORDS.toString());
        assertThat(BagOfWords.of(TRAIN.subset(new int[] {0, 1}))).isNotEqualTo(WORDS);
    }

    @Test
    void ofManyTermsThoseOfMostTextsAreKept() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            int own = i;
            texts.add("common "
                    + String.join(
                            " x ",
                            IntStream.range(0, 60)
                                    .mapToObj(j -> "w" + own + "v" + j)
                                    .toList()));
        }
        BagOfWords words = BagOfWords.of(LabeledTexts.of("t", List.of("a", "b"), texts, new int[400]));

        assertThat(words.width()).isEqualTo(32_768);
        assertThat(words.weights()).containsKeys("common", "x");
    }

    @Test
    void textsWithoutAnyWordAndTermsWithoutSenseAreRefused() {
        assertThatThrownBy(() -> BagOfWords.of(LabeledTexts.of("t", List.of("a"), List.of("...", ""), new int[2])))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("2 texts");
        assertThatThrownBy(() -> BagOfWords.of(Map.of())).isInstanceOf(SettingsException.class);
        assertThatThrownBy(() -> BagOfWords.of(Map.of("a", Double.NaN))).isInstanceOf(SettingsException.class);
    }

    private static SparseMatrix matrix(SparseRows rows) {
        return new SparseMatrix(rows.places(), rows.values(), rows.width());
    }

    private static void assertSame(SparseRows rows, JsonNode expected) {
        float[] row = new float[rows.width() + 1];
        for (int i = 0; i < rows.count(); i++) {
            rows.read(i, row, 1);
            for (int j = 0; j < rows.width(); j++) {
                assertThat((double) row[1 + j])
                        .as("text " + i + ", term " + j)
                        .isCloseTo(expected.get(i).get(j).asDouble(), within(1e-6));
            }
        }
    }

    private static List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        EXPECTED.get(key).forEach(text -> texts.add(text.asString()));
        return texts;
    }

    private static JsonNode expected() {
        try (InputStream in = BagOfWordsTest.class.getResourceAsStream("/reference/bag_of_words.json")) {
            return JsonMapper.shared().readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
