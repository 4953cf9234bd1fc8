package dev.graft.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.error.SettingsException;
import org.junit.jupiter.api.Test;

class ExecutorMemoryTest {
    private static final long MIB = 1L << 20;

    private final ExecutorMemory memory = new ExecutorMemory(512 * MIB, "spark.executor.memory");

    @Test
    void aNetworkWithoutRoomIsRefusedWithTheSettingThatGivesIt() {
        memory.requireRoom(80 * MIB);
        assertThatThrownBy(() -> memory.requireRoom(100 * MIB))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("a network of 100 MiB")
                .hasMessageContaining("raise spark.executor.memory");
    }

    @Test
    void memoryThatEndsIsToldWithTheSettingThatGivesIt() {
        assertThat(memory.during(() -> 1)).isEqualTo(1);
        assertThatThrownBy(() -> memory.during(() -> {
                    throw new OutOfMemoryError("Java heap space");
                }))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("512 MiB")
                .hasMessageContaining("raise spark.executor.memory")
                .hasCauseInstanceOf(OutOfMemoryError.class);
    }
}
