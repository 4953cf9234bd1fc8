package dev.graft.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFieldTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "rose", "玫瑰", "a=b", "'quoted'", "-1", "+1", "-0.5", "+.5e-3", "-2.", "  = 1"})
    void whatIsNoFormulaStaysAsItIs(String text) {
        assertThat(CsvField.of(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "=cmd|'/c calc'!A1", "+cmd", "-2+3", "-", "@SUM(A1)", "\t=1", "'=1", "''-x"})
    void whatASpreadsheetWouldCalculateIsText(String text) {
        assertThat(CsvField.of(text)).isEqualTo("'" + text);
    }

    @Test
    void separatorsQuotesAndLineBreaksAreQuoted() {
        assertThat(CsvField.of("a,b")).isEqualTo("\"a,b\"");
        assertThat(CsvField.of("a \"b\"")).isEqualTo("\"a \"\"b\"\"\"");
        assertThat(CsvField.of("a\nb")).isEqualTo("\"a\nb\"");
        assertThat(CsvField.of("=HYPERLINK(\"http://x\",\"y\")"))
                .isEqualTo("\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
        assertThat(CsvField.of("\r=1")).isEqualTo("\"'\r=1\"");
    }
}
