package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.PointwiseLinear;
import dev.graft.layer.SelfAttention;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attention in one operation computes what it computes step by step, as in training. */
class FusedAttentionIT {
    private static final int WIDTH = 24;
    private static final int TOKENS = 70;
    private static final ActivationShape SEQUENCE = ActivationShape.sequence(TOKENS, WIDTH);

    @Test
    void theEngineKnowsTheOperation() {
        assertThat(FusedAttention.canRun()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void tokensAreThoseOfTheSeparateOperations(boolean joined, boolean causal) {
        SelfAttention layer = attention(joined, causal);

        for (int[] lengths : new int[][] {{TOKENS}, {1}, {3, 3}, {1, TOKENS, 17, 64}}) {
            float[] rows = rows(lengths);

            float[] fused = run(layer, rows, lengths.length, Pass.inference());
            float[] separate = run(layer, rows, lengths.length, Pass.training(1));

            assertThat(Numbers.largestDifference(fused, separate))
                    .as(Arrays.toString(lengths))
                    .isLessThan(1e-5);
        }
    }

    @Test
    void whatStandsBeyondAnExamplesLengthIsNeverSeen() {
        SelfAttention layer = attention(false, false);
        int[] lengths = {5, TOKENS};
        float[] rows = rows(lengths);
        float[] other = rows.clone();
        Arrays.fill(other, 1 + 5 * WIDTH, SEQUENCE.rowLength(), 50f);

        assertThat(run(layer, other, 2, Pass.inference())).isEqualTo(run(layer, rows, 2, Pass.inference()));
    }

    private static SelfAttention attention(boolean joined, boolean causal) {
        List<PointwiseLinear> inputs = joined
                ? List.of(new PointwiseLinear("all", WIDTH, 3 * WIDTH))
                : Stream.of("query", "key", "value")
                        .map(name -> new PointwiseLinear(name, WIDTH, WIDTH))
                        .toList();
        return new SelfAttention(inputs, new PointwiseLinear("out", WIDTH, WIDTH), 4, causal, 0);
    }

    private static float[] rows(int[] lengths) {
        float[] rows = Numbers.random(lengths.length * SEQUENCE.rowLength());
        for (int i = 0; i < lengths.length; i++) {
            rows[i * SEQUENCE.rowLength()] = lengths[i];
        }
        return rows;
    }

    private static float[] run(SelfAttention layer, float[] rows, int batch, Pass pass) {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        layer.parameters()
                .forEach(spec -> tensors.put(
                        spec.name(),
                        FloatTensor.of(Numbers.random(Math.toIntExact(spec.elements())), spec.shapeArray())));
        try (NDManager scope = TensorEngine.newScope()) {
            Parameters parameters = Parameters.of(scope, layer.parameters(), WeightSet.of(tensors));
            Entry entry = Entry.of(scope.create(rows, new Shape(batch, SEQUENCE.rowLength())), SEQUENCE, pass);
            return entry.toRows(
                    Objects.requireNonNull(Kernels.run(List.of(layer), entry.activation(), parameters, entry.pass())),
                    SEQUENCE);
        }
    }
}
