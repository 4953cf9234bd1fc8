package dev.graft.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextWordsTest {
    @Test
    void wordsAreWhatHoldsALetterOrADigit() {
        assertThat(words("What a film! It's 10/10…")).containsExactly("What", "a", "film", "It's", "10", "10");
        assertThat(words("  …  !")).isEmpty();
        assertThat(words("")).isEmpty();
    }

    @Test
    void textsWithoutSpacesFallIntoCharacters() {
        assertThat(words("很好吃，ok 送\uD842\uDFB7")).containsExactly("很", "好", "吃", "ok", "送", "\uD842\uDFB7");
    }

    @Test
    void aWordIsLeftOut() {
        assertThat(TextWords.without("not bad", TextWords.of("not bad").get(0))).isEqualTo(" bad");
    }

    private static List<String> words(String text) {
        return TextWords.of(text).stream()
                .map(place -> text.substring(place.start(), place.end()))
                .toList();
    }
}
