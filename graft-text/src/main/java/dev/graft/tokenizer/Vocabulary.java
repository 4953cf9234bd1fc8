package dev.graft.tokenizer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The {@code model} of a {@code tokenizer.json}: which tokens there are, their numbers, and how a word is taken apart.
 *
 * @param kind BPE, WordPiece, WordLevel or Unigram
 * @param ids the number of each token
 */
record Vocabulary(String kind, Map<String, Integer> ids) {
    /** Far above the largest vocabularies in use. */
    static final int LARGEST_ID = (1 << 24) - 1;

    static final int LONGEST_TOKEN = 1024;

    /** The native library keeps these tokens as a tree that it frees level by level on the stack. */
    private static final int LONGEST_SCORED_TOKEN = 512;

    private static final int MOST_TOKENS = 1 << 21;
    private static final int MOST_MERGES = 1 << 22;
    private static final int LONGEST_AFFIX = 64;
    /** A longer word is compared with the vocabulary as often as it has characters, squared. */
    private static final int LONGEST_WORD = 10_000;

    private static final double LARGEST_SCORE = 1e6;

    /** Reads and checks it. */
    static Vocabulary read(JsonPart model) {
        String kind = kind(model.object());
        Map<String, Integer> ids =
                kind.equals("Unigram") ? scored(model.at("vocab")) : numbered(model.at("vocab"), kind);
        switch (kind) {
            case "BPE" -> pairs(model, ids);
            case "WordPiece" -> {
                model.at("continuing_subword_prefix").text(LONGEST_AFFIX);
                model.at("max_input_chars_per_word").whole(1, LONGEST_WORD);
                unknown(model.at("unk_token"), ids);
            }
            case "WordLevel" -> unknown(model.at("unk_token"), ids);
            default -> {
                model.at("byte_fallback").optionalFlag();
                model.at("unk_id").whole(0, ids.size() - 1);
            }
        }
        return new Vocabulary(kind, ids);
    }

    /** Old files do not say it: the entries that only one kind has do. */
    private static String kind(JsonPart model) {
        if (model.at("type").node().isMissingNode()) {
            if (model.node().has("merges")) {
                return "BPE";
            } else if (model.node().path("vocab").isArray()) {
                return "Unigram";
            }
            return model.node().has("continuing_subword_prefix") ? "WordPiece" : "WordLevel";
        }
        String type = model.at("type").text(LONGEST_AFFIX);
        if (!List.of("BPE", "WordPiece", "WordLevel", "Unigram").contains(type)) {
            throw model.at("type").wrong("BPE, WordPiece, WordLevel or Unigram");
        }
        return type;
    }

    private static Map<String, Integer> numbered(JsonPart vocab, String kind) {
        requireCount(vocab.object(), kind);
        Map<String, Integer> ids = new HashMap<>(2 * vocab.node().size());
        Map<Integer, String> tokens = new HashMap<>(2 * vocab.node().size());
        for (Map.Entry<String, JsonNode> entry : vocab.node().properties()) {
            String token = entry.getKey();
            JsonNode value = entry.getValue();
            vocab.requireText(token, LONGEST_TOKEN);
            if (!value.isIntegralNumber()
                    || !value.canConvertToInt()
                    || value.asInt() < 0
                    || value.asInt() > LARGEST_ID) {
                throw vocab.wrong(
                        "numbers from 0 to " + LARGEST_ID,
                        JsonPart.shown(value.toString()) + " of '" + JsonPart.shown(token) + "'");
            }
            String other = tokens.putIfAbsent(value.asInt(), token);
            if (other != null) {
                throw vocab.wrong(
                        "a number of its own for each token",
                        value.asInt() + " of '" + JsonPart.shown(other) + "' and '" + JsonPart.shown(token) + "'");
            }
            ids.put(token, value.asInt());
        }
        return ids;
    }

    private static Map<String, Integer> scored(JsonPart vocab) {
        if (!vocab.node().isArray()) {
            throw vocab.wrong("a list of tokens and their scores");
        }
        requireCount(vocab, "Unigram");
        Map<String, Integer> ids = new HashMap<>(2 * vocab.node().size());
        for (JsonNode entry : vocab.node()) {
            JsonNode score = entry.path(1);
            boolean pair = entry.isArray() && entry.size() == 2 && entry.get(0).isString() && score.isNumber();
            if (!pair || !(Math.abs(score.asDouble()) <= LARGEST_SCORE)) {
                throw vocab.wrong("pairs of a token and its score", JsonPart.shown(entry.toString()));
            }
            String token = entry.get(0).asString();
            vocab.requireText(token, LONGEST_SCORED_TOKEN);
            if (ids.putIfAbsent(token, ids.size()) != null) {
                throw vocab.wrong("each token once", "'" + JsonPart.shown(token) + "' twice");
            }
        }
        return ids;
    }

    private static void requireCount(JsonPart vocab, String kind) {
        if (vocab.node().isEmpty() || vocab.node().size() > MOST_TOKENS) {
            throw vocab.wrong(
                    "1 to " + MOST_TOKENS + " tokens for " + kind, vocab.node().size());
        }
    }

    private static void unknown(JsonPart token, Map<String, Integer> ids) {
        if (!ids.containsKey(token.text(LONGEST_TOKEN))) {
            throw token.wrong("a token of the vocabulary");
        }
    }

    private static void pairs(JsonPart model, Map<String, Integer> ids) {
        if (!model.at("unk_token").absent()) {
            unknown(model.at("unk_token"), ids);
        }
        JsonPart dropout = model.at("dropout");
        if (!dropout.absent() && !(dropout.node().isNumber() && dropout.node().asDouble() == 0)) {
            throw dropout.wrong("null or 0: else the same text has other tokens each time");
        }
        for (String flag : List.of("fuse_unk", "byte_fallback", "ignore_merges")) {
            model.at(flag).optionalFlag();
        }
        JsonPart suffix = model.at("end_of_word_suffix");
        if (!suffix.absent()) {
            suffix.text(LONGEST_AFFIX);
        }
        JsonPart before = model.at("continuing_subword_prefix");
        String prefix = before.absent() ? "" : before.text(LONGEST_AFFIX);
        JsonPart merges = model.at("merges");
        if (!merges.node().isArray() || merges.node().size() > MOST_MERGES) {
            throw merges.wrong("a list of at most " + MOST_MERGES + " pairs");
        }
        boolean texts = merges.node().path(0).isString();
        for (int i = 0; i < merges.node().size(); i++) {
            JsonNode merge = merges.node().get(i);
            if (!isMerge(merge, texts, prefix, ids)) {
                throw new JsonPart(model.file(), "model.merges[" + i + "]", merge)
                        .wrong(
                                "two tokens of the vocabulary, written as the first pair is, and what they make there too");
            }
        }
    }

    private static boolean isMerge(JsonNode merge, boolean text, String prefix, Map<String, Integer> ids) {
        if (text && merge.isString() && merge.asString().startsWith("#version")) {
            return true;
        }
        String[] pair = parts(merge, text);
        return pair.length == 2
                && ids.containsKey(pair[0])
                && ids.containsKey(pair[1])
                && pair[1].startsWith(prefix)
                && ids.containsKey(pair[0] + pair[1].substring(prefix.length()));
    }

    private static String[] parts(JsonNode merge, boolean text) {
        if (text) {
            String[] pair = merge.isString() ? merge.asString().split(" ", -1) : new String[0];
            return pair;
        }
        boolean two = merge.isArray()
                && merge.size() == 2
                && merge.get(0).isString()
                && merge.get(1).isString();
        return two ? new String[] {merge.get(0).asString(), merge.get(1).asString()} : new String[0];
    }
}
