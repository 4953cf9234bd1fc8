package dev.graft.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextBatchesTest {
    private static final TextBatches BATCHES = TextBatches.of(
            List.of(new int[] {5}, new int[] {1, 2, 3, 4}, new int[] {7, 8}, new int[] {9, 10, 11, 12}),
            new int[] {0, 1, 0, 1},
            3);

    @Test
    void textsOfAboutOneLengthStandTogetherAndEachStandsInOneBatch() {
        assertThat(BATCHES.indexes()).containsExactly(new int[] {1, 3, 2}, new int[] {0});
        assertThat(BATCHES.tokens()).isEqualTo(11);
    }

    @Test
    void aBatchIsPaddedToItsLongestTextAndTheMaskSaysWhere() {
        TextBatches.Batch batch = BATCHES.batch(0);

        assertThat(batch.longest()).isEqualTo(4);
        assertThat(batch.ids().array()).containsExactly(1, 2, 3, 4, 9, 10, 11, 12, 7, 8, 0, 0);
        assertThat(batch.mask().array()).containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0);
        assertThat(batch.labels()).containsExactly(1, 1, 0);
        assertThat(BATCHES.batch(1).longest()).isEqualTo(1);
    }

    @Test
    void paddingDoesNotCountInTheMeanOfATextsTokens() {
        FloatBuffer tokens = FloatBuffer.allocate(3 * 4 * 2);
        for (int i = 0; i < tokens.capacity(); i++) {
            tokens.put(i, i);
        }

        float[] means = OnnxRuntimeText.means(tokens, BATCHES.batch(0));

        assertThat(means).containsExactly(new float[] {3, 4, 11, 12, 17, 18}, within(1e-5f));
    }

    @Test
    void aWorkOnTextsIsTheSameAtTheOtherEndOfThePipe() {
        Task task = Task.texts("text-features", Task.Kind.TEXT_FEATURES, 64);

        assertThat(Task.ofLine(task.toLine())).isEqualTo(task);
        assertThat(task.kind().ofTexts()).isTrue();
        assertThat(Task.Kind.FEATURES.ofTexts()).isFalse();
    }
}
