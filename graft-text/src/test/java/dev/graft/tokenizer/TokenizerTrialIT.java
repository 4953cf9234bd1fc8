package dev.graft.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.error.WeightsFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What would end this process ends another one. */
class TokenizerTrialIT {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void aTokenizerThatEndsItsProcessIsRefusedAndThisOneLives() throws IOException {
        String unchecked = new String(
                Objects.requireNonNull(getClass().getResourceAsStream("/tokenizer/refused/template-token-missing.json"))
                        .readAllBytes(),
                StandardCharsets.UTF_8);

        assertThatThrownBy(() ->
                        TokenizerTrial.require(unchecked, UUID.randomUUID().toString(), "here.json"))
                .isInstanceOf(WeightsFileException.class)
                .hasMessageContaining("here.json")
                .hasMessageContaining("ended the process");
    }

    @Test
    void whatTheLibraryItselfRefusesIsRefused() {
        assertThatThrownBy(() -> TokenizerTrial.require("{}", UUID.randomUUID().toString(), "here.json"))
                .isInstanceOf(WeightsFileException.class)
                .hasMessageContaining("here.json");
    }

    @Test
    void whereNoProcessCanBeStartedTheCheckAloneDecides() throws IOException {
        String checked = TokenizerFile.parse(TokenizerJson.bytes(TokenizerJson.PAIRS), "file")
                .checkedJson();
        Path none = folder.resolve("java");
        assertThat(TokenizerTrial.passes(none, checked, "here.json")).isFalse();
        Files.writeString(none, "no program");
        assertThat(none.toFile().setExecutable(true)).isTrue();
        assertThat(TokenizerTrial.passes(none, checked, "here.json")).isFalse();
    }

    @Test
    void aTokenizerThatWorksIsTakenAndRemembered() {
        String checked = TokenizerFile.parse(TokenizerJson.bytes(TokenizerJson.PAIRS), "file")
                .checkedJson();
        String digest = "test-of-a-tokenizer";

        assertThatCode(() -> TokenizerTrial.require(checked, digest, "here.json"))
                .doesNotThrowAnyException();
        // Remembered: what is given now would be refused.
        assertThatCode(() -> TokenizerTrial.require("{}", digest, "here.json")).doesNotThrowAnyException();
    }
}
