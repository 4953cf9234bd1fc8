package dev.graft.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.graft.error.WeightsFileException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thousands of files that are almost right: what passes the check must not end this process when it is used. */
class TokenizerMutationIT {
    private static final int FILES = Integer.getInteger("graft.tokenizer.mutations", 3000);
    private static final long SEED = Long.getLong("graft.tokenizer.seed", 1);
    private static final List<String> TEXTS =
            List.of("", "a ab film e\u0301 好 x 42  Brand\u00ad.", "\ud83c\udf89\u0000\u0301▁", "[CLS] <s> a's  b\n\n");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void whatPassesTheCheckCanBeUsedInThisProcess() throws IOException {
        TokenizerMutations mutations = new TokenizerMutations(SEED);
        Path last = folder.resolve("last.json");
        int taken = 0;
        for (int i = 0; i < FILES; i++) {
            byte[] json = mutations.next();
            try {
                TokenizerFile file = TokenizerFile.parse(json, "mutation " + i);
                Files.write(last, json);
                taken += used(file) ? 1 : 0;
            } catch (WeightsFileException e) {
                assertThat(e).hasMessageContaining("mutation " + i);
            }
        }
        assertThat(taken).isBetween(FILES / 20, FILES * 9 / 10);
    }

    private static boolean used(TokenizerFile file) throws IOException {
        Binding.prepare();
        byte[] checked = file.checkedJson().getBytes(StandardCharsets.UTF_8);
        try (HuggingFaceTokenizer tokenizer =
                HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(checked), Binding.OPTIONS)) {
            for (String text : TEXTS) {
                for (long id : tokenizer.encode(text, true, false).getIds()) {
                    assertThat(id).isBetween(0L, (long) file.highestId());
                }
            }
            return true;
        } catch (RuntimeException e) {
            // An error that the library reports is none that ends the process.
            return false;
        }
    }
}
