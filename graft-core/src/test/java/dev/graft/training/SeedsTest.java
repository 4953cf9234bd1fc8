package dev.graft.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeedsTest {
    @Test
    void anOrderIsAPermutationAndTheSameForTheSameMoment() {
        int[] order = Seeds.order(42, 1, 2, 100);

        assertThat(order)
                .containsExactlyInAnyOrder(IntStream.range(0, 100).toArray())
                .isNotEqualTo(IntStream.range(0, 100).toArray())
                .isEqualTo(Seeds.order(42, 1, 2, 100));
    }

    @Test
    void anOrderIsAnotherOneForAnotherSeedPhaseOrEpoch() {
        int[] order = Seeds.order(42, 1, 2, 100);

        assertThat(Seeds.order(43, 1, 2, 100)).isNotEqualTo(order);
        assertThat(Seeds.order(42, 2, 2, 100)).isNotEqualTo(order);
        assertThat(Seeds.order(42, 1, 3, 100)).isNotEqualTo(order);
        assertThat(Seeds.order(42, 2, 1, 100)).isNotEqualTo(order);
    }

    @Test
    void everyStepHasASeedOfItsOwnThatIsNotNegative() {
        Set<Long> seeds = new HashSet<>();
        for (int phase = 0; phase < 4; phase++) {
            for (int epoch = 0; epoch < 10; epoch++) {
                for (int step = 0; step < 100; step++) {
                    seeds.add(Seeds.step(42, phase, epoch, step));
                }
            }
        }

        assertThat(seeds).hasSize(4 * 10 * 100).allMatch(seed -> seed >= 0);
    }
}
