package dev.graft.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.error.SettingsException;
import dev.graft.prediction.PredictionSettings.Rejection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictionSettingsTest {
    @ParameterizedTest
    @ValueSource(ints = {-5, 0})
    void fewerThanOneClassIsRefused(int top) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> PredictionSettings.top(top))
                .withMessageContaining("top " + top);
    }

    @ParameterizedTest
    @ValueSource(doubles = {7, -0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void whatIsNoConfidenceIsRefusedAsThreshold(double threshold) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> PredictionSettings.top(1).withThreshold(threshold))
                .withMessageContaining("threshold " + threshold);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, Double.NaN})
    void coverageIsAShare(double coverage) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> PredictionSettings.top(1).withCoverage(coverage))
                .withMessageContaining("coverage " + coverage);
    }

    @Test
    void theEndsOfTheRangeOfConfidencesAreThresholds() {
        assertThat(PredictionSettings.top(1).withThreshold(0.0).rejection()).isEqualTo(Rejection.CONFIDENCE);
        assertThat(PredictionSettings.top(1).withThreshold(1.0).threshold()).isEqualTo(1.0);
    }
}
