package dev.graft.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.result.ExperimentResult;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HistoryCsvTest {
    private final ExperimentResult example = ExampleExperiment.shapes();

    @Test
    void hasALineForEachEpoch() {
        List<String> lines = HistoryCsv.write(example).lines().toList();

        assertThat(lines).hasSize(1 + 3 * 10);
        assertThat(lines.get(0)).isEqualTo("strategy,epoch,phase,loss,accuracy,validationLoss,validationAccuracy");
        assertThat(lines.get(1)).startsWith("feature-extraction@dense,1,all,0.");
    }

    @Test
    void leavesMissingNumbersEmptyAndQuotesNames() {
        ExperimentResult odd = Variations.with(
                example,
                List.of(Variations.named(
                        Variations.withoutLosses(example.results().get(2)), "a, \"b\"")),
                List.of(),
                example.verdict());

        assertThat(HistoryCsv.write(odd))
                .contains("\n\"a, \"\"b\"\"\",1,head,,0.")
                .contains(",,\n");
    }
}
