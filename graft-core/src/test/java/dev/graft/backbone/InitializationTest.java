package dev.graft.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.error.SettingsException;
import dev.graft.layer.Layer;
import dev.graft.layer.ParameterSpec;
import dev.graft.weights.WeightSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class InitializationTest {
    private static final ParameterSpec KERNEL = ParameterSpec.of("k.weight", ParameterSpec.Role.WEIGHT, 64, 32, 3, 3);
    private static final ParameterSpec MATRIX = ParameterSpec.of("m.weight", ParameterSpec.Role.WEIGHT, 40, 60);

    @Test
    void glorotDrawsUniformlyWithinItsBound() {
        assertUniform(Initialization.GLOROT_UNIFORM, KERNEL, Math.sqrt(6.0 / (32 * 9 + 64 * 9)));
        assertUniform(Initialization.GLOROT_UNIFORM, MATRIX, Math.sqrt(6.0 / (60 + 40)));
    }

    @Test
    void heDrawsUniformlyWithinItsBound() {
        assertUniform(Initialization.HE_UNIFORM, KERNEL, Math.sqrt(6.0 / (32 * 9)));
        assertUniform(Initialization.HE_UNIFORM, MATRIX, Math.sqrt(6.0 / 60));
    }

    @Test
    void biasesStartAtZeroAndScalesAtOne() {
        WeightSet weights = Initialization.HE_UNIFORM.initialize(
                Layer.BatchNorm2d.of("b", 3).parameters(), 1);

        assertThat(weights.get("b.weight").values()).containsOnly(1f);
        assertThat(weights.get("b.bias").values()).containsOnly(0f);
        assertThat(weights.get("b.running_mean").values()).containsOnly(0f);
        assertThat(weights.get("b.running_var").values()).containsOnly(1f);
    }

    @Test
    void aSeedMeansTheSameBitsOnEveryMachine() {
        Architecture digits = Architectures.named("digits-cnn");

        assertThat(Initialization.GLOROT_UNIFORM
                        .initialize(digits.parameters(), 42)
                        .digest())
                .isEqualTo("d14ffe7978bb1bea652d721e7a859ee8fb8ccab492ac52737d88e0d07945e87f");
        assertThat(Initialization.HE_UNIFORM.initialize(digits.parameters(), -1).digest())
                .isEqualTo("4f1b52ca672ffb1db4f21b6c155c42e39f2e2cb94ac86b8785155df3bc61d62a");
    }

    @Test
    void anotherSeedGivesOtherValues() {
        assertThat(values(Initialization.GLOROT_UNIFORM, MATRIX, 1))
                .isNotEqualTo(values(Initialization.GLOROT_UNIFORM, MATRIX, 2));
    }

    @Test
    void anotherNameGivesOtherValues() {
        ParameterSpec renamed = new ParameterSpec("n.weight", MATRIX.shape(), MATRIX.role());

        assertThat(values(Initialization.GLOROT_UNIFORM, MATRIX, 1))
                .isNotEqualTo(values(Initialization.GLOROT_UNIFORM, renamed, 1));
    }

    @Test
    void anotherLayerLeavesTheOthersAsTheyWere() {
        WeightSet alone = Initialization.GLOROT_UNIFORM.initialize(List.of(MATRIX), 3);
        WeightSet both = Initialization.GLOROT_UNIFORM.initialize(List.of(KERNEL, MATRIX), 3);

        assertThat(both.get("m.weight")).isEqualTo(alone.get("m.weight"));
    }

    @Test
    void aWeightWithoutInputAxisIsRefused() {
        ParameterSpec flat = ParameterSpec.of("flat", ParameterSpec.Role.WEIGHT, 5);

        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Initialization.GLOROT_UNIFORM.initialize(List.of(flat), 1))
                .withMessageContaining("(out, in)");
    }

    private static float[] values(Initialization initialization, ParameterSpec spec, long seed) {
        return initialization.initialize(List.of(spec), seed).get(spec.name()).values();
    }

    private static void assertUniform(Initialization initialization, ParameterSpec spec, double bound) {
        float[] values = values(initialization, spec, 7);
        double sum = 0;
        double squares = 0;
        float largest = 0;
        for (float value : values) {
            assertThat(Math.abs(value)).isLessThanOrEqualTo((float) bound);
            largest = Math.max(largest, Math.abs(value));
            sum += value;
            squares += (double) value * value;
        }
        // More than 2,000 draws: the extremes come near the bound, and the variance near bound² / 3.
        assertThat(largest).isGreaterThan((float) (0.99 * bound));
        assertThat(Math.abs(sum / values.length)).isLessThan(0.05 * bound);
        assertThat(squares / values.length).isBetween(0.93 * bound * bound / 3, 1.07 * bound * bound / 3);
    }
}
