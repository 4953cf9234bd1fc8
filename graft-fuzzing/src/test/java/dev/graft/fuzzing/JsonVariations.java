package dev.graft.fuzzing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ContainerNode;
import tools.jackson.databind.node.ObjectNode;

/** A JSON text with one value changed: each value in it in turn left out, and replaced by each of a list of others. */
final class JsonVariations {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<JsonNode> VALUES = Arrays.asList(
            JSON.readTree("null"),
            JSON.readTree("[]"),
            JSON.readTree("{}"),
            JSON.readTree("[null]"),
            JSON.readTree("{\"a\": null}"),
            JSON.readTree("\"\""),
            JSON.readTree("\"../a\""),
            JSON.readTree("true"),
            JSON.readTree("0"),
            JSON.readTree("-1"),
            JSON.readTree("0.5"),
            JSON.readTree("2147483648"),
            JSON.readTree("1e300"));
    /** Of a list or an object as long as a vocabulary, only the first ones are changed. */
    private static final int MOST_CHILDREN = 40;

    private final JsonNode root;
    private final List<byte[]> found = new ArrayList<>();

    private JsonVariations(JsonNode root) {
        this.root = root;
    }

    /** The variations of a text; none if it is no JSON. */
    static List<byte[]> of(byte[] text) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JacksonException e) {
            return List.of();
        }
        JsonVariations variations = new JsonVariations(root);
        if (root instanceof ContainerNode<?> container) {
            variations.changeIn(container);
        }
        return variations.found;
    }

    private void changeIn(ContainerNode<?> container) {
        if (container instanceof ObjectNode object) {
            List<String> names =
                    object.propertyNames().stream().limit(MOST_CHILDREN).toList();
            for (String name : names) {
                JsonNode before = object.get(name);
                VALUES.forEach(value -> keep(() -> object.set(name, value)));
                keep(() -> object.remove(name));
                object.set(name, before);
                descend(before);
            }
        } else if (container instanceof ArrayNode array) {
            for (int i = 0; i < Math.min(array.size(), MOST_CHILDREN); i++) {
                int place = i;
                JsonNode before = array.get(place);
                VALUES.forEach(value -> keep(() -> array.set(place, value)));
                keep(() -> array.remove(place));
                array.insert(place, before);
                descend(before);
            }
        }
    }

    private void descend(JsonNode child) {
        if (child instanceof ContainerNode<?> container) {
            changeIn(container);
        }
    }

    private void keep(Runnable change) {
        change.run();
        found.add(JSON.writeValueAsBytes(root));
    }
}
