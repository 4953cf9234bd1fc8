package dev.graft.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTest {
    private static final Path HOME = Path.of("home");

    @Test
    void theCacheIsBelowHomeUnlessGraftHomeSaysOtherwise() {
        assertThat(new Environment(Map.of(), HOME).cacheDirectory()).isEqualTo(Path.of("home", ".cache", "graft"));
        assertThat(new Environment(Map.of("GRAFT_HOME", "elsewhere"), HOME).cacheDirectory())
                .isEqualTo(Path.of("elsewhere"));
    }

    @Test
    void aDataSetIsADirectoryBelowGraftData() {
        assertThat(new Environment(Map.of("GRAFT_DATA", "data"), HOME).dataDirectory("mnist"))
                .contains(Path.of("data", "mnist"));
        assertThat(new Environment(Map.of(), HOME).dataDirectory("mnist")).isEmpty();
    }

    @Test
    void aBlankVariableCountsAsNotSet() {
        Environment blank = new Environment(Map.of("GRAFT_DATA", "", "GRAFT_HOME", "  "), HOME);

        assertThat(blank.dataDirectory("mnist")).isEmpty();
        assertThat(blank.cacheDirectory()).isEqualTo(Path.of("home", ".cache", "graft"));
    }

    @ParameterizedTest
    @CsvSource({
        "GRAFT_OFFLINE, 1, true",
        "HF_HUB_OFFLINE, 1, true",
        "HF_HUB_OFFLINE, TRUE, true",
        "GRAFT_OFFLINE, yes, true",
        "GRAFT_OFFLINE, on, true",
        "GRAFT_OFFLINE, 0, false",
        "GRAFT_OFFLINE, '', false",
        "GRAFT_ONLINE, 1, false"
    })
    void eitherVariableKeepsGraftOffTheNetwork(String name, String value, boolean offline) {
        assertThat(new Environment(Map.of(name, value), HOME).offline()).isEqualTo(offline);
    }

    @Test
    void theSystemsEnvironmentHasThisUsersHome() {
        assertThat(Environment.system().home()).isEqualTo(Path.of(System.getProperty("user.home")));
        assertThat(Environment.system().variables()).isEqualTo(System.getenv());
    }
}
