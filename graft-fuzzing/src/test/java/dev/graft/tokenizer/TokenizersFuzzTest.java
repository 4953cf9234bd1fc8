package dev.graft.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.graft.error.Problem;
import dev.graft.error.WeightsFileException;
import dev.graft.fuzzing.Hostile;
import dev.graft.fuzzing.Seeds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokenisers' files: the check in Java, and the native library behind it, which would end the process. */
class TokenizersFuzzTest {
    private static final String FIXTURES = "graft-text/src/test/resources/";
    private static final List<String> TEXTS = List.of("", "a good film!", "很好 🎉 don't\t\u0000\u0301 ".repeat(20));

    static Stream<byte[]> tokenizerSeeds() {
        return Stream.of(
                        Stream.of("bert", "roberta", "gpt2")
                                .map(family -> Seeds.file(FIXTURES + "text/" + family + "/tokenizer.json")),
                        Seeds.in(FIXTURES + "tokenizer/refused", ".json"))
                .flatMap(seeds -> seeds);
    }

    @MethodSource("tokenizerSeeds")
    @FuzzTest
    void check(byte[] content) throws IOException {
        Hostile.readOrRefuse(content.length, () -> Tokenizer.check(content, "fuzzed"));
    }

    /** Without the trial in a process of its own, so that what the check lets through shows here. */
    @MethodSource("tokenizerSeeds")
    @FuzzTest
    void checkedAndUsed(byte[] content) throws IOException {
        Hostile.readOrRefuse(content.length, () -> {
            String checked = TokenizerFile.parse(content, "fuzzed").checkedJson();
            Binding.prepare();
            try (HuggingFaceTokenizer binding = HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(checked.getBytes(StandardCharsets.UTF_8)), Binding.OPTIONS)) {
                TEXTS.forEach(text -> binding.encode(text, true, false));
            } catch (RuntimeException e) {
                // The library's own refusals, which Tokenizer makes one of Graft's.
                throw new WeightsFileException(Problem.of("refused by the library"), e);
            }
        });
    }

    static Stream<byte[]> vocabularySeeds() {
        return Seeds.texts("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\n##b\n好\n", "[UNK]\n[UNK]\n\n", "a\r\nb");
    }

    /** A list of word pieces alone: what is made of it must pass the check. */
    @MethodSource("vocabularySeeds")
    @FuzzTest
    void vocabulary(byte[] content) throws IOException {
        List<String> lines = new String(content, StandardCharsets.UTF_8).lines().toList();
        Hostile.readOrRefuse(
                content.length, () -> Tokenizer.check(new WordPieceVocabulary("fuzzed", lines).json(), "fuzzed"));
    }
}
