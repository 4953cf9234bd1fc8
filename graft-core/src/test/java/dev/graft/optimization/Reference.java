package dev.graft.optimization;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Numbers that PyTorch and scikit-learn made, by the scripts beside them. */
final class Reference {
    private Reference() {}

    static Stream<JsonNode> cases(String name) {
        return cases("optimization", name);
    }

    static Stream<JsonNode> cases(String file, String name) {
        try (InputStream in = Reference.class.getResourceAsStream("/reference/" + file + ".json")) {
            JsonNode all = JsonMapper.shared().readTree(Objects.requireNonNull(in));
            return StreamSupport.stream(all.get(name).spliterator(), false);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static double[] doubles(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    static float[] floats(JsonNode array) {
        double[] values = doubles(array);
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    static int[] integers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
    }
}
