package dev.graft.prediction;

import dev.graft.backbone.Architecture;
import dev.graft.feature.Rows;
import dev.graft.feature.SparseRows;
import dev.graft.feature.TokenRows;
import dev.graft.preparation.BagOfWords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Texts as a network takes them, and the batches in which they go through it. */
final class TextInput {
    /** The most texts in a batch. */
    static final int BATCH = 32;

    private static final int BATCH_TOKENS = 2048;

    private final Rows rows;
    private final int[] lengths;

    private TextInput(Rows rows) {
        this.rows = rows;
        this.lengths = lengths(rows);
    }

    static TextInput of(List<String> texts, Architecture architecture) {
        return new TextInput(
                architecture.preparation() instanceof BagOfWords words
                        ? SparseRows.of(texts.size(), texts::get, words)
                        : TokenRows.of(texts.size(), texts::get, architecture.tokenization()));
    }

    int count() {
        return rows.count();
    }

    /** How many texts are longer than what is taken of them. */
    int truncated() {
        return rows instanceof TokenRows tokens ? tokens.truncated() : 0;
    }

    /** The texts' places, those of about one length together: a batch is padded to its longest. */
    List<int[]> batches() {
        int[] order = IntStream.range(0, lengths.length)
                .boxed()
                .sorted(Comparator.comparingInt(i -> -lengths[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        List<int[]> batches = new ArrayList<>();
        for (int from = 0, to; from < order.length; from = to) {
            to = Math.min(order.length, from + Math.min(BATCH, Math.max(1, BATCH_TOKENS / lengths[order[from]])));
            batches.add(Arrays.copyOfRange(order, from, to));
        }
        return batches;
    }

    /** The rows of a batch, one after the other. */
    float[] values(int[] batch) {
        float[] values = new float[Math.multiplyExact(batch.length, rows.width())];
        rows.read(batch, values);
        return values;
    }

    /** How costly each text is: its tokens, or equally for all where words are only counted. */
    private static int[] lengths(Rows rows) {
        if (rows instanceof TokenRows tokens) {
            return tokens.lengths();
        }
        int[] lengths = new int[rows.count()];
        Arrays.fill(lengths, 1);
        return lengths;
    }
}
