package dev.graft.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A process that a tokeniser may end: it reads one from its standard input, tries it on texts of many kinds, and says at the end
 * that it is still there. Started by {@link TokenizerTrial}, never by hand.
 */
final class TokenizerTrialProcess {
    /** Said when the native library works: what goes wrong before says nothing of the file. */
    static final String STARTED = "started";

    static final String PASSED = "passed";
    static final String REFUSED = "refused ";

    private static final String SMALLEST = """
            {"version": "1.0", "added_tokens": [],
             "model": {"type": "WordLevel", "unk_token": "a", "vocab": {"a": 0}}}
            """;

    /** Nothing; words; signs; what is not written; scripts; marks; long words, and long stretches of one kind. */
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "The quick brown fox, 42 times.",
            "don't  stop\r\n\n\tnow\u00a0!",
            "\u0000\u0001\u001b\u007f\u00ad\u200b\u200d\ufeff\ufffd\uffff",
            "这部电影很好看。送得快",
            "हिन्दी العربية עברית ไทย 한국어 日本語",
            "e\u0301\u0323 a\u0300\u0300\u0300 \ufdfa ﬁ ① ™ İ ß",
            "\ud83c\udf89\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67 \ud83c\uddee\ud83c\uddf9",
            "[CLS] [SEP] [PAD] [UNK] [MASK] <s> </s> <pad> <unk> <|endoftext|> ## ▁",
            "a".repeat(20_000),
            " ".repeat(20_000),
            "好".repeat(20_000),
            "word ".repeat(4_000),
            "1.".repeat(10_000),
            "\n".repeat(20_000),
            "\u0301".repeat(5_000));

    private TokenizerTrialProcess() {}

    /**
     * Reads the tokeniser and reports.
     *
     * @param args none
     * @throws IOException if there is nobody to report to
     */
    public static void main(String[] args) throws IOException {
        byte[] json = System.in.readAllBytes();
        Binding.prepare();
        // Not Java's stream for text: nothing else may come between, and no charset of the surroundings matters.
        try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            use(SMALLEST.getBytes(StandardCharsets.UTF_8), List.of(""));
            say(out, STARTED);
            say(out, verdict(json));
        }
    }

    private static String verdict(byte[] json) {
        try {
            use(json, TEXTS);
            return PASSED;
        } catch (IOException | RuntimeException e) {
            return REFUSED + e.getMessage();
        }
    }

    private static void use(byte[] json, List<String> texts) throws IOException {
        try (HuggingFaceTokenizer tokenizer =
                HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), Binding.OPTIONS)) {
            for (String text : texts) {
                tokenizer.encode(text, true, false).getIds();
            }
        }
    }

    private static void say(FileOutputStream out, String word) throws IOException {
        out.write((word.replace('\n', ' ') + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
