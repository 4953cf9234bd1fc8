package dev.graft.text;

import dev.graft.error.Problem;
import dev.graft.error.StorageException;
import dev.graft.error.WeightsFileException;
import dev.graft.tokenizer.Tokenizer;
import dev.graft.tokenizer.WordPieceVocabulary;
import dev.graft.weights.InputFiles;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The tokeniser of a published model: {@code tokenizer.json} with what {@code tokenizer_config.json} and
 * {@code sentence_bert_config.json} change of it, or, as old models are, {@code vocab.txt} alone.
 */
final class PublishedTokenizer {
    private static final Logger LOG = LoggerFactory.getLogger(PublishedTokenizer.class);
    private static final String TOKENIZER = "tokenizer.json";
    private static final String VOCABULARY = "vocab.txt";
    private static final long LARGEST_VOCABULARY = 64 << 20;

    private final Path directory;
    private final SideFile config;

    private PublishedTokenizer(Path directory) {
        this.directory = directory;
        this.config = SideFile.read(directory.resolve("tokenizer_config.json"));
    }

    /**
     * Reads it.
     *
     * @param family of the network that it belongs to
     * @throws WeightsFileException if it cannot be used
     * @throws StorageException if there is none, or it cannot be read
     */
    static Tokenizer read(Path directory, TransformerConfig.Family family, int maxTokens) {
        PublishedTokenizer published = new PublishedTokenizer(directory);
        Path file = directory.resolve(TOKENIZER);
        published.sayWhatIsCut();
        if (Files.exists(file)) {
            return published.changed(Tokenizer.read(file, maxTokens), file);
        }
        Path vocabulary = directory.resolve(VOCABULARY);
        boolean wordPieces = family == TransformerConfig.Family.BERT || family == TransformerConfig.Family.DISTILBERT;
        if (wordPieces && Files.exists(vocabulary)) {
            return published.ofVocabulary(vocabulary, maxTokens);
        }
        throw new StorageException(Problem.of("A model's tokeniser is not there.")
                .where(directory)
                .expected(wordPieces ? TOKENIZER + ", or " + VOCABULARY : TOKENIZER)
                .found(published.present())
                .fix(published.convert()));
    }

    private String convert() {
        return """
                write it where the model comes from, in Python:
                from transformers import AutoTokenizer
                AutoTokenizer.from_pretrained('%s').save_pretrained('converted')""".formatted(directory);
    }

    private void sayWhatIsCut() {
        if (config.json().path("truncation_side").asString("right").equals("left")) {
            LOG.warn("{}: truncation_side is left, but the end of a long text is left out here", config.file());
        }
    }

    private String present() {
        List<String> found = new ArrayList<>();
        for (String name : List.of("vocab.json", "merges.txt", "spiece.model", "sentencepiece.bpe.model", VOCABULARY)) {
            if (Files.exists(directory.resolve(name))) {
                found.add(name);
            }
        }
        return found.isEmpty() ? "no file of a tokeniser" : String.join(", ", found) + ", of an older kind";
    }

    /** The libraries that wrote these files let the settings beside it have the last word. */
    private Tokenizer changed(Tokenizer read, Path file) {
        SideFile sentence = SideFile.read(directory.resolve("sentence_bert_config.json"));
        Map<String, Boolean> wanted = new TreeMap<>();
        for (String key : List.of("do_lower_case", "strip_accents", "tokenize_chinese_chars", "add_prefix_space")) {
            if (config.says(key)) {
                wanted.put(key, config.flag(key, false));
            }
        }
        boolean lowered = sentence.flag("do_lower_case", false);
        Tokenizer changed = read.withSettings(wanted, lowered);
        if (changed != read) {
            LOG.warn(
                    "{}: changed as the settings beside it say: {}{}",
                    file,
                    wanted,
                    lowered ? ", and all in lower case" : "");
        }
        return changed;
    }

    private Tokenizer ofVocabulary(Path file, int maxTokens) {
        requireWordPiece();
        WordPieceVocabulary vocabulary = new WordPieceVocabulary(file.toString(), lines(file))
                .withLowerCase(config.flag("do_lower_case", true))
                .withChineseCharacters(config.flag("tokenize_chinese_chars", true));
        if (config.says("strip_accents")) {
            vocabulary = vocabulary.withStrippedAccents(config.flag("strip_accents", false));
        }
        SideFile special = SideFile.read(directory.resolve("special_tokens_map.json"));
        for (String mark : List.of("unk_token", "sep_token", "pad_token", "cls_token", "mask_token")) {
            String token = token(config.json().path(mark), token(special.json().path(mark), ""));
            if (!token.isEmpty()) {
                vocabulary = vocabulary.withMark(mark, token);
            }
        }
        LOG.warn(
                "{}: no {}; made of {}, {}",
                directory,
                TOKENIZER,
                VOCABULARY,
                config.flag("do_lower_case", true) ? "in lower case" : "with upper and lower case");
        return Tokenizer.of(vocabulary.json(), file.toString(), maxTokens);
    }

    private void requireWordPiece() {
        String kind = config.json().path("tokenizer_class").asString("BertTokenizer");
        if (!kind.matches("(Distil)?BertTokenizer(Fast)?|PreTrainedTokenizerFast|TokenizersBackend")) {
            throw config.malformed("a BertTokenizer, since " + VOCABULARY + " alone is here and no " + TOKENIZER, kind);
        }
        if (!config.flag("do_basic_tokenize", true)
                || !config.json().path("never_split").isEmpty()) {
            throw config.malformed(
                    "neither do_basic_tokenize false nor never_split, since no " + TOKENIZER + " is here",
                    "one of them");
        }
        Path added = directory.resolve("added_tokens.json");
        if (Files.exists(added)) {
            throw new WeightsFileException(Problem.of("A model's tokeniser is more than its vocabulary.")
                    .where(added)
                    .expected(TOKENIZER + ", which has these tokens too")
                    .found(VOCABULARY + " and added_tokens.json")
                    .fix(convert()));
        }
    }

    /** A token, written as a text or as an object with its content. */
    private static String token(JsonNode value, String usual) {
        JsonNode content = value.isObject() ? value.path("content") : value;
        return content.isString() ? content.asString() : usual;
    }

    private static List<String> lines(Path file) {
        try {
            if (Files.size(file) > LARGEST_VOCABULARY) {
                throw new WeightsFileException(Problem.of("A model's vocab.txt is too large.")
                        .where(file)
                        .expected("at most " + (LARGEST_VOCABULARY >> 20) + " MiB")
                        .found((Files.size(file) >> 20) + " MiB"));
            }
            return InputFiles.readString(file).lines().toList();
        } catch (CharacterCodingException e) {
            throw new WeightsFileException(
                    Problem.of("A model's vocab.txt is not in UTF-8.")
                            .where(file)
                            .found(e),
                    e);
        } catch (IOException e) {
            throw new StorageException(
                    Problem.of("A model's vocab.txt cannot be read.")
                            .where(file)
                            .found(e),
                    e);
        }
    }
}
