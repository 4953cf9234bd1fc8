package dev.graft.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Regression from sums alone agrees with scikit-learn's on the rows. */
class RecordedTargetsTest {
    static Stream<JsonNode> cases() {
        return References.cases("regressions.json", "regressions");
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("cases")
    void regressionAgreesWithScikitLearn(JsonNode expected) {
        int width = expected.get("width").asInt();
        int targets = expected.get("count").asInt();
        float[] rows = References.floats(expected.get("rows"));
        float[] told = References.floats(expected.get("targets"));
        int count = told.length / targets;
        float[] together = new float[count * (width + targets)];
        for (int i = 0; i < count; i++) {
            System.arraycopy(rows, i * width, together, i * (width + targets), width);
            System.arraycopy(told, i * targets, together, i * (width + targets) + width, targets);
        }
        List<Integer> blocks = new ArrayList<>(References.list(expected.get("blocks")));
        Set<Integer> counted = IntStream.range(0, blocks.size()).boxed().collect(Collectors.toSet());
        blocks.add(targets);
        // In two parts, as additions come.
        int first = count / 2 * (width + targets);
        ClassStatistics statistics =
                part(together, 0, first, width + targets).plus(part(together, first, together.length, width + targets));

        float[] found = ClassDistances.of(
                        statistics, blocks, counted, expected.get("shrinkage").asDouble())
                .regression(targets)
                .of(References.floats(expected.get("asked")), 1);

        double[] right = References.doubles(expected.get("found"));
        double[] units = References.doubles(expected.get("units"));
        for (int i = 0; i < right.length; i++) {
            assertThat((double) found[i]).isCloseTo(right[i], within(1e-4 * units[i % targets]));
        }
    }

    private static ClassStatistics part(float[] rows, int from, int to, int width) {
        float[] some = Arrays.copyOfRange(rows, from, to);
        return ClassStatistics.of(some, width, new int[some.length / width], 1);
    }
}
