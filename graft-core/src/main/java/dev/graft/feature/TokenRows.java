package dev.graft.feature;

import dev.graft.data.LabeledTexts;
import dev.graft.preparation.Tokenization;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Texts as rows of token numbers, prepared once and kept. A row holds the number of the text's tokens, then these, then
 * zeros.
 */
public final class TokenRows implements Rows {
    private final int[][] texts;
    private final int maxTokens;
    private final int truncated;

    private TokenRows(int[][] texts, int maxTokens, int truncated) {
        this.texts = texts;
        this.maxTokens = maxTokens;
        this.truncated = truncated;
    }

    /** Prepares all texts, on all cores. */
    public static TokenRows of(LabeledTexts data, Tokenization tokenization) {
        return of(data.size(), data::text, tokenization);
    }

    /**
     * Prepares texts without labels, on all cores.
     *
     * @param texts gives a text by its place; asked by several threads at once
     */
    public static TokenRows of(int count, IntFunction<String> texts, Tokenization tokenization) {
        Tokenization.Tokens[] tokens = new Tokenization.Tokens[count];
        IntStream.range(0, count).parallel().forEach(i -> tokens[i] = tokenization.checkedTokens(texts.apply(i)));
        return new TokenRows(
                Arrays.stream(tokens).map(Tokenization.Tokens::ids).toArray(int[][]::new),
                tokenization.maxTokens(),
                (int) Arrays.stream(tokens)
                        .filter(Tokenization.Tokens::truncated)
                        .count());
    }

    /** How many texts are longer than what is taken of them. */
    public int truncated() {
        return truncated;
    }

    /** The number of tokens of each text, as far as they are taken. */
    public int[] lengths() {
        return Arrays.stream(texts).mapToInt(ids -> ids.length).toArray();
    }

    @Override
    public int count() {
        return texts.length;
    }

    @Override
    public int width() {
        return 1 + maxTokens;
    }

    @Override
    public void read(int row, float[] target, int offset) {
        write(texts[row], maxTokens, target, offset);
    }

    /** Writes a text's tokens as a row. */
    public static void write(int[] ids, int maxTokens, float[] target, int offset) {
        target[offset] = ids.length;
        for (int i = 0; i < maxTokens; i++) {
            target[offset + 1 + i] = i < ids.length ? ids[i] : 0;
        }
    }
}
