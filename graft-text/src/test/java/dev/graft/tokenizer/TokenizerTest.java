package dev.graft.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.Tokenization.Tokens;
import dev.graft.error.DataException;
import dev.graft.error.SettingsException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

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
