package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.error.SettingsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UndecodedArgumentsTest {
    @Test
    void aNameInAnotherEncodingIsRefusedAndTheEncodingNamed() {
        assertThatThrownBy(() -> UndecodedArguments.refuse(StandardCharsets.UTF_8, "predict", "caf\uFFFD.png"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("UTF-8")
                .hasMessageContaining("caf\uFFFD.png");
    }

    @Test
    void withoutALocaleTheWayOutIsALocale() {
        assertThatThrownBy(() ->
                        UndecodedArguments.refuse(StandardCharsets.US_ASCII, "predict", "b", "--text", "\uFFFD\uFFFD"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("LC_ALL=C.UTF-8");
    }

    @Test
    void aReplacementCharacterThatWasTypedIsText(@TempDir Path folder) throws IOException {
        Path named = Files.createFile(folder.resolve("odd\uFFFD.png"));

        assertThatCode(() -> UndecodedArguments.refuse(
                        StandardCharsets.UTF_8, named.toString(), "--text", "a\uFFFD", "--text=\uFFFD", "猫"))
                .doesNotThrowAnyException();
    }
}
