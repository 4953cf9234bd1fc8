package dev.graft.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import dev.graft.experiment.TargetSource.TargetData;
import dev.graft.optimization.TrainingSettings;
import dev.graft.result.ExperimentResult;
import dev.graft.result.SelectionResult;
import dev.graft.selection.Auto;
import dev.graft.selection.Budget;
import dev.graft.selection.SourceModels;
import dev.graft.source.Backbones;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FitBudgetIT {
    private static final LabeledImages ALL = Shapes.draw(700, 5);

    @Test
    void whereTheTimeIsSpentFewerAreJudgedAndWhatOnlyTellsMoreIsLeftOut() {
        Fit.Outcome outcome = fit(Budget.of(Duration.ofMillis(1)));

        ExperimentResult result = outcome.result();
        assertThat(result.target().test()).isEqualTo(100);
        assertThat(result.target().train()).isBetween(100, 150);
        SelectionResult selection =
                Objects.requireNonNull(result.results().get(0).selection());
        assertThat(selection.skipped())
                .anyMatch(line -> line.startsWith("judging 100 of 200 test examples"))
                .anyMatch(line -> line.startsWith("heat maps"))
                .anyMatch(line -> line.startsWith("LogME and H-score of every cut"));
        assertThat(outcome.pictures().heatMaps()).isEmpty();
        assertThat(outcome.model().confidence().temperature()).isPositive();
    }

    @Test
    void withoutABudgetNothingIsLeftOut() {
        ExperimentResult result = fit(Budget.unlimited()).result();

        assertThat(result.target().test()).isEqualTo(200);
        assertThat(result.target().train()).isEqualTo(400);
        assertThat(result.verdict().probes()).isNotEmpty().allSatisfy(probe -> assertThat(probe.logMe())
                .isNotNull());
    }

    private static Fit.Outcome fit(Budget budget) {
        LabeledImages test = range(500, 700);
        return Fit.run(
                SourceModels.of(List.of(Backbones.load("digits-cnn"))),
                Auto.unlimited(),
                new TargetData(range(0, 400), range(400, 500), test, test),
                TrainingSettings.defaults(),
                learning -> learning,
                learning -> learning,
                message -> {},
                () -> false,
                budget);
    }

    private static LabeledImages range(int from, int to) {
        return ALL.subset(IntStream.range(from, to).toArray());
    }
}
