package dev.graft.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.error.DataException;
import dev.graft.result.ExperimentResult;
import dev.graft.result.Interval;
import dev.graft.result.ProbeResult;
import dev.graft.result.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class MetricsJsonTest {
    private final ExperimentResult example = ExampleExperiment.shapes(List.of("方形", "<b>圆形</b> \"q\""));

    @Test
    void readsBackWhatItWrote() {
        assertThat(MetricsJson.fromJson(MetricsJson.toJson(example))).isEqualTo(example);
    }

    @Test
    void readsBackWhatIsKnownOfConfidencesAndData() {
        ExperimentResult own = OwnImages.experiment(4);
        String json = MetricsJson.toJson(own);

        assertThat(MetricsJson.fromJson(json)).isEqualTo(own);
        JsonNode tree = new JsonMapper().readTree(json);
        for (String pointer : List.of(
                "/target/balance/3/validation",
                "/target/warnings/0",
                "/results/0/calibration/temperature",
                "/results/0/calibration/fittedOn",
                "/results/0/calibration/eceBefore",
                "/results/0/calibration/eceAfter",
                "/results/0/calibration/binsAfter/0/count",
                "/results/0/unknown/confidence",
                "/results/0/unknown/test/refusedShare",
                "/results/0/unknown/test/acceptedAccuracy",
                "/results/0/topLosses/0/index",
                "/results/0/topLosses/0/loss",
                "/results/0/topLosses/0/caption")) {
            assertThat(tree.at(pointer).isMissingNode()).as(pointer).isFalse();
        }
    }

    @Test
    void keepsWhatWasSaidOnTheWayOnceEachAndInOrder() {
        ExperimentResult noted = example.withNotes(List.of("one", "another", "one"));

        JsonNode notes = new JsonMapper().readTree(MetricsJson.toJson(noted)).get("notes");

        assertThat(notes.values().stream().map(JsonNode::asString)).containsExactly("one", "another");
        assertThat(MetricsJson.fromJson(MetricsJson.toJson(noted))).isEqualTo(noted);
    }

    @Test
    void readsAnExperimentOfBeforeNotesWereKept() {
        ObjectNode tree = (ObjectNode) new JsonMapper().readTree(MetricsJson.toJson(example));
        tree.remove("notes");

        assertThat(MetricsJson.fromJson(tree.toString())).isEqualTo(example);
    }

    @Test
    void readsWhatWasWrittenBeforeConfidencesWereMeasured() {
        ObjectNode tree = (ObjectNode) new JsonMapper().readTree(MetricsJson.toJson(example));
        ((ObjectNode) tree.get("target")).remove(List.of("balance", "warnings"));
        for (JsonNode row : tree.get("results")) {
            ((ObjectNode) row).remove(List.of("calibration", "unknown", "topLosses"));
            row.get("gallery").forEach(one -> ((ObjectNode) one).remove(List.of("loss", "caption")));
        }

        assertThat(MetricsJson.fromJson(tree.toString())).isEqualTo(example);
    }

    @Test
    void hasTheKeysThatOtherToolsRead() {
        JsonNode json = new JsonMapper().readTree(MetricsJson.toJson(example));

        for (String pointer : List.of(
                "/command",
                "/seed",
                "/version",
                "/hardware/cpu",
                "/hardware/threads",
                "/source/backbone",
                "/source/pretrained",
                "/source/testAccuracy",
                "/source/epochs",
                "/source/seconds",
                "/target/name",
                "/target/classes/0",
                "/target/train",
                "/target/test",
                "/results/0/strategy",
                "/results/0/cut",
                "/results/0/pooling",
                "/results/0/head",
                "/results/0/testAccuracy",
                "/results/0/testLoss",
                "/results/0/interval/1",
                "/results/0/epochs",
                "/results/0/featureSeconds",
                "/results/0/trainSeconds",
                "/results/0/trainableParameters",
                "/results/0/totalParameters",
                "/results/1/history/0/epoch",
                "/results/1/history/0/loss",
                "/results/1/history/0/accuracy",
                "/results/1/history/0/validationLoss",
                "/results/1/history/0/validationAccuracy",
                "/curve/0/samples",
                "/curve/0/strategy",
                "/curve/0/meanAccuracy",
                "/curve/0/interval/0",
                "/curve/0/seeds",
                "/verdict/recommended",
                "/verdict/negativeTransfer/0",
                "/verdict/because")) {
            assertThat(json.at(pointer).isMissingNode()).as(pointer).isFalse();
        }
    }

    @Test
    void keepsTheOrderOfTheRecords() {
        assertThat(MetricsJson.toJson(example)).startsWith("{\n  \"command\" : \"demo\",\n  \"seed\" : 42,");
    }

    @Test
    void writesNumbersThatAreNotFiniteAsNull() {
        ExperimentResult odd = Variations.with(
                example,
                example.results().stream().map(Variations::withoutLosses).toList(),
                List.of(),
                new Verdict(
                        "",
                        List.of(),
                        "",
                        List.of(new ProbeResult(
                                "conv1",
                                "none",
                                3,
                                Double.NaN,
                                new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)))));
        String json = MetricsJson.toJson(odd);

        assertThat(json).contains("\"testLoss\" : null", "\"accuracy\" : null").doesNotContain("NaN", "Infinity");
        assertThat(MetricsJson.fromJson(json)).isEqualTo(odd);
    }

    @Test
    void passesOverKeysFromLaterVersions() {
        String json = MetricsJson.toJson(example).replaceFirst("\\{", "{\"later\": {\"a\": [1, 2]},");

        assertThat(MetricsJson.fromJson(json)).isEqualTo(example);
    }

    @Test
    void refusesADuplicateKey() {
        String json = MetricsJson.toJson(example).replaceFirst("\"seed\" : 42,", "\"seed\" : 42, \"seed\" : 43,");

        assertThatThrownBy(() -> MetricsJson.fromJson(json))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Duplicate")
                .hasMessageContaining("line 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "{\"command\": \"demo\"}", "{\"seed\": \"many\"}", "nonsense"})
    void refusesWhatIsNotAnExperiment(String json) {
        assertThatThrownBy(() -> MetricsJson.fromJson(json))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("metrics.json")
                .hasMessageContaining("expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[0.5]", "[0.5, \"1\"]", "[0.9, 0.1]", "0.5", "[0.1, 0.2, 0.3]"})
    void refusesAnIntervalThatIsNone(String interval) {
        String json =
                MetricsJson.toJson(example).replaceFirst("\"interval\" : \\[[^\\]]*\\]", "\"interval\" : " + interval);

        assertThatThrownBy(() -> MetricsJson.fromJson(json)).isInstanceOf(DataException.class);
    }
}
