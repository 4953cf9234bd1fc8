package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {
    @Test
    void withoutTheLaunchersWordThereIsNoTerminal() {
        Terminal terminal = Terminal.detect(properties(Map.of()), Map.of());

        assertThat(terminal.interactive()).isFalse();
        assertThat(terminal.color()).isFalse();
        assertThat(terminal.columns()).isEqualTo(80);
    }

    @ParameterizedTest
    @CsvSource({"120,120", "0,80", "'',80", "wide,80", "7,40", "99999999,80"})
    void theWidthIsReadableWhateverTheTerminalSays(String said, int columns) {
        Terminal terminal = Terminal.detect(properties(Map.of("graft.terminal", said)), Map.of());

        assertThat(terminal.interactive()).isTrue();
        assertThat(terminal.columns()).isEqualTo(columns);
    }

    @Test
    void noColorAndDumbTerminalsAreRespected() {
        Properties terminal = properties(Map.of("graft.terminal", "100"));

        assertThat(Terminal.detect(terminal, Map.of()).color()).isTrue();
        assertThat(Terminal.detect(terminal, Map.of("NO_COLOR", "1")).color()).isFalse();
        assertThat(Terminal.detect(terminal, Map.of("NO_COLOR", "")).color()).isTrue();
        assertThat(Terminal.detect(terminal, Map.of("TERM", "dumb")).interactive())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"UTF-8,true", "GB18030,true", "ANSI_X3.4-1968,false", "ISO-8859-1,false"})
    void blocksAreDrawnWhereTheEncodingHasThem(String encoding, boolean unicode) {
        Terminal terminal = Terminal.detect(properties(Map.of("native.encoding", encoding)), Map.of());

        assertThat(terminal.unicode()).isEqualTo(unicode);
    }

    private static Properties properties(Map<String, String> values) {
        Properties properties = new Properties();
        properties.putAll(values);
        return properties;
    }
}
