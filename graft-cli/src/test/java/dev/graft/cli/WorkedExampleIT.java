package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.demo.DigitsToShapes;
import dev.graft.result.CurvePoint;
import dev.graft.result.ExperimentResult;
import dev.graft.result.StrategyResult;
import dev.graft.source.Backbones;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What the worked example promises, over three seeds. Takes minutes. */
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
class WorkedExampleIT {
    private static final String POOLED = "feature-extraction";
    private static final String TUTORIAL = "feature-extraction@dense";

    private final ExperimentResult result = DigitsToShapes.run(
                    Backbones.load("digits-cnn"), List.of(), 1, 3, (done, total, what) -> {}, () -> false)
            .result();

    @Test
    void theCutOfTheTutorialIsNegativeTransfer() {
        assertThat(row(TUTORIAL).testAccuracy()).isBetween(0.50, 0.75);
        assertThat(row(TUTORIAL).seedAccuracies()).hasSize(3).allMatch(accuracy -> accuracy < 0.85);
        assertThat(result.verdict().negativeTransfer()).contains(TUTORIAL).doesNotContain(POOLED, "from-scratch");
    }

    @Test
    void theOtherWaysReachTheirAccuracies() {
        assertThat(row(POOLED).testAccuracy()).isGreaterThanOrEqualTo(0.995);
        assertThat(row("fine-tuning").testAccuracy()).isGreaterThanOrEqualTo(0.98);
        assertThat(row("from-scratch").testAccuracy()).isGreaterThanOrEqualTo(0.99);
    }

    @Test
    void pooledFeaturesNeedFewImages() {
        Map<Integer, Double> atLeast = Map.of(10, 0.90, 20, 0.94, 50, 0.985, 100, 0.99, 200, 0.995, 500, 0.995);
        for (CurvePoint point : result.curve()) {
            if (point.strategy().equals(POOLED)) {
                assertThat(point.meanAccuracy())
                        .as(point.samples() + " images")
                        .isGreaterThanOrEqualTo(Objects.requireNonNull(atLeast.get(point.samples())));
            }
        }
        assertThat(result.curve().stream().filter(point -> point.strategy().equals(POOLED)))
                .hasSize(atLeast.size());
    }

    private StrategyResult row(String strategy) {
        return result.results().stream()
                .filter(one -> one.strategy().equals(strategy))
                .findFirst()
                .orElseThrow();
    }
}
