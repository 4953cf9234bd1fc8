package dev.graft.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.optimization.DesignMatrix;
import dev.graft.optimization.LogisticSolver;
import dev.graft.optimization.LogisticSolver.Regression;
import dev.graft.optimization.NumberLoss;
import dev.graft.optimization.RowLosses;
import dev.graft.targets.Numbers;
import dev.graft.targets.TargetScale;
import dev.graft.targets.Targets;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Heads by the losses that a few wrong numbers hardly move, beside scipy's and cvxpy's, by {@code targets/make_robust.py}. */
class RobustHeadReferenceTest {
    private static final String FILE = "../targets/robust.json";
    private static final int WIDTH = 8;

    @ParameterizedTest
    @CsvSource({"HUBER, huber, 1e-4", "ABSOLUTE, absolute, 0.01"})
    void aHeadMinimisesThePenalisedLoss(NumberLoss loss, String name, double tolerance) {
        Targets targets = Targets.of(new Numbers(List.of("price", "size")), flat(Expected.value(FILE, "truth")));
        TargetScale scale = TargetScale.of(targets);
        double[] values = flat(Expected.value(FILE, "features"));
        float[] features = new float[values.length];
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) values[i];
        }
        LogisticSolver.Solution solution = LogisticSolver.solve(
                new Regression(
                        features,
                        WIDTH,
                        RowLosses.of(scale.standardised(targets), new float[0], loss),
                        List.of(),
                        Expected.value(FILE, "penalty").asDouble()),
                DesignMatrix::inJava);

        double[] wanted = flat(Expected.value(FILE, name));
        double furthest = 0;
        try (DesignMatrix rows = DesignMatrix.inJava(features, WIDTH)) {
            float[] outputs = solution.logits(rows);
            for (int i = 0; i < outputs.length; i++) {
                furthest = Math.max(furthest, Math.abs(outputs[i] - scale.standardised(i % 2, wanted[i])));
            }
        }
        assertThat(furthest).isCloseTo(0, within(tolerance));
    }

    private static double[] flat(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .flatMapToDouble(one -> one.isArray()
                        ? StreamSupport.stream(one.spliterator(), false).mapToDouble(JsonNode::asDouble)
                        : DoubleStream.of(one.asDouble()))
                .toArray();
    }
}
