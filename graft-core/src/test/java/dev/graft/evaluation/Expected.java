package dev.graft.evaluation;

import dev.graft.result.Interval;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The numbers in {@code expected.json}, made by {@code make_expected.py} with SciPy, statsmodels and scikit-learn. */
final class Expected {
    private Expected() {}

    static JsonNode value(String name) {
        return value("expected.json", name);
    }

    static JsonNode value(String file, String name) {
        try (InputStream in = Expected.class.getResourceAsStream("/evaluation/" + file)) {
            return Objects.requireNonNull(
                    JsonMapper.shared().readTree(Objects.requireNonNull(in)).get(name), name);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Stream<JsonNode> cases(String name) {
        return StreamSupport.stream(value(name).spliterator(), false);
    }

    static double[] doubles(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(value -> value.isNull() ? Double.NaN : value.asDouble())
                .toArray();
    }

    static int[] integers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
    }

    static Interval interval(JsonNode node) {
        double[] ends = doubles(node.get("interval"));
        return new Interval(ends[0], ends[1]);
    }
}
