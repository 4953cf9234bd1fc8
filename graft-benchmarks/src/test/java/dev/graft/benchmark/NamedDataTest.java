package dev.graft.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.Environment;
import dev.graft.error.DataException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class NamedDataTest {
    @TempDir
    private Path folder = Path.of("");

    private Environment environment(String... variables) {
        return new Environment(variables.length == 0 ? Map.of() : Map.of("GRAFT_DATA", variables[0]), folder);
    }

    @Test
    void isFoundWhereTheEnvironmentSays() throws IOException {
        Path sst2 = Files.createDirectory(folder.resolve("sst2"));

        assertThat(NamedData.folder("sst2", environment(folder.toString()))).isEqualTo(sst2);
    }

    @Test
    void withoutItTheMessageSaysWhatToSet() {
        assertThatThrownBy(() -> NamedData.folder("sst2", environment()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("sst2")
                .hasMessageContaining("GRAFT_DATA=");
        assertThatThrownBy(() -> NamedData.folder("sst2", environment(folder.toString())))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(folder.resolve("sst2").toString());
    }

    @Test
    void theCommandSaysSoInAParagraphAndReturnsTwo() {
        Assumptions.assumeTrue(System.getenv("GRAFT_DATA") == null);
        for (String[] line : new String[][] {
            {"--targets", folder.resolve("targets").toString()},
            {
                "--budgets",
                folder.resolve("budgets.json").toString(),
                "--work",
                folder.resolve("work").toString(),
                "--only",
                "texts-1000-30s"
            },
            {"--known", "--cifar10", folder.toString()}
        }) {
            StringWriter said = new StringWriter();
            CommandLine command = Benchmarks.commandLine().setErr(new PrintWriter(said, true));

            assertThat(command.execute(line)).as(line[0]).isEqualTo(2);
            assertThat(said.toString()).contains("GRAFT_DATA").doesNotContain("\tat ");
        }
    }
}
