package dev.graft.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.optimization.Schedule;
import dev.graft.optimization.TrainingSettings;
import dev.graft.strategy.Frozen;
import dev.graft.strategy.LearningRates;
import dev.graft.strategy.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkDifferenceTest {
    @Test
    void settingsAreToldValueByValueAndOnlyWhereTheyDiffer() {
        TrainingSettings then = TrainingSettings.defaults().withEpochs(3).withBatchSize(16);
        TrainingSettings now = then.withEpochs(8).withSeed(9);

        assertThat(MarkDifference.of("settings", then.toString(), now.toString()))
                .containsExactlyInAnyOrder(
                        "settings, epochs: 3 then, 8 now", "settings, seed: " + then.seed() + " then, 9 now");
    }

    @Test
    void phasesAreToldByTheirPlace() {
        Phase head = new Phase("head", Frozen.everything(), 1, LearningRates.same(0.01), Schedule.CONSTANT);
        Phase rest = new Phase("rest", Frozen.nothing(), 3, LearningRates.same(0.1), Schedule.CONSTANT);
        Phase longer = new Phase("rest", Frozen.nothing(), 4, LearningRates.same(0.1), Schedule.CONSTANT);

        assertThat(MarkDifference.of(
                        "phases",
                        List.of(head, rest).toString(),
                        List.of(head, longer).toString()))
                .containsExactly("phases 2, epochs: 3 then, 4 now");
        assertThat(MarkDifference.of(
                        "phases", List.of(head).toString(), List.of(head, rest).toString()))
                .contains("phases 2, name: nothing then, rest now");
    }

    @Test
    void otherTextsAreToldAsTheyAre() {
        assertThat(MarkDifference.of("classes", "[square, circle]", "[cat, dog]"))
                .containsExactly("classes: [square, circle] then, [cat, dog] now");
        assertThat(MarkDifference.of("data", "a]b", "Odd[x=1")).containsExactly("data: a]b then, Odd[x=1 now");
        assertThat(MarkDifference.of("data", "same", "same")).isEmpty();
        assertThat(MarkDifference.of("optimizer", "Sgd[momentum=0.9]", "Adam[beta=0.9]"))
                .containsExactly(
                        "optimizer (kind): sgd then, adam now",
                        "optimizer, momentum: 0.9 then, nothing now",
                        "optimizer, beta: nothing then, 0.9 now");
    }
}
