package dev.graft.preparation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void wordsAreInLowerCaseWithoutPunctuation() {
        assertThat(Words.of("It's  GOOD, really -- 10/10!")).containsExactly("it's", "good", "really", "10", "10");
    }

    @Test
    void scriptsWithoutSpacesGiveTheirCharacters() {
        assertThat(Words.of("很好吃，推荐 pizza店")).containsExactly("很", "好", "吃", "推", "荐", "pizza", "店");
    }

    @Test
    void anEmojiIsAWordAndFullWidthLettersAreLetters() {
        assertThat(Words.of("ｗｏｗ 😀")).containsExactly("wow", "😀");
    }

    @Test
    void nothingButSpaceAndPunctuationHasNoWords() {
        assertThat(Words.of("")).isEmpty();
        assertThat(Words.of(" ... !? \n")).isEmpty();
    }
}
