package dev.graft.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.error.TrainingException;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.head.Head;
import dev.graft.strategy.Frozen;
import dev.graft.strategy.Strategy;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FreezeContractIT {
    private static final Head MLP = Head.Mlp.defaults();
    private static final Head SOLVED = Head.LogisticRegression.defaults();

    static Stream<Arguments> phases() {
        return Stream.of(
                Arguments.of("solved head", Tiny.freezing(Frozen.everything(), SOLVED), List.of("stem", "body")),
                Arguments.of("trained head", Tiny.freezing(Frozen.everything(), MLP), List.of("stem", "body")),
                Arguments.of(
                        "frozen past the cut", Tiny.freezing(Frozen.through("logits"), MLP), List.of("stem", "body")),
                Arguments.of("frozen prefix", Tiny.freezing(Frozen.through("stem"), MLP), List.of("stem")),
                Arguments.of("nothing frozen", Tiny.freezing(Frozen.nothing(), MLP), List.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("phases")
    void frozenWeightsAndRunningStatisticsAreByteIdenticalAndAllOthersMove(
            String name, Strategy strategy, List<String> frozen) {
        WeightSet before = Tiny.backbone().weights();

        WeightSet after = Tiny.learning(strategy).run().weights();

        assertThat(after.names().stream().filter(tensor -> !tensor.startsWith(Head.PREFIX)))
                .hasSize(15)
                .allSatisfy(tensor -> {
                    if (frozen.stream().anyMatch(tensor::startsWith)) {
                        assertThat(after.get(tensor)).as(tensor).isEqualTo(before.get(tensor));
                    } else {
                        assertThat(after.get(tensor)).as(tensor).isNotEqualTo(before.get(tensor));
                    }
                });
    }

    @Test
    void aMovedFrozenWeightFailsTheRun() {
        WeightSet weights = Tiny.backbone().weights();
        try (FeatureCache cache = FeatureCache.withDefaults();
                FrozenParts frozen = new FrozenParts(plan(Frozen.through("stem")), weights, cache)) {
            assertThat(frozen.rows(List.of(View.plain(Tiny.TRAIN)))).isNotEmpty();

            assertThatCode(() -> frozen.verifyUnmoved(weights)).doesNotThrowAnyException();
            assertThatCode(() -> frozen.verifyUnmoved(nudged(weights, "body.conv.weight")))
                    .doesNotThrowAnyException();
            assertThatThrownBy(() -> frozen.verifyUnmoved(nudged(weights, "stem.conv.weight")))
                    .isInstanceOf(TrainingException.class)
                    .hasMessageContaining("Frozen weights changed")
                    .hasMessageContaining("stem");
            assertThatThrownBy(() -> frozen.verifyUnmoved(nudged(weights, "stem.norm.running_var")))
                    .isInstanceOf(TrainingException.class);
        }
    }

    private static PhasePlan plan(Frozen frozen) {
        return Tiny.plan(Tiny.NETWORK, Cut.at("pool"), MLP.layers(6, 2), 2, frozen);
    }

    private static WeightSet nudged(WeightSet weights, String name) {
        FloatTensor tensor = weights.get(name);
        float[] values = tensor.values().clone();
        values[0] = Math.nextUp(values[0]);
        Map<String, FloatTensor> all = new LinkedHashMap<>(weights.asMap());
        all.put(name, FloatTensor.of(values, tensor.shape()));
        return WeightSet.of(all);
    }
}
