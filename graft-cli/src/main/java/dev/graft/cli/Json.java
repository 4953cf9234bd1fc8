package dev.graft.cli;

import tools.jackson.databind.json.JsonMapper;

/** Values as JSON. Apart from {@link Console}, so that nothing of Jackson is loaded where no JSON is asked for. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    /** One line of JSON without the line's end. */
    static String line(Object value) {
        return MAPPER.writeValueAsString(value);
    }
}
