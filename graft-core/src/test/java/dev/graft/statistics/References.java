package dev.graft.statistics;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the scripts beside these files computed. */
public final class References {
    private References() {}

    public static Stream<JsonNode> cases(String kind) {
        return cases("distances.json", kind);
    }

    static Stream<JsonNode> cases(String file, String kind) {
        try (InputStream stream = Objects.requireNonNull(References.class.getResourceAsStream("/statistics/" + file))) {
            return JsonMapper.builder().build().readTree(stream).get(kind).valueStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static double[] doubles(JsonNode numbers) {
        return numbers.valueStream().mapToDouble(JsonNode::asDouble).toArray();
    }

    static float[] floats(JsonNode numbers) {
        double[] all = doubles(numbers);
        float[] narrow = new float[all.length];
        for (int i = 0; i < all.length; i++) {
            narrow[i] = (float) all[i];
        }
        return narrow;
    }

    static int[] integers(JsonNode numbers) {
        return numbers.valueStream().mapToInt(JsonNode::asInt).toArray();
    }

    static List<Integer> list(JsonNode numbers) {
        return Arrays.stream(integers(numbers)).boxed().toList();
    }
}
