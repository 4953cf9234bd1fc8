package dev.graft.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnicodeTextTest {
    @Test
    void halvesOfCharactersAreReplacedAndNothingElse() {
        assertThat(UnicodeText.whole("a\ud83cb\udf89")).isEqualTo("a\ufffdb\ufffd");
        assertThat(UnicodeText.whole("\ud83c")).isEqualTo("\ufffd");
        assertThat(UnicodeText.whole("\udf89\ud83c\udf89")).isEqualTo("\ufffd\ud83c\udf89");
        String whole = "a 好 \ud83c\udf89 \u0000";
        assertThat(UnicodeText.whole(whole)).isSameAs(whole);
        assertThat(UnicodeText.isWhole("\ud83c\udf89")).isTrue();
        assertThat(UnicodeText.isWhole("\udf89\ud83c")).isFalse();
    }
}
