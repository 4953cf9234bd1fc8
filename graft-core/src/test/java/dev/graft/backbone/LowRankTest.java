package dev.graft.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.backbone.LowRank.Projection;
import dev.graft.error.SettingsException;
import dev.graft.layer.Adapter;
import dev.graft.layer.ParameterSpec;
import dev.graft.layer.ParameterSpec.Role;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LowRankTest {
    private static final Architecture DIGITS = Architectures.named("digits-cnn");
    private static final LowRank BOTH =
            new LowRank(new Adapter(2, 4, 0), Set.of(Projection.ATTENTION, Projection.FEED_FORWARD));

    @Test
    void onlyAdaptersAreLearnedAndTheClassifierIsLeft() {
        Architecture adapted = BOTH.adapt(DIGITS);

        assertThat(adapted.featureStages().stream().flatMap(stage -> stage.parameters().stream()))
                .filteredOn(ParameterSpec::learned)
                .extracting(ParameterSpec::name)
                .containsExactly("dense.lora_A.weight", "dense.lora_B.weight");
        assertThat(adapted.classifier()).isEqualTo(DIGITS.classifier());
    }

    @Test
    void freshAdaptersChangeNothing() {
        WeightSet plain = DIGITS.weightInitialization().initialize(DIGITS.parameters(), 1);
        WeightSet fresh = Initialization.GLOROT_UNIFORM.initialize(
                BOTH.adapt(DIGITS).parameters().stream()
                        .filter(spec -> spec.role().ofAdapter())
                        .toList(),
                1);

        assertThat(fresh.get("dense.lora_A.weight").values()).doesNotContain(0f);
        assertThat(BOTH.merge(DIGITS, plain.plus(fresh))).isEqualTo(plain);
    }

    @Test
    void mergingAddsTheScaledProduct() {
        WeightSet plain = DIGITS.weightInitialization().initialize(DIGITS.parameters(), 1);
        Map<String, FloatTensor> tensors = new LinkedHashMap<>(plain.asMap());
        float[] before = plain.get("dense.weight").values();
        float[] down = new float[2 * 1600];
        down[3] = 5;
        down[1600 + 3] = 7;
        float[] up = new float[64 * 2];
        up[2] = 0.5f;
        up[3] = 0.25f;
        tensors.put("dense.lora_A.weight", FloatTensor.of(down, 2, 1600));
        tensors.put("dense.lora_B.weight", FloatTensor.of(up, 64, 2));

        float[] merged =
                BOTH.merge(DIGITS, WeightSet.of(tensors)).get("dense.weight").values();

        assertThat(merged[1600 + 3]).isEqualTo(before[1600 + 3] + 2 * (0.5f * 5 + 0.25f * 7));
        assertThat(merged[1600 + 4]).isEqualTo(before[1600 + 4]);
    }

    @Test
    void refusesWhatHasNoProjectionsOrStatisticsThatMove() {
        assertThatThrownBy(() -> new LowRank(BOTH.adapter(), Set.of(Projection.ATTENTION)).adapt(DIGITS))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("no dense layer");
        assertThatThrownBy(() -> BOTH.adapt(Architectures.named("cifar-resnet")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("batch normalisation");
        assertThatThrownBy(() -> new Adapter(0, 1, 0)).isInstanceOf(SettingsException.class);
        assertThatThrownBy(() -> new Adapter(1, Float.NaN, 0)).isInstanceOf(SettingsException.class);
    }

    @Test
    void whatStaysAsItIsIsNeverDrawnAtRandom() {
        ParameterSpec fixed = ParameterSpec.of("w", Role.FIXED, 2, 2);

        assertThatThrownBy(() -> Initialization.GLOROT_UNIFORM.initialize(List.of(fixed), 1))
                .isInstanceOf(SettingsException.class);
    }
}
