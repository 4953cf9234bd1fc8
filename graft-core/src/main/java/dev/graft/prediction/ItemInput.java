package dev.graft.prediction;

import dev.graft.data.Item;
import dev.graft.feature.TokenRows;
import dev.graft.image.Preprocessing;
import dev.graft.model.ModelBranch;
import dev.graft.preparation.Preparation;
import dev.graft.preparation.TableCoding;
import dev.graft.preparation.Tokenization;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** What a branch takes of items, prepared. */
final class ItemInput {
    private ItemInput() {}

    /**
     * The branch's input, (items, values), prepared on all cores.
     *
     * @param tooLong counts the texts of which only the beginning is taken
     */
    static float[] rows(ModelBranch branch, Item[] items, AtomicInteger tooLong) {
        int width = branch.architecture().inputShape().rowLength();
        float[] rows = new float[Math.multiplyExact(items.length, width)];
        IntStream.range(0, items.length).parallel().forEach(i -> prepare(branch, items[i], rows, i * width, tooLong));
        return rows;
    }

    private static void prepare(ModelBranch branch, Item item, float[] target, int offset, AtomicInteger tooLong) {
        Preparation preparation = branch.architecture().preparation();
        String column = branch.columns().get(0);
        if (preparation instanceof Preprocessing preprocessing) {
            preprocessing.apply(item.image(column), target, offset);
        } else if (preparation instanceof Tokenization tokenization) {
            Tokenization.Tokens tokens = tokenization.checkedTokens(item.text(column));
            if (tokens.truncated()) {
                tooLong.incrementAndGet();
            }
            TokenRows.write(tokens.ids(), tokenization.maxTokens(), target, offset);
        } else if (preparation instanceof TableCoding coding) {
            coding.encode(item, target, offset);
        } else {
            throw new AssertionError("no item becomes " + preparation);
        }
    }
}
