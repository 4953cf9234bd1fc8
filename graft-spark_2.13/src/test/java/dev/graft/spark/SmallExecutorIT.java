package dev.graft.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An executor whose memory is too small for a network says what to do, on a cluster of one worker. */
@Tag("slow")
class SmallExecutorIT {
    // Stays there, so that what processes said can be read afterwards.
    private static final Path DIRECTORY = Path.of("target", "small-executor").toAbsolutePath();

    @Test
    void anExecutorWithTooLittleMemorySaysWhichSettingGivesMore() throws Exception {
        StandaloneCluster.clear(DIRECTORY);
        try (StandaloneCluster cluster = new StandaloneCluster(DIRECTORY, 1, "1g")) {
            List<String> weights = Arrays.stream(
                            System.getProperty("java.class.path").split(":"))
                    .filter(entry -> entry.contains("graft-text-minilm"))
                    .toList();
            StandaloneCluster.Submitted job = cluster.submit(
                    "small",
                    new ArrayList<>(weights),
                    Map.of("spark.executor.memory", "480m"),
                    TextJob.class,
                    List.of());
            assertThat(job.exit()).isNotZero();
            assertThat(job.output())
                    .contains("The memory of this process is too small.")
                    .contains("raise spark.executor.memory");
        }
    }
}
