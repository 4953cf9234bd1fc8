package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.result.Hardware;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class MachineIT {
    @Test
    @EnabledOnOs(OS.LINUX)
    void saysHowMuchMemoryWasHeldAtMost() {
        Hardware machine = Machine.describe();
        // The engine's library alone is larger than the lower bound.
        assertThat(machine.peakMemoryBytes()).isBetween(64L << 20, 64L << 30);
        assertThat(machine.cpu()).isNotBlank();
    }
}
