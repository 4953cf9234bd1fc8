package dev.graft.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatedExamplesTest {
    private static final List<String> CLASSES = List.of("bad", "good");

    @Test
    void aTextInTrainingAndTestIsCountedAndQuoted() {
        LabeledTexts train = texts(List.of("fine film", "dull", "so so"), 1, 0, 0);
        LabeledTexts test = texts(List.of("  fine \n film ", "new", "dull", "dull"), 1, 1, 0, 0);

        assertThat(RepeatedExamples.sentences(train, null, test))
                .containsExactly(
                        "3 of 4 test examples are training examples too, word for word, such as 'fine \n film' and"
                                + " 'fine film': the test accuracy is flattered");
    }

    @Test
    void validationIsLookedAtToo() {
        LabeledTexts train = texts(List.of("a", "b"), 0, 1);

        assertThat(RepeatedExamples.sentences(train, texts(List.of("b", "c"), 1, 0), texts(List.of("d"), 0)))
                .singleElement()
                .asString()
                .startsWith("1 of 2 validation examples are training examples too")
                .endsWith("the validation accuracy is flattered");
    }

    @Test
    void oneTextUnderTwoLabelsIsNamedWithBoth() {
        LabeledTexts train = texts(List.of("so so", "so so", "fine", "fine", "dull"), 0, 1, 1, 1, 0);

        assertThat(RepeatedExamples.sentences(train, null, null))
                .containsExactly(
                        "1 example occurs under two labels, word for word, such as 'so so' as bad and 'so so' as good");
        assertThat(RepeatedExamples.sentences(train, null, texts(List.of("fine"), 0)))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("2 examples occur under two labels");
    }

    @Test
    void whatDiffersIsNotRepeated() {
        assertThat(RepeatedExamples.sentences(
                        texts(List.of("a", "b"), 0, 1), texts(List.of("c"), 0), texts(List.of("A", "ab"), 0, 1)))
                .isEmpty();
    }

    @Test
    void itemsAreEqualIfAllTheirColumnsAre() {
        LabeledItems train = items(List.of("a", "b"), 1, 2);

        assertThat(RepeatedExamples.sentences(train, null, items(List.of("a", "b"), 1, 3)))
                .singleElement()
                .asString()
                .startsWith("1 of 2 test examples are training examples too, value for value");
    }

    @Test
    void pictureContentsThatAreNotKnownAreNotComputed() {
        LabelsOnly pictures = LabelsOnly.withCounts(2, 2);

        assertThat(RepeatedExamples.sentences(pictures, pictures, pictures)).isEmpty();
    }

    private static LabeledItems items(List<String> texts, double... prices) {
        return LabeledItems.of("items", CLASSES, new int[] {0, 1})
                .withTexts("title", texts)
                .withNumbers("price", prices)
                .withCategories("kind", List.of("x", ""));
    }

    private static LabeledTexts texts(List<String> texts, int... labels) {
        return LabeledTexts.of("texts", CLASSES, texts, labels);
    }
}
