package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.error.InstallationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativePlatformTest {
    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux-x86_64",
        "Linux, aarch64, linux-aarch64",
        "Mac OS X, aarch64, osx-aarch64",
        "Windows 11, amd64, win-x86_64"
    })
    void namesThePlatformAsTheClassifierDoes(String system, String processor, String classifier) {
        assertThat(NativePlatform.of(system, processor).classifier()).isEqualTo(classifier);
    }

    @ParameterizedTest
    @CsvSource({"Linux, riscv64", "FreeBSD, amd64", "Mac OS X, x86_64", "Linux, x86"})
    void refusesAPlatformWithoutALibraryByItsName(String system, String processor) {
        assertThatExceptionOfType(InstallationException.class)
                .isThrownBy(() -> NativePlatform.of(system, processor))
                .withMessageContaining(system + " on " + processor)
                .withMessageContaining("linux-x86_64, linux-aarch64, osx-aarch64, win-x86_64");
    }

    @Test
    void thisMachineIsOneOfThem() {
        assertThat(NativePlatform.current().classifier()).isNotEmpty();
    }
}
