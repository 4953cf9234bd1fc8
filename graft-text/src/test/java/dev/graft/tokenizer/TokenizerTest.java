package dev.graft.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.error.DataException;
import dev.graft.error.SettingsException;
import dev.graft.preparation.Tokenization.Tokens;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTest {
    private static final int CLS = 2;
    private static final int SEP = 3;

    @Test
    void aLongTextKeepsItsBeginningAndTheClosingMarkAndSaysSo() {
        Tokenizer tokenizer = Tokenizer.read(file("bert"), 5);
        Tokens whole = tokenizer.withMaxTokens(40).tokens("the film is good not bad");
        Tokens cut = tokenizer.tokens("the film is good not bad");

        assertThat(whole.truncated()).isFalse();
        assertThat(whole.ids()).hasSize(8).startsWith(CLS).endsWith(SEP);
        assertThat(cut.truncated()).isTrue();
        assertThat(cut.ids()).containsExactly(CLS, whole.ids()[1], whole.ids()[2], whole.ids()[3], SEP);
    }

    @Test
    void aTextThatJustFitsIsNotCut() {
        Tokens tokens = Tokenizer.read(file("bert"), 8).tokens("the film is good not bad");

        assertThat(tokens.truncated()).isFalse();
        assertThat(tokens.ids()).hasSize(8);
    }

    @Test
    void anEmptyTextHasTheMarksOrTheEndOfATextOrIsRefused() throws IOException {
        assertThat(Tokenizer.read(file("bert"), 8).tokens("").ids()).containsExactly(CLS, SEP);
        assertThat(Tokenizer.read(file("gpt2"), 8).tokens("").ids()).containsExactly(0);
        String without = Files.readString(file("gpt2")).replaceFirst("\"special\":true", "\"special\":false");
        assertThatThrownBy(() -> Tokenizer.of(without.getBytes(StandardCharsets.UTF_8), "t", 8)
                        .tokens(""))
                .isInstanceOf(DataException.class);
    }

    @Test
    void anotherFileOrLimitIsAnotherTokenizer() {
        String words = Tokenizer.read(file("bert"), 8).toString();

        assertThat(Tokenizer.read(file("bert"), 8)).hasToString(words);
        assertThat(Tokenizer.read(file("bert"), 9).toString()).isNotEqualTo(words);
        assertThat(Tokenizer.read(file("roberta"), 8).toString()).isNotEqualTo(words);
    }

    @Test
    void roomForLessThanOneTokenIsRefused() {
        assertThatThrownBy(() -> Tokenizer.read(file("bert"), 2))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("at least 3");
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"bert", "roberta", "gpt2"})
    void noTextEndsTheProcessAndOfALongOneTheBeginningIsTaken(String family) {
        Tokenizer tokenizer = Tokenizer.read(file(family), 40);

        for (String text : List.of(
                "\u0000",
                "\ud83c",
                "\udf89\ud83c",
                "a\ud83cb",
                "\uffff\ufffe",
                "e\u0301".repeat(1000),
                "[CLS] </s> <|endoftext|>",
                "\u202e\u200d\ufeff")) {
            assertThat(tokenizer.checkedTokens(text).ids()).isNotEmpty();
        }
        for (String piece : List.of("a", " ", "好", "a b ", "\n", "\ud83c\udf89")) {
            Tokens tokens = tokenizer.checkedTokens(piece.repeat(5_000_000 / piece.length()));
            assertThat(tokens.truncated()).isTrue();
            assertThat(tokens.ids()).hasSizeLessThanOrEqualTo(40);
        }
    }

    @Test
    void aTextLongerThanIsReadHasTheTokensOfItsBeginning() {
        Tokenizer tokenizer = Tokenizer.read(file("bert"), 40);

        assertThat(tokenizer.tokens("the film ".repeat(200_000)).ids())
                .isEqualTo(tokenizer.tokens("the film ".repeat(100)).ids());
    }

    private static Path file(String family) {
        try {
            return Path.of(
                    Objects.requireNonNull(TokenizerTest.class.getResource("/text/" + family + "/tokenizer.json"))
                            .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
