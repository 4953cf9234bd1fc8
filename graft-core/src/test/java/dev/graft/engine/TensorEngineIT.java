package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import com.sun.jna.NativeLibrary;
import dev.graft.error.SettingsException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TensorEngineIT {
    @Test
    void computesOnTheCpu() {
        try (NDManager scope = TensorEngine.newScope()) {
            assertThat(scope.getDevice()).isEqualTo(Device.cpu());
            assertThat(scope.newSubManager().create(1f).getDevice()).isEqualTo(Device.cpu());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpu", "cuda", "cuda:0", "mps", "", "CPU:9"})
    void refusesADeviceThatItDoesNotComputeOn(String device) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> TensorEngine.requireDevice(device))
                .withMessageContaining("found     " + device)
                .withMessageContaining("expected  cpu, or auto");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "auto"})
    void takesTheCpu(String device) {
        TensorEngine.requireDevice(device);
    }

    @Test
    void aThreadThatIsNewHasTheUsualNumberOfEngineThreadsWhateverAnotherSet() {
        int usual = TensorEngine.threads();
        int seen = TensorEngine.onThreads(
                usual + 2, () -> CompletableFuture.supplyAsync(TensorEngine::threads, task -> new Thread(task).start())
                        .join());
        assertThat(seen).isEqualTo(usual);
        assertThat(TensorEngine.threads()).isEqualTo(usual);
    }

    @Test
    void aNumberOfThreadsThatWasChosenEndsWithTheWork() {
        int usual = TensorEngine.threads();
        int inner = TensorEngine.onThreads(usual + 1, () -> TensorEngine.onThreads(usual + 2, TensorEngine::threads));
        assertThat(inner).isEqualTo(usual + 2);
        assertThat(TensorEngine.threads()).isEqualTo(usual);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void waitingThreadsGiveWayUnlessTheEnvironmentSaysOtherwise() {
        assumeTrue(System.getenv("GOMP_SPINCOUNT") == null && System.getenv("OMP_WAIT_POLICY") == null);
        TensorEngine.threads();
        String spins = NativeLibrary.getInstance("c")
                .getFunction("getenv")
                .invokeString(new Object[] {"GOMP_SPINCOUNT"}, false);
        assertThat(spins).isEqualTo("1000");
    }
}
