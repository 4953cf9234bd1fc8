package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what a command printed or wrote as JSON. */
final class JsonText {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonText() {}

    /** The one value that the text holds. */
    static JsonNode of(String text) {
        return STRICT.readTree(text);
    }

    /** The one value of standard output, which must be one line. */
    static JsonNode line(CommandRun run) {
        assertThat(run.out()).endsWith("\n");
        assertThat(run.out().lines()).hasSize(1);
        return of(run.out());
    }

    /** Asserts that an object has all the given keys. */
    static void hasKeys(JsonNode object, String... keys) {
        assertThat(List.copyOf(object.propertyNames())).contains(keys);
    }
}
