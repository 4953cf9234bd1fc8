package dev.graft.tokenizer;

import dev.graft.error.Problem;
import dev.graft.error.WeightsFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tokeniser that a {@code vocab.txt} stands for: BERT's word pieces (Devlin et al. 2019), one a line, numbered from 0. Immutable
 * and safe for use by several threads.
 */
public final class WordPieceVocabulary {
    private static final int LONGEST_WORD = 100;
    private static final Map<String, String> MARKS = Map.of(
            "unk_token", "[UNK]",
            "sep_token", "[SEP]",
            "pad_token", "[PAD]",
            "cls_token", "[CLS]",
            "mask_token", "[MASK]");

    private final String name;
    private final List<String> lines;
    private final boolean lowerCase;
    private final boolean chineseCharacters;
    private final @Nullable Boolean stripAccents;
    private final Map<String, String> marks;

    private WordPieceVocabulary(
            String name,
            List<String> lines,
            boolean lowerCase,
            boolean chineseCharacters,
            @Nullable Boolean stripAccents,
            Map<String, String> marks) {
        this.name = name;
        this.lines = List.copyOf(lines);
        this.lowerCase = lowerCase;
        this.chineseCharacters = chineseCharacters;
        this.stripAccents = stripAccents;
        this.marks = Map.copyOf(marks);
    }

    /**
     * The vocabulary in lower case, with the usual marks.
     *
     * @param name what to call the file in messages
     * @param lines one token each
     */
    public WordPieceVocabulary(String name, List<String> lines) {
        this(name, lines, true, true, null, MARKS);
    }

    /** Whether texts are brought into lower case first, and by default lose their accents. */
    public WordPieceVocabulary withLowerCase(boolean value) {
        return new WordPieceVocabulary(name, lines, value, chineseCharacters, stripAccents, marks);
    }

    /** Whether each Chinese character is a word of its own. */
    public WordPieceVocabulary withChineseCharacters(boolean value) {
        return new WordPieceVocabulary(name, lines, lowerCase, value, stripAccents, marks);
    }

    /** Whether letters lose their accents, whatever the case. */
    public WordPieceVocabulary withStrippedAccents(boolean value) {
        return new WordPieceVocabulary(name, lines, lowerCase, chineseCharacters, value, marks);
    }

    /**
     * Another token in the place of a mark.
     *
     * @param mark {@code unk_token}, {@code sep_token}, {@code pad_token}, {@code cls_token} or {@code mask_token}
     */
    public WordPieceVocabulary withMark(String mark, String token) {
        Map<String, String> other = new LinkedHashMap<>(marks);
        other.put(mark, token);
        return new WordPieceVocabulary(name, lines, lowerCase, chineseCharacters, stripAccents, other);
    }

    /**
     * The content of the {@code tokenizer.json} that says the same.
     *
     * @throws WeightsFileException if a mark around a text is not in the vocabulary
     */
    public byte[] json() {
        JsonMapper mapper = JsonMapper.shared();
        Map<String, Integer> ids = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            // Of a token that is there twice the last counts, as everywhere.
            ids.put(lines.get(i), i);
        }
        ObjectNode tree = mapper.createObjectNode();
        tree.put("version", "1.0").putNull("truncation").putNull("padding");
        tree.set("added_tokens", added(mapper, ids));
        ObjectNode normalizer = tree.putObject("normalizer");
        normalizer.put("type", "BertNormalizer").put("clean_text", true).put("handle_chinese_chars", chineseCharacters);
        normalizer.put("strip_accents", stripAccents).put("lowercase", lowerCase);
        tree.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
        tree.set("post_processor", template(mapper, ids));
        tree.putObject("decoder").put("type", "WordPiece").put("prefix", "##").put("cleanup", true);
        ObjectNode model = tree.putObject("model");
        model.put("type", "WordPiece").put("unk_token", mark("unk_token"));
        model.put("continuing_subword_prefix", "##").put("max_input_chars_per_word", LONGEST_WORD);
        ObjectNode vocab = model.putObject("vocab");
        ids.forEach(vocab::put);
        return mapper.writeValueAsBytes(tree);
    }

    private ArrayNode added(JsonMapper mapper, Map<String, Integer> ids) {
        ArrayNode added = mapper.createArrayNode();
        Map<Integer, String> present = new TreeMap<>();
        marks.values().forEach(token -> {
            Integer id = ids.get(token);
            if (id != null) {
                present.put(id, token);
            }
        });
        present.forEach((id, token) -> added.addObject()
                .put("id", id)
                .put("content", token)
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", false)
                .put("special", true));
        return added;
    }

    private ObjectNode template(JsonMapper mapper, Map<String, Integer> ids) {
        ObjectNode template = mapper.createObjectNode().put("type", "TemplateProcessing");
        ArrayNode single = template.putArray("single");
        piece(single, "SpecialToken", mark("cls_token"), 0);
        piece(single, "Sequence", "A", 0);
        piece(single, "SpecialToken", mark("sep_token"), 0);
        ArrayNode pair = template.putArray("pair");
        pair.addAll(single.deepCopy());
        piece(pair, "Sequence", "B", 1);
        piece(pair, "SpecialToken", mark("sep_token"), 1);
        ObjectNode special = template.putObject("special_tokens");
        for (String mark : List.of("cls_token", "sep_token")) {
            String token = mark(mark);
            Integer id = ids.get(token);
            if (id == null) {
                throw new WeightsFileException(Problem.of("A vocabulary lacks a mark that every text has around it.")
                        .where(name)
                        .expected("a line " + token)
                        .found(lines.size() + " lines, none of them that")
                        .fix("use the vocab.txt that the model was trained with"));
            }
            ObjectNode one = special.putObject(token).put("id", token);
            one.putArray("ids").add(id.intValue());
            one.putArray("tokens").add(token);
        }
        return template;
    }

    private static void piece(ArrayNode template, String kind, String id, int type) {
        template.addObject().putObject(kind).put("id", id).put("type_id", type);
    }

    private String mark(String mark) {
        return marks.getOrDefault(mark, "");
    }
}
