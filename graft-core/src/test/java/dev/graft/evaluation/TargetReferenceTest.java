package dev.graft.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.optimization.Answers;
import dev.graft.optimization.DesignMatrix;
import dev.graft.optimization.LogisticSolver;
import dev.graft.optimization.LogisticSolver.Regression;
import dev.graft.optimization.RowLosses;
import dev.graft.result.MeasureResult;
import dev.graft.targets.Grades;
import dev.graft.targets.LabelSet;
import dev.graft.targets.Numbers;
import dev.graft.targets.TargetKind;
import dev.graft.targets.TargetScale;
import dev.graft.targets.Targets;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Heads and measures of labels, numbers and grades beside scikit-learn's, by {@code targets/make_expected.py}. */
class TargetReferenceTest {
    private static final String FILE = "../targets/expected.json";
    private static final double[] FEATURES = flat(Expected.value(FILE, "features"));
    private static final int WIDTH = 12;

    @Test
    void oneRegressionForEachLabelIsThatOfScikitLearn() {
        JsonNode expected = Expected.value(FILE, "labels");
        Targets targets = targets(new LabelSet(List.of("a", "b", "c", "d")), expected.get("truth"));
        float[][] told = Answers.of(targets.kind(), outputs(targets), 4);

        double[] wanted = flat(expected.get("probabilities"));
        for (int i = 0; i < wanted.length; i++) {
            assertThat(told[i / 4][i % 4]).isCloseTo((float) wanted[i], within(1e-4f));
        }
        assertMeasures(new Evaluation(told, targets), "micro F1", expected, 0.002);
    }

    @Test
    void aRidgeRegressionIsThatOfScikitLearn() {
        JsonNode expected = Expected.value(FILE, "numbers");
        Targets targets = targets(new Numbers(List.of("price", "size")), expected.get("truth"));
        TargetScale scale = TargetScale.of(targets);
        float[] outputs = outputs(scale.standardised(targets));
        float[][] told = new float[targets.size()][2];
        double[] wanted = flat(expected.get("told"));
        for (int i = 0; i < outputs.length; i++) {
            told[i / 2][i % 2] = (float) scale.restored(i % 2, outputs[i]);
            assertThat(told[i / 2][i % 2]).isCloseTo((float) wanted[i], within((float) scale.deviation(i % 2) * 1e-4f));
        }
        Evaluation evaluation = new Evaluation(told, targets);
        List<MeasureResult> others = TargetMeasures.others(evaluation);

        assertThat(evaluation.score()).isCloseTo(expected.get("R²").asDouble(), within(1e-4));
        for (int k = 0; k < 2; k++) {
            for (String name : List.of("mean absolute error", "root mean squared error")) {
                String unit = targets.kind().names().get(k);
                assertThat(others.stream()
                                .filter(one ->
                                        one.name().equals(name) && one.unit().equals(unit))
                                .findFirst()
                                .orElseThrow()
                                .value())
                        .isCloseTo(expected.get(name).get(k).asDouble(), within(1e-3 * scale.deviation(k)));
            }
        }
    }

    @Test
    void gradesAreSaidByTheMedianAndAgreeAsScikitLearnSays() {
        JsonNode expected = Expected.value(FILE, "grades");
        Targets targets = targets(new Grades(List.of("1", "2", "3", "4", "5")), expected.get("truth"));
        double[] probabilities = flat(expected.get("probabilities"));
        float[][] told = new float[targets.size()][5];
        for (int i = 0; i < probabilities.length; i++) {
            told[i / 5][i % 5] = (float) probabilities[i];
        }
        Evaluation evaluation = new Evaluation(told, targets);

        assertThat(evaluation.predicted()).containsExactly(Expected.integers(expected.get("told")));
        assertMeasures(evaluation, "quadratic kappa", expected, 1e-9);
    }

    private static void assertMeasures(Evaluation evaluation, String primary, JsonNode expected, double tolerance) {
        assertThat(TargetMeasures.primary(evaluation.kind())).isEqualTo(primary);
        assertThat(evaluation.score()).isCloseTo(expected.get(primary).asDouble(), within(tolerance));
        for (MeasureResult one : TargetMeasures.others(evaluation)) {
            JsonNode wanted = expected.get(one.name());
            if (wanted != null) {
                assertThat(one.value()).as(one.name()).isCloseTo(wanted.asDouble(), within(tolerance));
            }
        }
    }

    /** The outputs of a linear head for the rows that it was solved on. */
    private static float[] outputs(Targets targets) {
        float[] features = new float[FEATURES.length];
        IntStream.range(0, features.length).forEach(i -> features[i] = (float) FEATURES[i]);
        Regression regression = new Regression(
                features,
                WIDTH,
                RowLosses.of(targets, new float[0]),
                List.of(),
                Expected.value(FILE, "penalty").asDouble());
        LogisticSolver.Solution solution = LogisticSolver.solve(regression, DesignMatrix::inJava);
        try (DesignMatrix rows = DesignMatrix.inJava(features, WIDTH)) {
            return solution.logits(rows);
        }
    }

    private static Targets targets(TargetKind kind, JsonNode truth) {
        return Targets.of(kind, flat(truth));
    }

    private static double[] flat(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .flatMapToDouble(one -> one.isArray()
                        ? StreamSupport.stream(one.spliterator(), false).mapToDouble(JsonNode::asDouble)
                        : DoubleStream.of(one.asDouble()))
                .toArray();
    }
}
