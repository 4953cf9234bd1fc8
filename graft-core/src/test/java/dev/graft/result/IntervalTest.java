package dev.graft.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.error.SettingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class IntervalTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void isWrittenAsItsTwoEnds() {
        assertThat(JSON.writeValueAsString(new Interval(0.25, 0.75))).isEqualTo("[0.25,0.75]");
    }

    @Test
    void readsBackWhatItWrites() {
        Interval interval = new Interval(-0.1, 1.0 / 3);

        assertThat(JSON.readValue(JSON.writeValueAsString(interval), Interval.class))
                .isEqualTo(interval);
    }

    @Test
    void endsInTheWrongOrderAreRefused() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> new Interval(0.6, 0.5))
                .withMessageContaining("[0.6, 0.5]");
        assertThatExceptionOfType(SettingsException.class).isThrownBy(() -> new Interval(Double.NaN, 0.5));
        assertThatExceptionOfType(SettingsException.class).isThrownBy(() -> new Interval(0.5, Double.NaN));
    }

    @Test
    void mayBeAPointAndContainsItsEnds() {
        assertThat(new Interval(0.5, 0.5).contains(0.5)).isTrue();
        Interval interval = new Interval(0, 1);
        assertThat(interval.contains(0)).isTrue();
        assertThat(interval.contains(1)).isTrue();
        assertThat(interval.contains(-1e-9)).isFalse();
        assertThat(interval.contains(1 + 1e-9)).isFalse();
        assertThat(interval.contains(Double.NaN)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[0.1]", "[0.1, 0.2, 0.3]", "[0.9, 0.1]", "[null, 1]", "{}", "0.5"})
    void anythingButTwoOrderedEndsIsRefused(String json) {
        assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> JSON.readValue(json, Interval.class));
    }
}
