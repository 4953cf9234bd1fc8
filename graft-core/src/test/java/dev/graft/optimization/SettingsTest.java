package dev.graft.optimization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.graft.error.SettingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final TrainingSettings DEFAULTS = TrainingSettings.defaults();

    @ParameterizedTest
    @ValueSource(doubles = {0, -1e-3, Double.NaN, Double.POSITIVE_INFINITY})
    void aLearningRateThatIsNotAPositiveNumberIsRefused(double rate) {
        assertThatThrownBy(() -> DEFAULTS.withLearningRate(rate))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("learning rate")
                .hasMessageContaining("a finite number above 0")
                .hasMessageContaining(String.valueOf(rate));
    }

    @ParameterizedTest
    @CsvSource({"1, 40, 16", "32, 40, 16", "128, 13, 16", "399, 5, 16", "1000, 4, 32", "1067, 3, 32", "67349, 3, 32"})
    void aTransformerSeesFewTextsInMoreEpochs(int examples, int epochs, int batchSize) {
        TrainingSettings settings = TrainingSettings.forTransformers(examples);

        assertThat(settings.epochs()).isEqualTo(epochs);
        assertThat(settings.batchSize()).isEqualTo(batchSize);
    }

    @Test
    void countsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> DEFAULTS.withEpochs(0)).hasMessageContaining("epochs");
        assertThatThrownBy(() -> DEFAULTS.withEpochs(-1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> DEFAULTS.withBatchSize(0)).hasMessageContaining("batch size");
        assertThatThrownBy(() -> DEFAULTS.withPatience(-1)).hasMessageContaining("patience");
        assertThatThrownBy(() -> DEFAULTS.withClipNorm(0)).hasMessageContaining("gradient norm limit");
        assertThatThrownBy(() -> DEFAULTS.withClipNorm(Double.NaN)).hasMessageContaining("gradient norm limit");
    }

    @Test
    void eachWithChangesItsOwnSettingAlone() {
        TrainingSettings changed = DEFAULTS.withEpochs(3)
                .withBatchSize(7)
                .withLearningRate(0.5)
                .withOptimizer(Optimizer.adamW(0.1f))
                .withSchedule(Schedule.COSINE)
                .withClipNorm(2)
                .withPatience(4)
                .withSeed(9);

        assertThat(changed).isEqualTo(new TrainingSettings(3, 7, 0.5, Optimizer.adamW(0.1f), Schedule.COSINE, 2, 4, 9));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0.999, 1e-7, 0",
        "-0.1, 0.999, 1e-7, 0",
        "0.9, 1, 1e-7, 0",
        "0.9, 0.999, 0, 0",
        "0.9, 0.999, NaN, 0",
        "0.9, 0.999, 1e-7, -0.1",
        "0.9, 0.999, 1e-7, Infinity"
    })
    void anOptimizerOutOfRangeIsRefused(float beta1, float beta2, float epsilon, float weightDecay) {
        assertThatThrownBy(() -> new Optimizer(Optimizer.Kind.ADAM, beta1, beta2, epsilon, weightDecay))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("out of range");
        assertThatCode(() -> new Optimizer(Optimizer.Kind.ADAM, 0, 0, 1e-7f, 0)).doesNotThrowAnyException();
    }

    @Test
    void theBiasCorrectionIsAdams() {
        assertThat(Optimizer.adam().biasCorrection(1)).isCloseTo(Math.sqrt(0.001) / 0.1, within(1e-5));
        assertThat(Optimizer.adam().biasCorrection(1_000_000)).isCloseTo(1, within(1e-6));
    }
}
