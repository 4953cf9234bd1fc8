package dev.graft.cli;

import dev.graft.report.MetricsJson;

/** Values as JSON. Apart from {@link Console}, so that nothing of Jackson is loaded where no JSON is asked for. */
final class Json {
    private Json() {}

    /** One line of JSON without the line's end. */
    static String line(Object value) {
        return MetricsJson.line(value);
    }
}
