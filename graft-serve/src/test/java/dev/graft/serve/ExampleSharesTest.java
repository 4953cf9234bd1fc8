package dev.graft.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExampleSharesTest {
    @Test
    void allAreKeptWhereThereIsRoom() {
        assertThat(ExampleShares.even(List.of("a", "b", "a"), 3)).containsExactly(0, 1, 2);
    }

    @Test
    void smallClassesAreKeptWholeAndLargeOnesAtEvenDistances() {
        List<String> labels = new ArrayList<>(Collections.nCopies(100, "large"));
        labels.addAll(List.of("small", "small"));

        assertThat(ExampleShares.even(labels, 6)).containsExactly(0, 25, 50, 75, 100, 101);
    }

    @Test
    void ofMoreClassesThanThereIsRoomForTheFirstAreKept() {
        assertThat(ExampleShares.even(List.of("a", "b", "b", "c"), 2)).containsExactly(0, 1);
    }

    @Test
    void wideFeaturesLeaveRoomForFewerExamples() {
        assertThat(ExampleShares.most(100)).isLessThanOrEqualTo(ExampleShares.MOST);
        assertThat(ExampleShares.most(1_000_000)).isBetween(1, 100);
    }
}
