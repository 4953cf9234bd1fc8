package dev.graft.serve;

import dev.graft.report.MetricsJson;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is answered. The content is not copied.
 *
 * @param status the HTTP status
 * @param contentType what the content is
 * @param content the content, perhaps empty
 * @param headers further headers
 */
@SuppressWarnings("ArrayRecordComponent")
record Reply(int status, String contentType, byte[] content, Map<String, String> headers) {
    static final String JSON = "application/json";

    /** Copies the headers. */
    Reply {
        headers = Map.copyOf(headers);
    }

    /** A record, or a map, as JSON; numbers that are none become {@code null}. */
    static Reply json(Object value) {
        return json(200, value);
    }

    /** A record, or a map, as JSON with a status of its own. */
    static Reply json(int status, Object value) {
        return new Reply(status, JSON, (MetricsJson.line(value) + "\n").getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** Content of any kind. */
    static Reply of(String contentType, byte[] content) {
        return new Reply(200, contentType, content, Map.of());
    }

    /** Returns the reply with one more header. */
    Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, contentType, content, more);
    }
}
