package dev.graft.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.targets.LabelSet;
import dev.graft.targets.Numbers;
import dev.graft.targets.Targets;
import java.util.List;
import org.junit.jupiter.api.Test;

class OuterFencesTest {
    @Test
    void whatLiesFarOutIsBroughtToTheFence() {
        Targets targets = Targets.of(new Numbers(List.of("a", "b")), 1, 5, 2, 5, 3, 5, 4, 5, 5000, -9);

        // The quartiles are 2 and 4; those of the other number are equal.
        assertThat(OuterFences.clipped(targets).values()).containsExactly(1, 5, 2, 5, 3, 5, 4, 5, 10, -9);
    }

    @Test
    void otherKindsStayAsTheyAre() {
        Targets labels = Targets.of(new LabelSet(List.of("a")), 1, 0, 1);

        assertThat(OuterFences.clipped(labels)).isSameAs(labels);
    }
}
