package dev.graft.tokenizer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Small tokenisers of every kind, to be changed by tests. */
final class TokenizerJson {
    static final JsonMapper JSON = JsonMapper.builder().build();

    static final String WORD_PIECE = """
            {"version": "1.0", "truncation": {"max_length": 12, "strategy": "LongestFirst", "stride": 0, "direction": "Right"},
             "padding": {"strategy": {"Fixed": 12}, "direction": "Right", "pad_to_multiple_of": null, "pad_id": 0,
                         "pad_type_id": 0, "pad_token": "[PAD]"},
             "added_tokens": [
               {"id": 0, "content": "[PAD]", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true},
               {"id": 11, "content": "Brand", "single_word": true, "lstrip": true, "rstrip": true, "normalized": true, "special": false}],
             "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null, "lowercase": true},
             "pre_tokenizer": {"type": "BertPreTokenizer"},
             "post_processor": {"type": "TemplateProcessing",
               "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                          {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
               "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
               "special_tokens": {"[CLS]": {"id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]},
                                  "[SEP]": {"id": "[SEP]", "ids": [3], "tokens": ["[SEP]"]}}},
             "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true},
             "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                       "max_input_chars_per_word": 100,
                       "vocab": {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "a": 4, "##b": 5, "film": 6, "好": 7, "é": 8, "e": 9, "##e": 10}}}
            """;

    static final String PAIRS = """
            {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
             "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFC"}, {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "},
                            {"type": "Strip", "strip_left": true, "strip_right": false}]},
             "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
                {"type": "Split", "pattern": {"Regex": "'s| ?\\\\p{L}+| ?\\\\p{N}+|\\\\s+(?!\\\\S)|\\\\s+"}, "behavior": "Isolated", "invert": false},
                {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true}]},
             "post_processor": {"type": "RobertaProcessing", "sep": ["</s>", 1], "cls": ["<s>", 0], "trim_offsets": true, "add_prefix_space": false},
             "decoder": {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": true},
             "model": {"type": "BPE", "dropout": null, "unk_token": "<unk>", "continuing_subword_prefix": "", "end_of_word_suffix": "",
                       "fuse_unk": false, "byte_fallback": false, "ignore_merges": false,
                       "vocab": {"<s>": 0, "</s>": 1, "<unk>": 2, "a": 3, "b": 4, "ab": 5, "Ġ": 6, "Ġab": 7},
                       "merges": ["a b", "Ġ ab"]}}
            """;

    static final String SCORED = """
            {"version": "1.0", "truncation": null, "padding": null,
             "added_tokens": [{"id": 5, "content": "<mask>", "single_word": false, "lstrip": true, "rstrip": false, "normalized": false, "special": true}],
             "normalizer": {"type": "Sequence", "normalizers": [{"type": "Precompiled", "precompiled_charsmap": "MAP"}, {"type": "Lowercase"}]},
             "pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"},
                {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true}]},
             "post_processor": {"type": "BertProcessing", "sep": ["</s>", 1], "cls": ["<s>", 0]},
             "decoder": null,
             "model": {"type": "Unigram", "unk_id": 2, "byte_fallback": false,
                       "vocab": [["<s>", 0.0], ["</s>", 0.0], ["<unk>", 0.0], ["▁x", -1.5], ["x", -2.0]]}}
            """.replace("MAP", map(353, (353 ^ 512) << 10 | 1 << 8 | 'a', 0, "x\0"));

    static final String WORDS = """
            {"version": "1.0", "added_tokens": [], "normalizer": {"type": "Prepend", "prepend": "_"},
             "pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "Punctuation", "behavior": "Isolated"},
                {"type": "Digits", "individual_digits": true}, {"type": "CharDelimiterSplit", "delimiter": " "},
                {"type": "FixedLength", "length": 5}, {"type": "UnicodeScripts"}]},
             "post_processor": {"type": "Sequence", "processors": [{"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": false, "use_regex": true}]},
             "decoder": {"type": "Sequence", "decoders": [{"type": "Fuse"}, {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
             "model": {"type": "WordLevel", "vocab": {"[UNK]": 0, "film": 1, "_": 2}, "unk_token": "[UNK]"}}
            """;

    static final List<String> ALL = List.of(WORD_PIECE, PAIRS, SCORED, WORDS);

    private TokenizerJson() {}

    /** A character map of 768 units with one leaf: what unit holds what, and the number at the leaf's place. */
    static String map(int at, int unit, int text, String texts) {
        byte[] bytes = texts.getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * 768 + bytes.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(4 * 768).putInt(4, 256 << 10);
        buffer.putInt(4, 256 << 10).putInt(4 + 4 * at, unit).putInt(4 + 4 * 512, text);
        buffer.position(4 + 4 * 768).put(bytes);
        return Base64.getEncoder().encodeToString(buffer.array());
    }

    /** One of them with a change. */
    static byte[] changed(String json, Consumer<ObjectNode> change) {
        ObjectNode tree = (ObjectNode) JSON.readTree(json);
        change.accept(tree);
        return JSON.writeValueAsBytes(tree);
    }

    static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    /** Every object and list within. */
    static List<JsonNode> containers(JsonNode tree) {
        List<JsonNode> found = new ArrayList<>();
        if (tree.isContainer()) {
            found.add(tree);
            tree.forEach(child -> found.addAll(containers(child)));
        }
        return found;
    }
}
