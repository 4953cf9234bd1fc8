package dev.graft.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class OperationsTest {
    @Test
    void aStepOfTheSmallNetworkTakesWhatIsCountedByHand() {
        double conv1 = 2.0 * 9 * 32 * 26 * 26;
        double conv2 = 2.0 * 9 * 32 * 64 * 11 * 11;
        double dense = 2.0 * 1600 * 64 + 2.0 * 64 * 10;
        double byHand = 32 * (2 * conv1 + 3 * (conv2 + dense));

        double counted = Catalogue.operations(Task.step("train-step-32", Networks.DIGITS, 32));

        assertThat(counted).isCloseTo(byHand, within(1.0));
    }
}
