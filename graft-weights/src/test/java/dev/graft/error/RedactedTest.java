package dev.graft.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactedTest {
    @ParameterizedTest
    @CsvSource({
        "https://user:secret@hub.example/a, https://…@hub.example/a",
        "https://user:s@cr@et@hub.example/a, https://…@hub.example/a",
        "HTTPS://secret@hub.example, HTTPS://…@hub.example",
        "cannot get https://u:secret@h/x: refused, cannot get https://…@h/x: refused",
        "https://h/x?X-Amz-Signature=secret&a=b, https://h/x?…",
        "https://h/x?token=secret#part, https://h/x?…#part",
        "http://a:secret@h/1 and http://b:secret@h/2, http://…@h/1 and http://…@h/2"
    })
    void secretsInAddressesAreLeftOut(String text, String shown) {
        assertThat(Redacted.text(text)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "rose@home", "https://hub.example/a@main/b", "C:\\a?b", "what://", "a b @ c"})
    void otherTextStaysAsItIs(String text) {
        assertThat(Redacted.text(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user:secret@hub.example",
                "https:/user:secret@hub",
                "https://user:sec/secret@hub",
                "ftp://u:secret@h"
            })
    void whatIsNoAddressShowsNothingBeforeAnAtSign(String text) {
        assertThat(Redacted.address(text)).doesNotContain("secret").contains("…@h");
    }

    @Test
    void everyProblemIsRedacted() {
        Problem problem = Problem.of("Cannot read http://u:secret@h/a.")
                .where(URI.create("https://u:secret@h/a?sig=secret"))
                .with("download", "tried\nhttps://u:secret@h/b");

        assertThat(problem.toString()).doesNotContain("secret").contains("https://…@h/a?…", "https://…@h/b");
    }
}
