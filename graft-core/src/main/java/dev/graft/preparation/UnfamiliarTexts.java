package dev.graft.preparation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/** Says when texts are hardly in a language that a network has learned, by what its tokeniser makes of them. */
public final class UnfamiliarTexts {
    private static final int LOOKED_AT = 500;
    private static final int FEWEST_LETTERS = 500;

    // Of English film reviews the English tokeniser knows every word, of Chinese meal reviews three tokens in ten.
    private static final double UNKNOWN = 0.1;

    // English film reviews have 0.24 tokens a letter, sentences in German, French and Spanish 0.36 to 0.38, in Russian
    // 0.95.
    private static final double TOKENS_OF_LETTER = 1.0 / 3;

    // Neither is in a vocabulary of words: letters of Gothic and of Ugaritic.
    private static final String RARE = new String(Character.toChars(0x10348));
    private static final String AS_RARE = new String(Character.toChars(0x10380));

    // Scripts without spaces have a token for each character in any language.
    private static final Pattern NO_LETTERS =
            Pattern.compile("[^\\p{L}\\p{M}]+|[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]+");

    private UnfamiliarTexts() {}

    /**
     * Looks at the first few hundred texts.
     *
     * @param count how many there are
     * @param texts gives a text by its place
     * @param name what the texts are called
     * @return a sentence; nothing if the texts are as the tokeniser expects them, or too few to tell
     */
    public static Optional<String> remark(
            int count, IntFunction<String> texts, String name, Tokenization tokenization) {
        int[] empty = tokenization.tokens("").ids();
        int marks = empty.length;
        int unknown = unknown(tokenization, empty);
        long tokens = 0;
        long unknownTokens = 0;
        long letters = 0;
        long tokensOfLetters = 0;
        for (int i = 0; i < Math.min(LOOKED_AT, count); i++) {
            int[] all = tokenization.tokens(texts.apply(i)).ids();
            tokens += all.length - marks;
            unknownTokens += Arrays.stream(all).filter(id -> id == unknown).count();
            String words = NO_LETTERS.matcher(texts.apply(i)).replaceAll(" ").strip();
            Tokenization.Tokens ofWords = tokenization.tokens(words);
            if (!ofWords.truncated()) {
                letters += words.codePoints().filter(Character::isLetter).count();
                tokensOfLetters += ofWords.ids().length - marks;
            }
        }
        if (tokens >= FEWEST_LETTERS && unknownTokens > UNKNOWN * tokens) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "%.0f%% of the tokens of '%s' are unknown to the source model: it has hardly learned the language of the"
                            + " texts, and another one may do better",
                    100.0 * unknownTokens / tokens,
                    name));
        }
        if (letters >= FEWEST_LETTERS && tokensOfLetters > TOKENS_OF_LETTER * letters) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "the source model breaks the words of '%s' into pieces of %.1f letters, where its own language has about 4: it"
                            + " has hardly learned the language of the texts, and another one may do better",
                    name,
                    (double) letters / tokensOfLetters));
        }
        return Optional.empty();
    }

    /** The number that stands for what a vocabulary does not have; -1 if nothing does, as where bytes are tokens. */
    private static int unknown(Tokenization tokenization, int[] marks) {
        int[] one = tokenization.tokens(RARE).ids();
        int[] other = tokenization.tokens(AS_RARE).ids();
        if (one.length != marks.length + 1 || !Arrays.equals(one, other)) {
            return -1;
        }
        return Arrays.stream(one)
                .filter(id -> Arrays.stream(marks).noneMatch(mark -> mark == id))
                .findFirst()
                .orElse(-1);
    }
}
