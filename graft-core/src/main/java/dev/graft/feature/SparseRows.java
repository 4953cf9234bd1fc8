package dev.graft.feature;

import dev.graft.data.LabeledTexts;
import dev.graft.preparation.BagOfWords;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Texts as counts of their words: rows that are nearly all zeros, of which the rest alone is kept. */
public final class SparseRows implements Rows {
    private final BagOfWords.Counts[] texts;
    private final int width;

    private SparseRows(BagOfWords.Counts[] texts, int width) {
        this.texts = texts;
        this.width = width;
    }

    /** Counts the words of all texts, on all cores. */
    public static SparseRows of(LabeledTexts data, BagOfWords words) {
        return of(data.size(), data::text, words);
    }

    /**
     * Counts the words of texts without labels, on all cores.
     *
     * @param texts gives a text by its place; asked by several threads at once
     */
    public static SparseRows of(int count, IntFunction<String> texts, BagOfWords words) {
        return new SparseRows(
                IntStream.range(0, count)
                        .parallel()
                        .mapToObj(i -> words.counts(texts.apply(i)))
                        .toArray(BagOfWords.Counts[]::new),
                words.width());
    }

    /** Some of the rows. */
    public SparseRows subset(int[] rows) {
        return new SparseRows(IntStream.of(rows).mapToObj(row -> texts[row]).toArray(BagOfWords.Counts[]::new), width);
    }

    /** What is not zero, row by row: the places, ascending. */
    public int[][] places() {
        return Arrays.stream(texts).map(BagOfWords.Counts::places).toArray(int[][]::new);
    }

    /** What stands at the {@link #places()}. */
    public float[][] values() {
        return Arrays.stream(texts).map(BagOfWords.Counts::values).toArray(float[][]::new);
    }

    @Override
    public int count() {
        return texts.length;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public void read(int row, float[] target, int offset) {
        Arrays.fill(target, offset, offset + width, 0f);
        int[] places = texts[row].places();
        float[] values = texts[row].values();
        for (int i = 0; i < places.length; i++) {
            target[offset + places[i]] = values[i];
        }
    }
}
