package dev.graft.benchmark;

import dev.graft.data.LabeledTexts;
import dev.graft.preparation.Tokenization;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Texts as token numbers in batches, the same for each peer: sorted from long to short, so that those of about one length
 * stand together, and padded with zeros to the longest of their batch.
 *
 * @param ids the tokens of each text
 * @param labels the class of each text
 * @param indexes which texts a batch holds
 */
@SuppressWarnings("ArrayRecordComponent")
record TextBatches(List<int[]> ids, int[] labels, List<int[]> indexes) {
    static TextBatches of(Task task) {
        LabeledTexts texts = Sentences.of(task.images());
        Tokenization tokenization = task.backbone().architecture().tokenization();
        List<int[]> ids = IntStream.range(0, texts.size())
                .mapToObj(i -> tokenization.tokens(texts.text(i)).ids())
                .toList();
        return of(ids, IntStream.range(0, texts.size()).map(texts::label).toArray(), task.batch());
    }

    static TextBatches of(List<int[]> ids, int[] labels, int size) {
        int[] order = IntStream.range(0, ids.size())
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> -ids.get(i).length))
                .mapToInt(Integer::intValue)
                .toArray();
        List<int[]> indexes = new ArrayList<>();
        for (int from = 0; from < order.length; from += size) {
            indexes.add(Arrays.copyOfRange(order, from, Math.min(order.length, from + size)));
        }
        return new TextBatches(ids, labels, indexes);
    }

    int count() {
        return indexes.size();
    }

    /** All tokens, padding left out. */
    int tokens() {
        return ids.stream().mapToInt(text -> text.length).sum();
    }

    Batch batch(int place) {
        int[] chosen = indexes.get(place);
        int longest = Arrays.stream(chosen).map(i -> ids.get(i).length).max().orElse(1);
        long[] numbers = new long[chosen.length * longest];
        long[] mask = new long[numbers.length];
        int[] truth = new int[chosen.length];
        for (int row = 0; row < chosen.length; row++) {
            int[] text = ids.get(chosen[row]);
            for (int i = 0; i < text.length; i++) {
                numbers[row * longest + i] = text[i];
            }
            Arrays.fill(mask, row * longest, row * longest + text.length, 1);
            truth[row] = labels[chosen[row]];
        }
        return new Batch(chosen.length, longest, LongBuffer.wrap(numbers), LongBuffer.wrap(mask), truth);
    }

    /**
     * A padded batch.
     *
     * @param texts how many
     * @param longest the tokens of each, padding included
     * @param ids the tokens, text after text
     * @param mask 1 for a token, 0 for padding
     * @param labels the classes
     */
    record Batch(int texts, int longest, LongBuffer ids, LongBuffer mask, int[] labels) {}
}
