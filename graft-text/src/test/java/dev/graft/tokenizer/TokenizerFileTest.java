package dev.graft.tokenizer;

import static dev.graft.tokenizer.TokenizerJson.JSON;
import static dev.graft.tokenizer.TokenizerJson.PAIRS;
import static dev.graft.tokenizer.TokenizerJson.SCORED;
import static dev.graft.tokenizer.TokenizerJson.WORDS;
import static dev.graft.tokenizer.TokenizerJson.WORD_PIECE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.error.WeightsFileException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class TokenizerFileTest {
    @Test
    void everyKindIsTakenWithTheHighestNumberThatItCanGive() {
        assertThat(parse(WORD_PIECE).highestId()).isEqualTo(11);
        assertThat(parse(PAIRS).highestId()).isEqualTo(7);
        assertThat(parse(SCORED).highestId()).isEqualTo(5);
        assertThat(parse(WORDS).highestId()).isEqualTo(2);
        assertThat(parse(WORD_PIECE).firstSpecial()).hasValue(0);
        assertThat(parse(WORDS).firstSpecial()).isEmpty();
    }

    static Stream<Path> refusedFiles() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(TokenizerFileTest.class.getResource("/tokenizer/refused"))
                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList().stream();
        }
    }

    /** Each file in the folder ended the process once. */
    @ParameterizedTest
    @MethodSource("refusedFiles")
    void filesThatEndedAProcessAreRefused(Path file) throws IOException {
        byte[] json = Files.readAllBytes(file);
        assertThatThrownBy(() -> Tokenizer.check(json, file.toString()))
                .isInstanceOf(WeightsFileException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("expected")
                .hasMessageContaining("found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "null",
                "{\"version\": \"1.0\"}",
                "<html>",
                "{\"version\": \"1.0\", \"model\": {}}"
            })
    void whatIsNoTokenizerIsRefused(String json) {
        refused(TokenizerJson.bytes(json), "");
    }

    @Test
    void aFileThatIsCutAnywhereIsRefused() {
        byte[] whole = JSON.writeValueAsBytes(JSON.readTree(PAIRS));
        for (int length = 0; length < whole.length; length += 7) {
            refused(java.util.Arrays.copyOf(whole, length), "");
        }
    }

    @Test
    void anEntryTwiceOrSomethingAfterTheEndIsRefused() {
        refused(TokenizerJson.bytes(WORDS.replace("\"film\": 1", "\"film\": 1, \"film\": 3")), "uplicate");
        refused(TokenizerJson.bytes(WORDS + "{}"), "");
        refused(TokenizerJson.bytes("[".repeat(100_000)), "");
    }

    @Test
    void unknownKindsAreNamed() {
        for (String part : new String[] {"normalizer", "pre_tokenizer", "post_processor", "decoder", "model"}) {
            refused(
                    WORD_PIECE,
                    tree -> ((ObjectNode) tree.get(part)).put("type", "Quantum"),
                    part + ".type",
                    "Quantum");
        }
        refused(WORD_PIECE, tree -> tree.put("version", "2.0"), "version", "2.0");
    }

    @Test
    void numbersOfTheVocabularyAreWholeSmallAndEachOnce() {
        for (String value : new String[] {"-1", "1.5", "4294967296", "\"6\"", "null", "5", "16777216"}) {
            refused(
                    WORD_PIECE,
                    tree -> ((ObjectNode) tree.get("model").get("vocab")).set("film", JSON.readTree(value)),
                    "model.vocab");
        }
        refused(
                WORD_PIECE,
                tree -> ((ObjectNode) tree.get("model")).set("vocab", JSON.createObjectNode()),
                "model.vocab");
    }

    @Test
    void anUnknownTokenMustBeInTheVocabulary() {
        refused(WORD_PIECE, tree -> ((ObjectNode) tree.get("model")).put("unk_token", "[unk]"), "model.unk_token");
        refused(WORDS, tree -> ((ObjectNode) tree.get("model")).remove("unk_token"), "model.unk_token");
        refused(PAIRS, tree -> ((ObjectNode) tree.get("model")).put("unk_token", "?"), "model.unk_token");
        refused(SCORED, tree -> ((ObjectNode) tree.get("model")).put("unk_id", 5), "model.unk_id");
        refused(SCORED, tree -> ((ObjectNode) tree.get("model")).putNull("unk_id"), "model.unk_id");
    }

    @Test
    void mergesAreOfTheVocabularyAndSoIsWhatTheyMake() {
        for (String merge : new String[] {"\"a c\"", "\"a\"", "\"a b c\"", "[\"a\", \"b\"]", "\"b a\"", "1"}) {
            refused(
                    PAIRS,
                    tree -> ((ArrayNode) tree.get("model").get("merges")).set(1, JSON.readTree(merge)),
                    "model.merges[1]");
        }
        // Cut in the middle of a character, the second token would end the process.
        refused(
                PAIRS,
                tree -> ((ObjectNode) tree.get("model")).put("continuing_subword_prefix", "é"),
                "model.merges[0]");
        refused(PAIRS, tree -> ((ObjectNode) tree.get("model")).put("dropout", 0.1), "model.dropout");
    }

    @Test
    void aTemplateNamesOnlyTokensThatAreThereUnderTheirNumbers() {
        refused(
                WORD_PIECE,
                tree -> ((ObjectNode)
                                tree.get("post_processor").get("single").get(0).get("SpecialToken"))
                        .put("type_id", 1),
                "post_processor.single[0].SpecialToken.type_id");
        Consumer<ObjectNode> noText =
                tree -> ((ArrayNode) tree.get("post_processor").get("single")).remove(1);
        refused(WORD_PIECE, noText, "post_processor.single");
        refused(WORD_PIECE, tree -> special(tree).remove("[SEP]"), "post_processor.single[2]");
        refused(
                WORD_PIECE,
                tree -> cls(tree).set("ids", JSON.readTree("[4]")),
                "post_processor.special_tokens.[CLS].ids[0]",
                "4");
        refused(WORD_PIECE, tree -> cls(tree).set("ids", JSON.readTree("[99999]")), "special_tokens.[CLS]");
        refused(WORD_PIECE, tree -> cls(tree).set("ids", JSON.readTree("[2, 3]")), "special_tokens.[CLS]");
        refused(WORD_PIECE, tree -> cls(tree).set("tokens", JSON.readTree("[\"[cls]\"]")), "[cls]");
        refused(
                SCORED,
                tree -> ((ObjectNode) tree.get("post_processor")).set("cls", JSON.readTree("[\"<s>\", 4]")),
                "cls");
        refused(
                WORD_PIECE,
                tree -> ((ObjectNode)
                                tree.get("post_processor").get("single").get(1).get("Sequence"))
                        .put("id", "B"),
                "post_processor.single[1]");
    }

    @Test
    void addedTokensHaveTheNumbersThatTheLibraryWillGiveThem() {
        refused(
                WORD_PIECE,
                tree -> ((ObjectNode) tree.get("added_tokens").get(1)).put("id", 40),
                "added_tokens[1].id",
                "11");
        refused(WORD_PIECE, tree -> ((ObjectNode) tree.get("added_tokens").get(0)).put("id", 3), "added_tokens[0].id");
        refused(
                WORD_PIECE,
                tree -> ((ObjectNode) tree.get("added_tokens").get(1)).put("content", ""),
                "added_tokens[1]");
        refused(
                WORD_PIECE,
                tree -> ((ObjectNode) tree.get("added_tokens").get(1)).remove("lstrip"),
                "added_tokens[1].lstrip");
    }

    /** What is looked for in a text would be nothing at all, which is found within characters too. */
    @ParameterizedTest
    @ValueSource(strings = {"\u00ad", " ", "\u0301", "\u0000\u200b", "\ufffd"})
    void addedTokensOfWhichNothingIsLeftAreRefused(String content) {
        refused(
                WORD_PIECE,
                tree -> ((ObjectNode) tree.get("added_tokens").get(1)).put("content", content),
                "added_tokens[1].content");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"String\": \"\"}",
                "{\"Regex\": \"\"}",
                "{\"Regex\": \"a*\"}",
                "{\"Regex\": \"(\"}",
                "{}",
                "\"a\"",
                "null"
            })
    void patternsThatMatchNothingAreRefused(String pattern) {
        refused(
                PAIRS,
                tree -> ((ObjectNode) tree.get("normalizer").get("normalizers").get(1))
                        .set("pattern", JSON.readTree(pattern)),
                "normalizer.normalizers[1].pattern");
        refused(
                PAIRS,
                tree -> ((ObjectNode)
                                tree.get("pre_tokenizer").get("pretokenizers").get(0))
                        .set("pattern", JSON.readTree(pattern)),
                "pre_tokenizer.pretokenizers[0].pattern");
    }

    @Test
    void stepsThatLengthenATextAgainAndAgainAreRefused() {
        String step = "{\"type\": \"Replace\", \"pattern\": {\"String\": \"a\"}, \"content\": \"aa\"},";
        String many = "{\"type\": \"Sequence\", \"normalizers\": [" + step.repeat(20) + "{\"type\": \"NFC\"}]}";
        refused(PAIRS, tree -> tree.set("normalizer", JSON.readTree(many)), "normalizers[6]", "64 times");
    }

    @Test
    void aCharacterMapThatLeadsOutOfItselfIsRefused() {
        int leaf = (353 ^ 512) << 10 | 1 << 8 | 'a';
        refusedMap(TokenizerJson.map(353, leaf, 40, "x\0"));
        refusedMap(TokenizerJson.map(353, leaf, 1, "é\0"));
        refusedMap(TokenizerJson.map(353, (353 ^ 768) << 10 | 'a', 0, "x\0"));
        refusedMap(TokenizerJson.map(0, 768 << 10, 0, "x\0"));
        refusedMap(TokenizerJson.map(353, leaf, 0, "x".repeat(100) + "\0"));
        refusedMap("AAAA");
        refusedMap("");
        refusedMap("not base64!");
    }

    @Test
    void lengthsForOtherProgramsMakeSense() {
        refused(WORD_PIECE, tree -> ((ObjectNode) tree.get("truncation")).put("stride", 12), "truncation.stride");
        refused(
                WORD_PIECE,
                tree -> ((ObjectNode) tree.get("truncation")).put("direction", "Up"),
                "truncation.direction");
        refused(WORD_PIECE, tree -> ((ObjectNode) tree.get("padding")).put("pad_id", 5), "padding.pad_id");
        refused(
                WORD_PIECE,
                tree -> ((ObjectNode) tree.get("padding")).put("pad_to_multiple_of", 0),
                "pad_to_multiple_of");
    }

    @Test
    void oldFilesThatDoNotSayTheirKindAreTaken() {
        for (String json : TokenizerJson.ALL) {
            byte[] old = TokenizerJson.changed(json, tree -> ((ObjectNode) tree.get("model")).remove("type"));
            assertThat(JSON.readTree(TokenizerFile.parse(old, "old").checkedJson()))
                    .isEqualTo(JSON.readTree(parse(json).checkedJson()));
        }
    }

    @Test
    void mutatedFilesAreTakenOrRefusedAndNothingElse() {
        TokenizerMutations mutations = new TokenizerMutations(7);
        int refused = 0;
        for (int i = 0; i < 5000; i++) {
            byte[] json = mutations.next();
            try {
                Tokenizer.check(json, "mutation");
            } catch (WeightsFileException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(1000, 4900);
    }

    private static ObjectNode special(ObjectNode tree) {
        return (ObjectNode) tree.get("post_processor").get("special_tokens");
    }

    private static ObjectNode cls(ObjectNode tree) {
        return (ObjectNode) special(tree).get("[CLS]");
    }

    private static void refusedMap(String map) {
        refused(
                SCORED,
                tree -> ((ObjectNode) tree.get("normalizer").get("normalizers").get(0))
                        .put("precompiled_charsmap", map),
                "precompiled_charsmap");
    }

    private static TokenizerFile parse(String json) {
        return TokenizerFile.parse(json.getBytes(StandardCharsets.UTF_8), "file");
    }

    private static void refused(String json, Consumer<ObjectNode> change, String... parts) {
        refused(TokenizerJson.changed(json, change), parts);
    }

    private static void refused(byte[] json, String... parts) {
        assertThatThrownBy(() -> Tokenizer.check(json, "file"))
                .isInstanceOf(WeightsFileException.class)
                .hasMessageContaining("file")
                .hasMessageContainingAll(parts);
    }
}
