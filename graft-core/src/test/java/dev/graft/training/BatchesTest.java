package dev.graft.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private static final int[] LENGTHS =
            new SplittableRandom(1).ints(1003, 1, 128).toArray();

    @Test
    void imagesComeInTheirOrder() {
        assertThat(Batches.of(null, 3, 8, 2)).containsExactly(new int[] {3, 4}, new int[] {5, 6}, new int[] {7});
    }

    @Test
    void everySequenceComesOnceAmongOthersOfItsLength() {
        List<int[]> batches = Batches.of(LENGTHS, 0, LENGTHS.length, 32);

        assertThat(batches.stream().flatMapToInt(Arrays::stream).sorted().toArray())
                .isEqualTo(IntStream.range(0, LENGTHS.length).toArray());
        assertThat(padding(batches)).isLessThan(padding(Batches.of(null, 0, LENGTHS.length, 32)) / 10);
    }

    @Test
    void longSequencesComeInSmallerBatches() {
        int[] lengths = new int[64];
        Arrays.fill(lengths, 512);

        assertThat(Batches.of(lengths, 0, 64, 32)).hasSize(16).allMatch(batch -> batch.length == 4);
        assertThat(Batches.of(new int[] {9000}, 0, 1, 32)).containsExactly(new int[] {0});
    }

    @Test
    void aBucketedEpochKeepsItsExamplesAndWastesLittle() {
        int[] order = Seeds.order(1, 0, 0, LENGTHS.length);
        int[] bucketed = Batches.bucketed(order, LENGTHS, 16, 5);

        assertThat(IntStream.of(bucketed).sorted().toArray())
                .isEqualTo(IntStream.range(0, LENGTHS.length).toArray());
        assertThat(padding(cut(bucketed))).isLessThan(padding(cut(order)) / 5);
        assertThat(Batches.bucketed(order, LENGTHS, 16, 5)).isEqualTo(bucketed);
        assertThat(Batches.bucketed(order, LENGTHS, 16, 6)).isNotEqualTo(bucketed);
        double first =
                Arrays.stream(bucketed, 0, 320).map(i -> LENGTHS[i]).average().orElse(0);
        double all = Arrays.stream(LENGTHS).average().orElse(0);
        assertThat(first).as("short and long batches come mixed").isBetween(all * 0.6, all * 1.4);
    }

    @Test
    void inPairsEveryExampleIsFollowedByOneOfItsClassWhileThereIsOne() {
        int[] labels = {0, 1, 2, 0, 1, 2, 0};

        assertThat(Batches.inPairs(new int[] {5, 6, 1, 0, 4, 2, 3}, labels)).containsExactly(5, 2, 6, 0, 1, 4, 3);
    }

    @Test
    void evenBatchesTakeEveryExampleOnceAndLeaveNoneAlone() {
        int[] order = IntStream.range(0, 33).toArray();
        List<int[]> batches = IntStream.range(0, 3)
                .mapToObj(step -> Batches.even(order, step, 3, null))
                .toList();

        assertThat(batches).allMatch(batch -> batch.length == 11);
        assertThat(batches.stream().flatMapToInt(Arrays::stream).toArray()).isEqualTo(order);
        assertThat(Batches.even(new int[] {2, 0, 1, 3}, 0, 1, new int[] {5, 9, 7, 1}))
                .containsExactly(1, 2, 0, 3);
    }

    private static List<int[]> cut(int[] order) {
        return IntStream.range(0, (order.length + 15) / 16)
                .mapToObj(i -> Arrays.copyOfRange(order, i * 16, Math.min(order.length, i * 16 + 16)))
                .toList();
    }

    private static long padding(List<int[]> batches) {
        long wasted = 0;
        for (int[] batch : batches) {
            int longest = Arrays.stream(batch).map(i -> LENGTHS[i]).max().orElse(0);
            wasted += Arrays.stream(batch).mapToLong(i -> longest - LENGTHS[i]).sum();
        }
        return wasted;
    }
}
