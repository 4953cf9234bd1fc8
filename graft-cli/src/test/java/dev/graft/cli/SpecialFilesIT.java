package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A named pipe, which nobody writes into, in every place where a command takes a file: refused, never waited for. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SpecialFilesIT {
    @TempDir
    private static Path folder;

    @TempDir
    private static Path elsewhere;

    @BeforeAll
    static void makePipes() throws InterruptedException {
        for (String name :
                List.of("pipe", "pipe.csv", "pipe.tsv", "pipe.jsonl", "pipe.png", "pipe.safetensors", "pipe.h5")) {
            try {
                Process process =
                        new ProcessBuilder("mkfifo", folder.resolve(name).toString()).start();
                assumeTrue(process.waitFor() == 0, "no named pipes here");
            } catch (IOException e) {
                assumeTrue(false, "no mkfifo here");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "inspect @/pipe.safetensors",
                "inspect @/pipe",
                "doctor --data @/pipe",
                "doctor --data @/pipe.csv",
                "fit --data @/pipe.csv --out @/run",
                "fit --data @/pipe.tsv --out @/run",
                "fit --data @/pipe.jsonl --out @/run",
                "fit --data @/pipe --out @/run",
                "fit --data @/pipe.csv --no-header --strategy bag-of-words --out @/run",
                "fit --data @/pipe.csv --number-columns a --out @/run",
                "fit --data @ --backbone resnet18 --weights @/pipe.safetensors --strategy lp-ft --out !/run",
                "fit --data @ --backbone digits-cnn --weights @/pipe.h5 --strategy lp-ft --out !/run",
                "predict digits-cnn @/pipe.png",
                "evaluate digits-cnn --data @/pipe.csv",
                "export @/pipe --out @/onnx",
                "features --data @/pipe.csv --out @/a.npy",
            })
    void isRefused(String line) {
        List<String> arguments = new ArrayList<>();
        for (String word : line.split(" ", -1)) {
            arguments.add(word.replace("@", folder.toString()).replace("!", elsewhere.toString()));
        }

        CommandRun run = CommandRun.of(arguments.toArray(new String[0]));

        assertThat(run.exitCode()).as(run.err() + run.out()).isNotEqualTo(ExitCode.DONE);
        assertThat(run.err() + run.out()).contains("pipe").doesNotContain("unexpectedly");
        assertThat(folder.resolve("run")).doesNotExist();
        assertThat(elsewhere.resolve("run")).doesNotExist();
    }
}
