package dev.graft.tokenizer;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the settings beside a {@code tokenizer.json} change of it. */
final class TextCase {
    private static final Map<String, String> NORMALIZER = Map.of(
            "do_lower_case",
            "lowercase",
            "strip_accents",
            "strip_accents",
            "tokenize_chinese_chars",
            "handle_chinese_chars");

    private TextCase() {}

    /**
     * Changes a file's content where it says something else; true if it did.
     *
     * @param flags settings under the names of {@code tokenizer_config.json}
     * @param lowered whether all of a text is brought into lower case before anything else
     */
    static boolean apply(ObjectNode tree, Map<String, Boolean> flags, boolean lowered) {
        JsonNode normalizer = tree.path("normalizer");
        boolean changed = false;
        if (normalizer.path("type").asString("").equals("BertNormalizer")) {
            for (Map.Entry<String, String> each : NORMALIZER.entrySet()) {
                changed |= set(normalizer, each.getValue(), flags.get(each.getKey()));
            }
        }
        if (tree.path("pre_tokenizer").path("type").asString("").equals("ByteLevel")) {
            changed |= set(tree.path("pre_tokenizer"), "add_prefix_space", flags.get("add_prefix_space"));
        }
        if (lowered && !lowers(normalizer)) {
            ObjectNode steps = JsonMapper.shared().createObjectNode().put("type", "Sequence");
            steps.putArray("normalizers").addObject().put("type", "Lowercase");
            if (normalizer.isObject()) {
                steps.withArray("normalizers").add(normalizer);
            }
            tree.set("normalizer", steps);
            changed = true;
        }
        return changed;
    }

    private static boolean set(JsonNode part, String key, @Nullable Boolean value) {
        if (value == null || part.path(key).equals(JsonMapper.shared().valueToTree(value))) {
            return false;
        }
        ((ObjectNode) part).put(key, value);
        return true;
    }

    private static boolean lowers(JsonNode normalizer) {
        for (JsonNode step : normalizer.path("normalizers")) {
            if (lowers(step)) {
                return true;
            }
        }
        return normalizer.path("type").asString("").equals("Lowercase")
                || normalizer.path("lowercase").asBoolean(false);
    }
}
