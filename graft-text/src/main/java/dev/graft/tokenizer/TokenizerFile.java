package dev.graft.tokenizer;

import dev.graft.error.WeightsFileException;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A {@code tokenizer.json} that was read and checked here before the native library sees it: that library ends the process at
 * much that is malformed, and believes what a file says of numbers that it will meet later.
 *
 * @param tree the file's content, with the vocabulary's kind filled in
 * @param ids the number of every token, the added ones among them
 * @param highestId the highest of these
 * @param firstSpecial the number of the first special token, if there is one
 */
record TokenizerFile(ObjectNode tree, Map<String, Integer> ids, int highestId, OptionalInt firstSpecial) {
    private static final Logger LOG = LoggerFactory.getLogger(TokenizerFile.class);

    /** Far above the largest vocabularies in use, far below what would fill the memory. */
    static final int LARGEST_BYTES = 64 << 20;

    private static final int MOST_VALUES = 8_000_000;
    private static final int DEEPEST = 32;
    private static final int LONGEST_TEXT = 8 << 20;
    private static final JsonMapper JSON = mapper();
    private static final Set<String> ENTRIES = Set.of(
            "version",
            "truncation",
            "padding",
            "added_tokens",
            "normalizer",
            "pre_tokenizer",
            "post_processor",
            "decoder",
            "model");

    private static JsonMapper mapper() {
        StreamReadConstraints limits = StreamReadConstraints.builder()
                .maxNestingDepth(DEEPEST)
                .maxNameLength(Vocabulary.LONGEST_TOKEN * 6)
                .maxStringLength(LONGEST_TEXT)
                .maxDocumentLength(LARGEST_BYTES)
                .maxTokenCount(MOST_VALUES)
                .build();
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(limits)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /**
     * Reads and checks it; the native library has no part in this.
     *
     * @param name what to call the file in messages
     * @throws WeightsFileException if it is none that can be used
     */
    static TokenizerFile parse(byte[] json, String name) {
        if (json.length > LARGEST_BYTES) {
            throw JsonPart.refusal(name, "at most " + (LARGEST_BYTES >> 20) + " MiB", (json.length >> 20) + " MiB");
        }
        JsonNode tree;
        try {
            tree = JSON.readTree(json);
        } catch (JacksonException e) {
            throw JsonPart.refusal(
                    name,
                    "a tokeniser as the Hugging Face library saves it, in JSON",
                    JsonPart.shown(e.getOriginalMessage()) + " at line "
                            + (e.getLocation() == null ? 0 : e.getLocation().getLineNr()));
        }
        return check(new JsonPart(name, "", tree));
    }

    private static TokenizerFile check(JsonPart whole) {
        ObjectNode tree = (ObjectNode) whole.object().node();
        if (!tree.has("version") || !tree.has("model")) {
            throw whole.wrong("a tokeniser as the Hugging Face library saves it, with its version and its model");
        }
        whole.at("version").oneOf(Set.of("1.0"));
        Vocabulary vocabulary = Vocabulary.read(whole.at("model"));
        AddedTokens added = AddedTokens.read(
                whole.at("added_tokens"), vocabulary, !whole.at("normalizer").absent());
        TextSteps.require(whole.at("normalizer"), whole.at("pre_tokenizer"));
        Marks.require(whole.at("post_processor"), added.ids());
        TextSteps.requireDecoder(whole.at("decoder"));
        Lengths.require(whole.at("truncation"), whole.at("padding"), added.ids());
        Set<String> unknown = new TreeSet<>(tree.propertyNames());
        unknown.removeAll(ENTRIES);
        if (!unknown.isEmpty()) {
            LOG.warn("{}: entries that Graft does not know are left out: {}", whole.file(), unknown);
        }
        ((ObjectNode) tree.get("model")).put("type", vocabulary.kind());
        int highest =
                added.ids().values().stream().mapToInt(Integer::intValue).max().orElseThrow();
        return new TokenizerFile(tree, added.ids(), highest, added.firstSpecial());
    }

    /** What the native library is given: what was checked alone, without what Graft does itself or has no use for. */
    String checkedJson() {
        ObjectNode checked = JSON.createObjectNode();
        checked.put("version", "1.0");
        checked.putNull("truncation");
        checked.putNull("padding");
        if (tree.has("added_tokens")) {
            checked.set("added_tokens", tree.get("added_tokens"));
        }
        for (String entry : new String[] {"normalizer", "pre_tokenizer", "post_processor"}) {
            if (tree.hasNonNull(entry)) {
                checked.set(entry, tree.get(entry));
            } else {
                checked.putNull(entry);
            }
        }
        checked.putNull("decoder");
        checked.set("model", tree.get("model"));
        return JSON.writeValueAsString(checked);
    }
}
