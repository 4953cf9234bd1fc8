package dev.graft.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "rose~rose",
                "玫瑰 (3)~玫瑰 (3)",
                "a|b~a\\|b",
                "`code`~\\`code\\`",
                "[x](http://evil.example)~\\[x\\](http\\://evil.example)",
                "https://evil.example~https\\://evil.example",
                "www.evil.example~www\\.evil.example",
                "me@evil.example~me\\@evil.example",
                "<img src=x onerror=alert(1)>~\\<img src=x onerror=alert(1)\\>",
                "&amp;~\\&amp;",
                "C:\\d~C:\\\\d"
            })
    void markupOfAnyKindIsShownAndDoesNotAct(String text, String escaped) {
        assertThat(MarkdownText.of(text)).isEqualTo(escaped);
    }

    @Test
    void nothingBreaksALine() {
        assertThat(MarkdownText.of("a\n\n# b\u2028c\u001B")).isEqualTo("a  \\# b\\\\u2028c\\\\u001b");
        assertThat(MarkdownText.code("a`b\n|c")).isEqualTo("`a'b\\n\\|c`");
    }
}
