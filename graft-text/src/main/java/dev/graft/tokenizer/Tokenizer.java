package dev.graft.tokenizer;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.graft.data.Tokenization;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.error.StorageException;
import dev.graft.error.WeightsFileException;
import dev.graft.weights.InputFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tokeniser that a {@code tokenizer.json} describes, with the marks that its model was trained with around a text.
 * Safe for use by several threads. Its native memory goes when it does.
 */
public final class Tokenizer implements Tokenization {
    /** Far above the largest vocabularies in use, far below what would fill the memory. */
    private static final long LARGEST_BYTES = 128L << 20;

    private final HuggingFaceTokenizer binding;
    private final byte[] json;
    private final String digest;
    private final int maxTokens;

    private Tokenizer(HuggingFaceTokenizer binding, byte[] json, String digest, int maxTokens) {
        if (maxTokens < 3) {
            throw new SettingsException(Problem.of("A text needs room for a token between the marks around it.")
                    .where("the most tokens of a text")
                    .expected("at least 3")
                    .found(maxTokens));
        }
        this.binding = binding;
        this.json = json;
        this.digest = digest;
        this.maxTokens = maxTokens;
    }

    /**
     * Reads a tokeniser.
     *
     * @param file a {@code tokenizer.json}
     * @param maxTokens the most tokens of a text, at least 3
     * @throws WeightsFileException if it is none
     * @throws StorageException if it cannot be read
     */
    public static Tokenizer read(Path file, int maxTokens) {
        try {
            if (Files.size(file) > LARGEST_BYTES) {
                throw new WeightsFileException(Problem.of("A tokenizer.json is too large.")
                        .where(file)
                        .expected("at most " + (LARGEST_BYTES >> 20) + " MiB")
                        .found((Files.size(file) >> 20) + " MiB"));
            }
            return of(InputFiles.readAllBytes(file), file.toString(), maxTokens);
        } catch (IOException e) {
            throw new StorageException(
                    Problem.of("A model's tokenizer.json cannot be read.")
                            .where(file)
                            .found(e)
                            .fix("a model for texts needs this file beside its weights"),
                    e);
        }
    }

    /**
     * Makes a tokeniser of the content of a {@code tokenizer.json}.
     *
     * @param name what to call it in messages
     * @throws WeightsFileException if it is none
     */
    public static Tokenizer of(byte[] json, String name, int maxTokens) {
        // The library comes from its jar; nothing is downloaded, and no usage is reported.
        setIfAbsent("ai.djl.offline", "true");
        setIfAbsent("OPT_OUT_TRACKING", "true");
        try {
            // Truncation and padding are ours: files differ in what they ask for, and one must count what is cut.
            HuggingFaceTokenizer binding = HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(json), Map.of("truncation", "false", "padding", "false"));
            return new Tokenizer(binding, json.clone(), sha256(json), maxTokens);
        } catch (IOException | RuntimeException e) {
            if (e instanceof SettingsException wrong) {
                throw wrong;
            }
            throw new WeightsFileException(
                    Problem.of("A tokenizer.json cannot be used.")
                            .where(name)
                            .expected("a tokeniser as the Hugging Face library saves it")
                            .found(e)
                            .fix("download the file again, or save it with save_pretrained()"),
                    e);
        }
    }

    @Override
    public Tokenizer withMaxTokens(int value) {
        return new Tokenizer(binding, json, digest, value);
    }

    /** The content of the {@code tokenizer.json} that it was made of. */
    public byte[] json() {
        return json.clone();
    }

    @Override
    public int maxTokens() {
        return maxTokens;
    }

    /**
     * {@inheritDoc}
     *
     * <p>A text without tokens, which an empty one is where a model has no marks, has the model's first special token, such as
     * GPT-2's end of a text.
     *
     * @throws DataException if there is none of these either
     */
    @Override
    public Tokens tokens(String text) {
        Encoding encoding = binding.encode(text, true, false);
        long[] ids = encoding.getIds();
        if (ids.length == 0) {
            return new Tokens(new int[] {standIn(text)}, false);
        }
        int count = Math.min(ids.length, maxTokens);
        int closing = Math.min(closing(encoding.getSpecialTokenMask()), count);
        int[] taken = new int[count];
        for (int i = 0; i < count; i++) {
            // What is cut lies before the marks of the end, which a model has always seen.
            taken[i] = Math.toIntExact(i < count - closing ? ids[i] : ids[ids.length - count + i]);
        }
        return new Tokens(taken, ids.length > maxTokens);
    }

    /** What stands for a text without tokens. Looked for when one comes, since these files are large. */
    private int standIn(String text) {
        for (JsonNode token : JsonMapper.shared().readTree(json).path("added_tokens")) {
            if (token.path("special").asBoolean(false) && token.path("id").canConvertToInt()) {
                return token.path("id").asInt();
            }
        }
        throw new DataException(
                Problem.of("A text has no tokens.").found("'" + text + "'").fix("leave empty texts out"));
    }

    private static int closing(long[] special) {
        int closing = 0;
        while (closing < special.length && special[special.length - 1 - closing] == 1) {
            closing++;
        }
        return closing;
    }

    /** Which tokeniser, by its file's digest, and where it cuts: two that say the same give the same tokens. */
    @Override
    public String toString() {
        return "tokens of " + digest + ", at most " + maxTokens;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
