package dev.graft.tokenizer;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Files that are almost right: entries taken away, exchanged and replaced, and bytes changed. The seed decides all. */
final class TokenizerMutations {
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1",
            "4",
            "11",
            "4294967295",
            "1e300",
            "1.5",
            "\"\"",
            "\"a\"",
            "\"[CLS]\"",
            "\"##\"",
            "\" \"",
            "[]",
            "{}",
            "\"\\u0000\"",
            "\"\\ud83c\\udf89\"",
            "\"\u00ad\"",
            "\"▁\"",
            "[\"a\", 4]",
            "{\"String\": \"\"}",
            "{\"Regex\": \"\"}",
            "{\"Regex\": \"a*\"}",
            "{\"Regex\": \"(?=a)\"}",
            "{\"Regex\": \"[a-\"}",
            "{\"Regex\": \"a|b\"}",
            "{\"type\": \"ByteLevel\"}",
            "{\"type\": \"Lowercase\"}",
            "{\"type\": \"Precompiled\", \"precompiled_charsmap\": \"AAAA\"}",
            "{\"type\": \"Strip\", \"strip_left\": true, \"strip_right\": true}",
            "{\"type\": \"FixedLength\", \"length\": 0}",
            "\"Removed\"",
            "\"MergedWithNext\"",
            "\"BPE\"",
            "\"Unigram\"",
            "\"first\"");

    private final Random random;

    TokenizerMutations(long seed) {
        random = new Random(seed);
    }

    byte[] next() {
        String base = TokenizerJson.ALL.get(random.nextInt(TokenizerJson.ALL.size()));
        if (random.nextInt(4) == 0) {
            return bytes(TokenizerJson.bytes(base));
        }
        JsonNode tree = TokenizerJson.JSON.readTree(base);
        for (int i = random.nextInt(3); i >= 0; i--) {
            change(tree);
        }
        return TokenizerJson.JSON.writeValueAsBytes(tree);
    }

    private byte[] bytes(byte[] bytes) {
        byte[] changed = random.nextInt(3) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes.clone();
        for (int i = random.nextInt(4); i > 0 && changed.length > 0; i--) {
            changed[random.nextInt(changed.length)] =
                    (byte) (random.nextBoolean() ? 32 + random.nextInt(95) : random.nextInt(256));
        }
        return changed;
    }

    private void change(JsonNode tree) {
        List<JsonNode> containers = TokenizerJson.containers(tree).stream()
                .filter(each -> !each.isEmpty())
                .toList();
        if (containers.isEmpty()) {
            return;
        }
        JsonNode container = containers.get(random.nextInt(containers.size()));
        JsonNode value = value(containers);
        if (container instanceof ObjectNode object) {
            List<String> names = List.copyOf(object.propertyNames());
            String name = names.get(random.nextInt(names.size()));
            switch (random.nextInt(4)) {
                case 0 -> object.remove(name);
                case 1 -> {
                    JsonNode moved = object.remove(name);
                    object.set(name + (random.nextBoolean() ? "s" : ""), moved);
                }
                default -> object.set(name, value);
            }
        } else {
            ArrayNode list = (ArrayNode) container;
            switch (random.nextInt(3)) {
                case 0 -> list.remove(random.nextInt(list.size()));
                case 1 -> list.add(list.get(random.nextInt(list.size())).deepCopy());
                default -> list.set(random.nextInt(list.size()), value);
            }
        }
    }

    private JsonNode value(List<JsonNode> containers) {
        if (random.nextInt(3) == 0) {
            return containers.get(random.nextInt(containers.size())).deepCopy();
        }
        return TokenizerJson.JSON.readTree(VALUES.get(random.nextInt(VALUES.size())));
    }
}
