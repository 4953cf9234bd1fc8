package dev.graft.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.Image;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ResultRecordsTest {
    private static final Interval HALF = new Interval(0.4, 0.6);

    @Test
    void anExperimentSurvivesJson() {
        ExperimentResult experiment =
                experiment(new ArrayList<>(List.of(strategy())), new ArrayList<>(List.of(point())));
        JsonMapper json = JsonMapper.shared();

        ExperimentResult read = json.readValue(json.writeValueAsString(experiment), ExperimentResult.class);

        assertThat(read).isEqualTo(experiment);
    }

    @Test
    void anExperimentCopiesItsLists() {
        List<StrategyResult> results = new ArrayList<>(List.of(strategy()));
        List<CurvePoint> curve = new ArrayList<>(List.of(point()));
        ExperimentResult experiment = experiment(results, curve);
        results.clear();
        curve.clear();

        assertThat(experiment.results()).hasSize(1);
        assertThat(experiment.curve()).hasSize(1);
    }

    @Test
    void aStrategyCopiesItsLists() {
        List<Double> accuracies = new ArrayList<>(List.of(0.5));
        List<StageSummary> summary = new ArrayList<>(List.of(new StageSummary("s", "l", "(1)", 2, true)));
        List<EpochResult> history = new ArrayList<>(List.of(new EpochResult(1, "p", 1, 0.5, 1, 0.5)));
        List<PredictionResult> gallery = new ArrayList<>(List.of(new PredictionResult(0, 1, 1, 0.9)));
        StrategyResult result = strategy(accuracies, summary, history, gallery);
        accuracies.clear();
        summary.clear();
        history.clear();
        gallery.clear();

        assertThat(result.seedAccuracies()).hasSize(1);
        assertThat(result.summary()).hasSize(1);
        assertThat(result.history()).hasSize(1);
        assertThat(result.gallery()).hasSize(1);
    }

    @Test
    void aClassificationCopiesRowsAndClasses() {
        List<Integer> row = new ArrayList<>(List.of(3));
        List<List<Integer>> rows = new ArrayList<>(List.of(row));
        List<Classification.ClassResult> classes = new ArrayList<>();
        classes.add(new Classification.ClassResult("a", 1, 1, 1, 3));
        Classification classification = new Classification(rows, classes, 1, 1, 1);
        row.set(0, 9);
        rows.clear();
        classes.clear();

        assertThat(classification.confusion()).containsExactly(List.of(3));
        assertThat(classification.classes()).hasSize(1);
    }

    @Test
    void theOtherRecordsCopyTheirCollections() {
        List<String> names = new ArrayList<>(List.of("a"));
        List<Double> accuracies = new ArrayList<>(List.of(0.5));
        List<ProbeResult> probes = new ArrayList<>(List.of(new ProbeResult("c", "mean", 3, 0.5, HALF)));
        Map<Integer, Image> images = new HashMap<>(Map.of(0, new Image(1, 1, 1, new byte[1])));
        Verdict verdict = new Verdict("a", names, "because", probes);
        TargetTask task = new TargetTask("t", names, 1, 0, 1, 0, "00");
        CurvePoint point = new CurvePoint(10, "s", 0.5, HALF, 1, accuracies);
        ReportPictures pictures = new ReportPictures(new ArrayList<>(), new ArrayList<>(), images);
        names.clear();
        accuracies.clear();
        probes.clear();
        images.clear();

        assertThat(verdict.negativeTransfer()).hasSize(1);
        assertThat(verdict.probes()).hasSize(1);
        assertThat(task.classes()).hasSize(1);
        assertThat(point.seedAccuracies()).hasSize(1);
        assertThat(pictures.testImages()).hasSize(1);
    }

    @Test
    void aPredictionIsCorrectIfItIsTheTruth() {
        assertThat(new PredictionResult(0, 1, 1, 0.9).correct()).isTrue();
        assertThat(new PredictionResult(0, 1, 0, 0.9).correct()).isFalse();
    }

    @Test
    void theVersionIsFilledInByTheBuild() {
        assertThat(GraftVersion.current()).matches("\\d+\\.\\d+.*");
    }

    private static ExperimentResult experiment(List<StrategyResult> results, List<CurvePoint> curve) {
        return new ExperimentResult(
                "demo",
                42,
                3,
                "0.1.0",
                new Hardware("cpu", 2, "Linux", "17", "PyTorch"),
                new SourceModel("digits-cnn", "embedded", "mnist", 0.99, 3, 1.5, "00"),
                new TargetTask("shapes", List.of("square", "circle"), 500, 0, 200, 1000, "11"),
                results,
                curve,
                List.of(),
                new Verdict("a", List.of("b"), "because", List.of(new ProbeResult("c", "mean", 3, 0.5, HALF))),
                12.5);
    }

    private static CurvePoint point() {
        return new CurvePoint(10, "s", 0.5, HALF, 2, List.of(0.4, 0.6));
    }

    private static StrategyResult strategy() {
        return strategy(
                List.of(0.5),
                List.of(new StageSummary("s", "l", "(1)", 2, true)),
                List.of(new EpochResult(1, "p", 1, 0.5, 1, 0.5)),
                List.of(new PredictionResult(0, 1, 1, 0.9)));
    }

    private static StrategyResult strategy(
            List<Double> accuracies,
            List<StageSummary> summary,
            List<EpochResult> history,
            List<PredictionResult> gallery) {
        Classification classification = new Classification(
                List.of(List.of(1, 0), List.of(0, 1)),
                List.of(new Classification.ClassResult("square", 1, 1, 1, 1)),
                1,
                1,
                1);
        return new StrategyResult(
                        new StrategyResult.Description("fine-tuning", "conv1", "mean", "mlp"),
                        new StrategyResult.Score(0.5, 0.7, HALF, "wilson", accuracies),
                        new StrategyResult.Cost(10, 0.1, 0.2, 33, 44),
                        new StrategyResult.FirstSeed(summary, history, classification, gallery))
                .withAgainstScratch(new Difference(0.1, new Interval(0, 0.2), "student-t over seeds", 3));
    }
}
