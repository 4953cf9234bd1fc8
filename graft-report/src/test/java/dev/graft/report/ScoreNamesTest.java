package dev.graft.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.result.ExperimentResult;
import dev.graft.result.StrategyResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What files call a measure that is no accuracy. */
final class ScoreNamesTest {
    @ParameterizedTest
    @EnumSource
    void readsBackWhatItWrote(OtherTargets kind) {
        ExperimentResult odd = kind.experiment(kind.names(), Double.NaN);

        assertThat(MetricsJson.fromJson(MetricsJson.toJson(kind.experiment()))).isEqualTo(kind.experiment());
        assertThat(MetricsJson.fromJson(MetricsJson.toJson(odd)).results())
                .extracting(StrategyResult::told)
                .isEqualTo(odd.results().stream().map(StrategyResult::told).toList());
    }

    @ParameterizedTest
    @EnumSource
    void namesNoAccuracyButThatOfTheSource(OtherTargets kind) {
        String json = MetricsJson.toJson(kind.experiment());
        JsonNode tree = new JsonMapper().readTree(json);

        for (String pointer : List.of(
                "/source/testAccuracy",
                "/target/measure",
                "/results/0/testScore",
                "/results/0/seedScores/0",
                "/results/0/history/0/score",
                "/results/0/history/0/validationScore",
                "/results/0/selection/promised",
                "/results/0/selection/candidates/0/score",
                "/results/0/selection/sources/0/score",
                "/results/0/selection/curve/0/meanScore",
                "/results/0/told/measures/0/interval/1",
                "/curve/0/meanScore",
                "/curve/0/seedScores/0",
                "/verdict/probes/0/score")) {
            assertThat(tree.at(pointer).isMissingNode()).as(pointer).isFalse();
        }
        assertThat(json.replace("\"source\" : {", "").split("Accurac|accurac", -1))
                .hasSize(2);
        assertThat(new JsonMapper().readTree(MetricsJson.line(kind.experiment())))
                .isEqualTo(tree);
    }

    @Test
    void accuraciesOfConfidencesKeepTheirName() {
        ExperimentResult own = OwnImages.experiment(4);
        ExperimentResult graded = own.withTarget(own.target().withTask("ordinal", "quadratic kappa"));
        JsonNode row = new JsonMapper().readTree(MetricsJson.toJson(graded)).at("/results/0");

        assertThat(row.at("/calibration/binsAfter/0/accuracy").isNumber()).isTrue();
        assertThat(row.at("/unknown/test/accuracy").isNumber()).isTrue();
        assertThat(MetricsJson.fromJson(MetricsJson.toJson(graded))).isEqualTo(graded);
    }

    @ParameterizedTest
    @EnumSource
    void historiesHaveScores(OtherTargets kind) {
        assertThat(HistoryCsv.write(kind.experiment()))
                .startsWith("strategy,epoch,phase,loss,score,validationLoss,validationScore\nfine-tuning,1,all,0.9,");
        Map<String, byte[]> events = TensorBoard.files(
                kind.experiment().results().get(0).history(),
                TargetWords.of(kind.experiment().target()));
        assertThat(events.values()).allSatisfy(file -> assertThat(new String(file, StandardCharsets.ISO_8859_1))
                .contains("epoch_score")
                .doesNotContain("epoch_accuracy"));
    }
}
