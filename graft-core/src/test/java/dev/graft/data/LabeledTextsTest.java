package dev.graft.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.error.DataException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabeledTextsTest {
    private static final LabeledTexts TEXTS =
            LabeledTexts.of("t", List.of("a", "b"), List.of("one", "two", "three"), new int[] {0, 1, 1});

    @Test
    void aSubsetHasItsOwnOrderAndTheSameClasses() {
        LabeledTexts subset = TEXTS.subset(new int[] {2, 0});

        assertThat(subset.size()).isEqualTo(2);
        assertThat(subset.text(0)).isEqualTo("three");
        assertThat(subset.label(0)).isEqualTo(1);
        assertThat(subset.classNames()).containsExactly("a", "b");
    }

    @Test
    void theDigestChangesWithTextLabelOrderAndClasses() {
        List<String> texts = List.of("one", "two", "three");
        int[] labels = {0, 1, 1};

        assertThat(LabeledTexts.of("other", List.of("a", "b"), texts, labels).digest())
                .isEqualTo(TEXTS.digest());
        assertThat(List.of(
                        LabeledTexts.of("t", List.of("a", "c"), texts, labels).digest(),
                        LabeledTexts.of("t", List.of("a", "b"), texts, new int[] {1, 1, 1})
                                .digest(),
                        LabeledTexts.of("t", List.of("a", "b"), List.of("one", "twothree", ""), labels)
                                .digest(),
                        TEXTS.subset(new int[] {1, 0, 2}).digest()))
                .doesNotContain(TEXTS.digest())
                .doesNotHaveDuplicates();
    }

    @Test
    void labelsThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> LabeledTexts.of("t", List.of("a"), List.of("x"), new int[] {1}))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("example 0");
        assertThatThrownBy(() -> LabeledTexts.of("t", List.of("a"), List.of("x"), new int[0]))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("1 labels");
    }

    @Test
    void someClassesAloneAreLabelledAnewInTheDatasOrder() {
        LabeledTexts texts = LabeledTexts.of(
                "t", List.of("a", "b", "c"), List.of("one", "two", "three", "four"), new int[] {2, 1, 0, 2});
        LabeledTexts some = texts.withClasses(List.of("c", "a"));

        assertThat(some.classNames()).containsExactly("a", "c");
        assertThat(some.size()).isEqualTo(3);
        assertThat(some.text(1)).isEqualTo("three");
        assertThat(new int[] {some.label(0), some.label(1), some.label(2)}).containsExactly(1, 0, 1);
        assertThatThrownBy(() -> texts.withClasses(List.of("d")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a, b, c");
    }

    @Test
    void aLongTextIsShownByItsBeginning() {
        LabeledTexts texts = LabeledTexts.of("t", List.of("a"), List.of("\uD83D\uDC08".repeat(90)), new int[] {0});

        assertThat(texts.caption(0)).isEqualTo("\uD83D\uDC08".repeat(79) + "…");
        assertThat(TEXTS.caption(0)).isEqualTo("one");
    }
}
