package dev.graft.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "rose",
                "玫瑰",
                "C:\\Users\\me",
                "naïve = +1 @ |<b>|",
                "\uD83D\uDC69\u200D\uD83D\uDCBB",
                "می\u200Cخواهم",
                "क्\u200Dष",
                "שלום",
                "silber\u00ADbesteck"
            })
    void textOfAnyScriptStaysAsItIs(String text) {
        assertThat(VisibleText.line(text)).isEqualTo(text);
        assertThat(VisibleText.lines(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0x00, \\u0000",
        "0x07, \\u0007",
        "0x08, \\u0008",
        "0x0A, \\n",
        "0x0D, \\r",
        "0x09, \\t",
        "0x1B, \\u001b",
        "0x7F, \\u007f",
        "0x85, \\u0085",
        "0x9B, \\u009b",
        "0x061C, \\u061c",
        "0x200B, \\u200b",
        "0x200D, \\u200d",
        "0x200F, \\u200f",
        "0x2028, \\u2028",
        "0x2029, \\u2029",
        "0x202A, \\u202a",
        "0x202E, \\u202e",
        "0x2066, \\u2066",
        "0x2069, \\u2069",
        "0xFEFF, \\ufeff",
        "0xFFFF, \\uffff",
        "0xD800, \\ud800",
        "0xDC00, \\udc00",
        "0xE0041, \\udb40\\udc41"
    })
    void whatActsOrCannotBeSeenIsWrittenOut(String point, String shown) {
        String hidden = "a" + Character.toString(Integer.decode(point)) + "b";

        assertThat(VisibleText.line(hidden)).isEqualTo("a" + shown + "b");
    }

    @Test
    void noControlCharacterPassesAtAll() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            if (Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE) {
                assertThat(VisibleText.line(Character.toString(point))).startsWith("\\");
            }
        }
    }

    @Test
    void linesKeepTheirBreaksAndTabsButNothingThatOverwrites() {
        assertThat(VisibleText.lines("one\r\ntwo\n\tthree\rfour")).isEqualTo("one\ntwo\n\tthree\\rfour");
    }

    @Test
    void aProblemShowsNamesWithoutActingOnThem() {
        Problem problem = Problem.of("No class '\u001B]0;pwned\u0007a\nb'.")
                .where(Path.of("a\n  to fix    run this"))
                .found("\u202Egpj.exe\nsecond line");

        assertThat(problem.toString().lines())
                .containsExactly(
                        "No class '\\u001b]0;pwned\\u0007a\\nb'.",
                        "  where     a\\n  to fix    run this",
                        "  found     \\u202egpj.exe",
                        "            second line");
        assertThat(problem.what()).isEqualTo("No class '\\u001b]0;pwned\\u0007a\\nb'.");
    }
}
