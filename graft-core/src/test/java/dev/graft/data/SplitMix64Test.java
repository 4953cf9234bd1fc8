package dev.graft.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitMix64Test {
    /** The published test vector of the algorithm for seed 1234567. */
    @Test
    void drawsTheAlgorithmsReferenceSequence() {
        SplitMix64 random = new SplitMix64(1234567);

        assertThat(IntStream.range(0, 5).mapToObj(i -> Long.toUnsignedString(random.nextLong())))
                .containsExactly(
                        "6457827717110365317",
                        "3203168211198807973",
                        "9817491932198370423",
                        "4593380528125082431",
                        "16408922859458223821");
    }

    @Test
    void boundedIntegersReachBothEndsAboutEquallyOften() {
        SplitMix64 random = new SplitMix64(5);
        int[] counts = new int[5];
        for (int i = 0; i < 50_000; i++) {
            counts[random.nextInt(3, 7) - 3]++;
        }

        // Five standard deviations around 10,000.
        assertThat(Arrays.stream(counts).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(9_550, 10_450));
    }

    @Test
    void aRangeOfOneIntegerGivesThatInteger() {
        assertThat(new SplitMix64(0).nextInt(-4, -4)).isEqualTo(-4);
    }

    @Test
    void theWholeRangeOfIntegersIsAllowed() {
        SplitMix64 random = new SplitMix64(0);

        assertThat(IntStream.range(0, 64).map(i -> random.nextInt(Integer.MIN_VALUE, Integer.MAX_VALUE)))
                .anyMatch(value -> value < 0)
                .anyMatch(value -> value > 0);
    }

    @Test
    void aShuffleKeepsEveryValueAndReachesEveryOrder() {
        SplitMix64 random = new SplitMix64(1);
        Set<String> orders = new TreeSet<>();
        for (int i = 0; i < 200; i++) {
            int[] values = {0, 1, 2};
            random.shuffle(values);
            orders.add(Arrays.toString(values));
        }

        assertThat(orders)
                .containsExactly("[0, 1, 2]", "[0, 2, 1]", "[1, 0, 2]", "[1, 2, 0]", "[2, 0, 1]", "[2, 1, 0]");
    }
}
