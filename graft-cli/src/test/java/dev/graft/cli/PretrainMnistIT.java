package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.graft.data.Environment;
import dev.graft.mnist.Mnist;
import dev.graft.mnist.MnistData;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The source model on the real MNIST: minutes of training, and the data. */
@Tag("slow")
@Tag("data")
class PretrainMnistIT {
    private static Path mnist = Path.of("");

    @TempDir
    private Path folder;

    @BeforeAll
    static void findMnist() {
        mnist = Environment.system().dataDirectory("mnist").orElse(Path.of("mnist"));
        assumeTrue(Files.isDirectory(mnist), "Skipped: there is no MNIST in $GRAFT_DATA/mnist (" + mnist + ").");
    }

    @Test
    void theTutorialsSettingsGiveAGoodSourceModelThatReadsDigits() throws Exception {
        Path out = folder.resolve("digits");

        CommandRun run = CommandRun.of("pretrain", "--out", out.toString(), "--json");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(JsonText.line(run).at("/source/testAccuracy").asDouble()).isGreaterThanOrEqualTo(0.985);
        assertReadsDigits(out.toString());
    }

    @Test
    void theEmbeddedBackboneReadsDigits() throws Exception {
        CommandRun run = CommandRun.of("evaluate", "digits-cnn", "--data", "mnist", "--json");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(JsonText.line(run).get("examples").asInt()).isEqualTo(10_000);
        assertThat(JsonText.line(run).get("accuracy").asDouble()).isGreaterThanOrEqualTo(0.990);
        assertReadsDigits("digits-cnn");
    }

    private void assertReadsDigits(String network) throws Exception {
        MnistData data = Mnist.load(Environment.system(), null);
        Path seven = Drawings.png(folder.resolve("seven.png"), data.test().image(0));

        CommandRun run = CommandRun.of("predict", network, seven.toString());

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(run.out()).startsWith(seven + ": 7, confidence ");
    }
}
