package dev.graft.benchmark.curation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.curation.LabelErrors.Score;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelErrorTableTest {
    @Test
    void averagePrecisionIsThatOfTheTextbook() {
        // Found at places 1, 3 and 4: (1/1 + 2/3 + 3/4) / 3.
        assertThat(LabelErrorTable.averagePrecision(
                        new double[] {0.1, 0.2, 0.3, 0.4, 0.5}, new boolean[] {true, false, true, true, false}))
                .isCloseTo((1 + 2 / 3.0 + 3 / 4.0) / 3, within(1e-12));
    }

    @Test
    void aTenthOfTheLabelsBecomesOther() {
        int[] labels = IntStream.range(0, 200).map(i -> i % 3).toArray();
        int[] before = labels.clone();

        boolean[] changed = LabelErrorTable.change(labels, 3, 5);

        assertThat(IntStream.range(0, 200).filter(i -> labels[i] != before[i]).count())
                .isEqualTo(20);
        for (int i = 0; i < 200; i++) {
            assertThat(changed[i]).isEqualTo(labels[i] != before[i]);
            assertThat(labels[i]).isBetween(0, 2);
        }
    }

    @Test
    void theTableHasTheMeanOverTasks() {
        Map<Score, Double> good =
                Map.of(Score.SELF_CONFIDENCE, 0.9, Score.NORMALIZED_MARGIN, 0.8, Score.ADJUSTED_MARGIN, 0.7);
        Map<Score, Double> fair =
                Map.of(Score.SELF_CONFIDENCE, 0.7, Score.NORMALIZED_MARGIN, 0.6, Score.ADJUSTED_MARGIN, 0.5);

        String table = LabelErrorTable.table(List.of(
                new LabelErrorTable.Row("digits", 1, "cifar-resnet", 2000, 10, 0.9, good, 200, 150, 12.3),
                new LabelErrorTable.Row("cells", 1, "tf_efficientnet_lite0", 643, 3, 0.9, fair, 60, 45, 8)));

        assertThat(table)
                .contains(
                        "| digits | cifar-resnet | 2000 | 10 | 1 | 0.900 |",
                        "| **0.800** | **0.700** | **0.600** |",
                        "75 %");
    }
}
