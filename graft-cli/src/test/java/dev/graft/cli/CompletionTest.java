package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void theScriptKnowsCommandsAndTheirOptions() {
        CommandRun run = CommandRun.of("completion");

        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("complete -F _complete_graft", "predict", "--coverage", "--strategy");
    }

    @Test
    void bashReadsTheScript() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/bash")));
        Path script = Files.writeString(
                folder.resolve("completion"), CommandRun.of("completion").out());

        Process bash = new ProcessBuilder(
                        "/bin/bash",
                        "-c",
                        "source '" + script + "' && COMP_WORDS=(graft pre) COMP_CWORD=1 && _complete_graft"
                                + " && echo ${COMPREPLY[@]}")
                .redirectErrorStream(true)
                .start();
        String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(bash.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(output.strip().split("\\s+")).contains("predict", "pretrain");
    }
}
