package dev.graft.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.error.SettingsException;
import dev.graft.layer.ActivationShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PoolingTest {
    @ParameterizedTest
    @CsvSource({"none, 240", "mean, 12", "max, 12", "mean+max, 24", "mean+max+std, 36", "quadrants, 48"})
    void featuresOfAMap(String label, int expected) {
        assertThat(Pooling.named(label).features(ActivationShape.map(12, 4, 5))).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(Pooling.class)
    void aVectorStaysAsItIs(Pooling pooling) {
        assertThat(pooling.features(ActivationShape.vector(64))).isEqualTo(64);
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "QUADRANTS"})
    void aSequenceIsNeitherTakenWholeNorQuartered(Pooling pooling) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> pooling.features(ActivationShape.sequence(7, 64)))
                .withMessageContaining("sequence of tokens")
                .withMessageContaining("found     " + pooling.label());
    }

    @ParameterizedTest
    @EnumSource(Pooling.class)
    void isFoundByItsLabel(Pooling pooling) {
        assertThat(Pooling.named(pooling.label())).isEqualTo(pooling);
    }

    @Test
    void anUnknownNameIsAnsweredWithThoseThereAre() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Pooling.named("median"))
                .withMessageContaining("median")
                .withMessageContaining("none, mean, max, mean+max, mean+max+std");
    }
}
