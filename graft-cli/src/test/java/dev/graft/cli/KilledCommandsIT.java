package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class KilledCommandsIT {
    @TempDir
    private Path folder;

    @Test
    void killsTearNothingAndLeaveNothing() throws IOException, InterruptedException {
        int kills = Integer.getInteger("kills", 10);
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

        KilledCommands.Outcome outcome = new KilledCommands(folder, Long.getLong("seed", 7), nowhere).run(kills);

        assertThat(outcome.faults()).isEmpty();
        assertThat(outcome.kills()).isGreaterThanOrEqualTo(kills);
    }
}
