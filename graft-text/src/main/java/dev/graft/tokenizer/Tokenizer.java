package dev.graft.tokenizer;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.graft.engine.NativeLibraries;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.error.StorageException;
import dev.graft.error.WeightsFileException;
import dev.graft.preparation.Tokenization;
import dev.graft.storage.FileRecord;
import dev.graft.weights.InputFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tokeniser that a {@code tokenizer.json} describes, with the marks that its model was trained with around a text.
 * Safe for use by several threads. Its native memory goes when it does.
 *
 * <p>A file is checked in Java before the native library sees it, and tried in a process of its own the first time: that
 * library ends the process at much that is malformed.
 */
public final class Tokenizer implements Tokenization {
    /**
     * The files inside the embedded models' artifacts, by digest, each with the highest number that it gives: checked and
     * tried when they were named here, so that a prediction need not wait for it.
     */
    private static final Map<String, Integer> EMBEDDED = Map.of(
            "da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0", 30521,
            "48cea5d44424912a6fd1ea647bf4fe50b55ab8b1e5879c3275f80e339e8fae26", 21127);

    /** Hundreds of times what a network takes; the rest is cut before the work is done. */
    private static final int LONGEST_TEXT = 1 << 20;

    private final HuggingFaceTokenizer binding;
    private final String name;
    private final byte[] json;
    private final String digest;
    private final int highestId;
    private final OptionalInt firstSpecial;
    private final int maxTokens;

    private Tokenizer(
            HuggingFaceTokenizer binding,
            String name,
            byte[] json,
            String digest,
            int highestId,
            OptionalInt firstSpecial,
            int maxTokens) {
        this.binding = binding;
        this.name = name;
        this.json = json;
        this.digest = digest;
        this.highestId = highestId;
        this.firstSpecial = firstSpecial;
        this.maxTokens = maxTokens;
    }

    /**
     * Reads a tokeniser.
     *
     * @param file a {@code tokenizer.json}
     * @param maxTokens the most tokens of a text, at least 3
     * @throws SettingsException if there are fewer
     * @throws WeightsFileException if it is none, or the native library cannot use it
     * @throws StorageException if it cannot be read
     */
    public static Tokenizer read(Path file, int maxTokens) {
        try {
            if (Files.size(file) > TokenizerFile.LARGEST_BYTES) {
                throw JsonPart.refusal(
                        file.toString(),
                        "at most " + (TokenizerFile.LARGEST_BYTES >> 20) + " MiB",
                        (Files.size(file) >> 20) + " MiB");
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
     * @param maxTokens the most tokens of a text, at least 3
     * @throws SettingsException if there are fewer
     * @throws WeightsFileException if it is none, or the native library cannot use it
     */
    public static Tokenizer of(byte[] json, String name, int maxTokens) {
        requireRoom(maxTokens);
        String digest = FileRecord.of(json).sha256();
        Integer embedded = EMBEDDED.get(digest);
        if (embedded != null) {
            NativeLibraries.prepareTokenizers();
            return new Tokenizer(
                    binding(json, name), name, json.clone(), digest, embedded, OptionalInt.empty(), maxTokens);
        }
        TokenizerFile file = TokenizerFile.parse(json, name);
        String checked = file.checkedJson();
        NativeLibraries.prepareTokenizers();
        TokenizerTrial.require(checked, digest, name);
        return new Tokenizer(
                binding(checked.getBytes(StandardCharsets.UTF_8), name),
                name,
                json.clone(),
                digest,
                file.highestId(),
                file.firstSpecial(),
                maxTokens);
    }

    private static HuggingFaceTokenizer binding(byte[] json, String name) {
        Binding.prepare();
        try {
            return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), Binding.OPTIONS);
        } catch (IOException | RuntimeException e) {
            throw new WeightsFileException(
                    Problem.of("A tokenizer.json cannot be used.")
                            .where(name)
                            .expected("a tokeniser that the Hugging Face library can use")
                            .found(e.getMessage())
                            .fix("download the file again, or save it with save_pretrained()"),
                    e);
        }
    }

    /**
     * Checks the content of a {@code tokenizer.json} without using it.
     *
     * @param name what to call it in messages
     * @throws WeightsFileException if the native library must not see it
     */
    static void check(byte[] json, String name) {
        TokenizerFile.parse(json, name).checkedJson();
    }

    private static void requireRoom(int maxTokens) {
        if (maxTokens < 3) {
            throw new SettingsException(Problem.of("A text needs room for a token between the marks around it.")
                    .where("the most tokens of a text")
                    .expected("at least 3")
                    .found(maxTokens));
        }
    }

    /**
     * The tokeniser as settings beside its file change it; itself if they say the same.
     *
     * @param flags settings under the names of {@code tokenizer_config.json}: {@code do_lower_case}, {@code strip_accents},
     *     {@code tokenize_chinese_chars} and {@code add_prefix_space}; what the tokeniser has no use for is left aside
     * @param lowered whether all of a text is brought into lower case before anything else
     */
    public Tokenizer withSettings(Map<String, Boolean> flags, boolean lowered) {
        if (flags.isEmpty() && !lowered) {
            return this;
        }
        ObjectNode tree = TokenizerFile.parse(json, name).tree();
        return TextCase.apply(tree, flags, lowered)
                ? of(JsonMapper.shared().writeValueAsBytes(tree), name, maxTokens)
                : this;
    }

    @Override
    public Tokenizer withMaxTokens(int value) {
        requireRoom(value);
        return new Tokenizer(binding, name, json, digest, highestId, firstSpecial, value);
    }

    /** The content of the {@code tokenizer.json} that it was made of. */
    public byte[] json() {
        return json.clone();
    }

    /**
     * The content of a {@code tokenizer.json} that by itself cuts texts where this tokeniser does, and pads them at the end to
     * the longest of a batch. A text without tokens stays without; all others have the same.
     */
    public byte[] jsonForOtherPrograms() {
        TokenizerFile file = TokenizerFile.parse(json, name);
        ObjectNode tree = file.tree();
        tree.set("padding", padding(tree, file.ids()));
        ObjectNode truncation = tree.putObject("truncation");
        truncation
                .put("direction", "Right")
                .put("max_length", maxTokens)
                .put("strategy", "LongestFirst")
                .put("stride", 0);
        return JsonMapper.shared().writeValueAsBytes(tree);
    }

    /** With the token that the file pads with, or the usual one; the mask keeps it from counting. */
    private static ObjectNode padding(ObjectNode tree, Map<String, Integer> ids) {
        String token = Stream.of(tree.path("padding").path("pad_token").asString(""), "[PAD]", "<pad>")
                .filter(ids::containsKey)
                .findFirst()
                .orElseGet(() -> ids.keySet().stream()
                        .min(Comparator.comparing(ids::get))
                        .orElseThrow());
        ObjectNode padding = JsonMapper.shared().createObjectNode();
        padding.put("strategy", "BatchLongest").put("direction", "Right").putNull("pad_to_multiple_of");
        padding.put("pad_id", ids.getOrDefault(token, 0)).put("pad_type_id", 0).put("pad_token", token);
        return padding;
    }

    @Override
    public int highestId() {
        return highestId;
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
        boolean cut = text.length() > LONGEST_TEXT;
        Encoding encoding = encode(UnicodeText.whole(cut ? text.substring(0, LONGEST_TEXT) : text));
        long[] ids = encoding.getIds();
        if (ids.length == 0) {
            return new Tokens(new int[] {standIn(text)}, cut);
        }
        int count = Math.min(ids.length, maxTokens);
        int closing = Math.min(closing(encoding.getSpecialTokenMask()), count);
        int[] taken = new int[count];
        for (int i = 0; i < count; i++) {
            // What is cut lies before the marks of the end, which a model has always seen.
            taken[i] = Math.toIntExact(i < count - closing ? ids[i] : ids[ids.length - count + i]);
        }
        return new Tokens(taken, cut || ids.length > maxTokens);
    }

    private Encoding encode(String text) {
        try {
            return binding.encode(text, true, false);
        } catch (RuntimeException e) {
            throw new DataException(
                    Problem.of("A text has no tokens.")
                            .where("'" + JsonPart.shown(text) + "'")
                            .expected("a text that the tokeniser can take apart")
                            .found(e.getMessage())
                            .fix("leave the text out"),
                    e);
        } finally {
            // The binding gives its native memory back as soon as nothing in Java can reach it, even while it works.
            Reference.reachabilityFence(binding);
        }
    }

    /** What stands for a text without tokens. */
    private int standIn(String text) {
        return firstSpecial.orElseThrow(() -> new DataException(
                Problem.of("A text has no tokens.").found("'" + text + "'").fix("leave empty texts out")));
    }

    private static int closing(long[] special) {
        int closing = 0;
        while (closing < special.length && special[special.length - 1 - closing] == 1) {
            closing++;
        }
        return closing;
    }

    /** Which tokeniser, by its file's digest, and where it cuts. */
    @Override
    public String fingerprint() {
        return "Tokenizer[" + digest + ", maxTokens=" + maxTokens + "]";
    }

    @Override
    public String toString() {
        return "tokens of " + digest + ", at most " + maxTokens;
    }
}
