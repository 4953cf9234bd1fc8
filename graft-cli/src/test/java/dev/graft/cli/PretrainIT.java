package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.Shapes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** Pretraining through the command, on a few drawn pictures in place of MNIST. */
class PretrainIT {
    private static final int TRAIN = 300;
    private static final int TEST = 100;

    @TempDir
    private static Path folder;

    private static Path data = Path.of("");
    private static Path done = Path.of("");
    private static CommandRun run = new CommandRun(-1, "", "");

    @BeforeAll
    static void pretrainOnce() throws IOException {
        data = FakeMnist.write(folder.resolve("data"), TRAIN, TEST);
        done = folder.resolve("done");
        run = pretrain(done, "--epochs", "2", "--json");
    }

    @Test
    void theBackboneAndTheNumbersAreWritten() throws IOException {
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        for (String file : List.of("model.safetensors", "config.json", "labels.txt", "README.md")) {
            assertThat(done.resolve("backbone").resolve(file)).isNotEmptyFile();
        }
        JsonNode metrics = JsonText.of(Files.readString(done.resolve("metrics.json")));
        assertThat(JsonText.line(run)).isEqualTo(metrics);
        JsonText.hasKeys(
                metrics, "command", "seed", "version", "hardware", "source", "testLoss", "interval", "history");
        assertThat(metrics.at("/source/pretrained").asString()).isEqualTo("here");
        assertThat(metrics.at("/source/epochs").asInt()).isEqualTo(2);
        assertThat(metrics.get("test").asInt()).isEqualTo(TEST);
        assertThat(metrics.get("history").size()).isEqualTo(2);
    }

    @Test
    void theRunHoldsItsSettingsAndItsHistory() throws IOException {
        JsonNode config = JsonText.of(Files.readString(done.resolve("config.json")));
        JsonNode metrics = JsonText.of(Files.readString(done.resolve("metrics.json")));

        assertThat(config.at("/options/--epochs").asString()).isEqualTo("2");
        assertThat(config.at("/options/--arch").asString()).isEqualTo("digits-cnn");
        assertThat(config.get("backboneDigest")).isEqualTo(metrics.at("/source/digest"));
        assertThat(config.get("dataDigest").asString()).matches("[0-9a-f]{64}");
        assertThat(Files.readAllLines(done.resolve("history.csv"))).hasSize(3);
        assertThat(done.resolve("tensorboard/pretraining/train/events.out.tfevents.graft"))
                .isNotEmptyFile();
    }

    @Test
    void theModelCardHasTheCommandAndNoPathOfThisMachine() throws IOException {
        assertThat(Files.readString(done.resolve("backbone/README.md")))
                .contains("./graft pretrain --data mnist --arch digits-cnn --epochs 2")
                .contains("--seed 42")
                .doesNotContain(folder.toString());
    }

    @Test
    void inspectShowsItByItsDirectoryAndByTheRuns() {
        CommandRun run = CommandRun.of("inspect", done.toString());
        CommandRun backbone = CommandRun.of("inspect", done.resolve("backbone").toString());

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(run.out()).isEqualTo(backbone.out()).contains("conv1").contains("logits");
    }

    @Test
    void itCanBeUsedForItsOwnTaskAndNoOther() throws IOException {
        Path image = Drawings.png(folder.resolve("one.png"), Shapes.draw(1, 5).image(0));

        CommandRun predicted = CommandRun.of("predict", done.toString(), image.toString());
        CommandRun evaluated = CommandRun.of("evaluate", done.toString(), "--data", "shapes");

        assertThat(predicted.exitCode()).as(predicted.err()).isEqualTo(ExitCode.DONE);
        assertThat(predicted.out()).startsWith(image + ": ");
        assertThat(evaluated.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(evaluated.err()).contains("expected  0, 1, 2").contains("found     square, circle");
    }

    @Test
    void resumingACompletedRunGivesTheSameWeights() throws IOException {
        Path again = copy(done, folder.resolve("again"));
        Files.delete(again.resolve("backbone/model.safetensors"));

        CommandRun resumed = pretrain(again, "--epochs", "2", "--resume");

        assertThat(resumed.exitCode()).as(resumed.err()).isEqualTo(ExitCode.DONE);
        assertThat(weights(again)).isEqualTo(weights(done));
    }

    @Test
    void resumingWithOtherSettingsIsRefusedWithTheDifference() throws IOException {
        Path again = copy(done, folder.resolve("other-settings"));
        Map<String, String> before = contents(again);

        CommandRun resumed = pretrain(again, "--epochs", "2", "--learning-rate", "0.01", "--resume");

        assertThat(resumed.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(resumed.err())
                .contains("belongs to another run")
                .contains("learning rate: 0.001 then, 0.01 now")
                .doesNotContain("TrainingSettings", "batch size");
        assertThat(contents(again)).isEqualTo(before);
    }

    private static Map<String, String> contents(Path root) throws IOException {
        Map<String, String> contents = new TreeMap<>(TreeDigest.of(root));
        contents.replaceAll((name, digest) -> digest.substring(digest.indexOf('Z')));
        return contents;
    }

    @Test
    void resumingWithOtherDataIsRefused() throws IOException {
        Path again = copy(done, folder.resolve("other-data"));
        Path other = FakeMnist.write(folder.resolve("other"), TRAIN + 10, TEST);

        CommandRun resumed = CommandRun.of(
                "pretrain", "--data", other.toString(), "--out", again.toString(), "--epochs", "2", "--resume");

        assertThat(resumed.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(resumed.err()).contains("training data");
    }

    @Test
    void anEmptyDirectoryIsResumedFromTheBeginning() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));

        CommandRun resumed = pretrain(empty, "--resume");

        assertThat(resumed.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(resumed.err()).contains("no checkpoint").contains("starting from the beginning");
    }

    @Test
    void aCheckpointCutShortIsPassedOverLoudly() throws IOException {
        Path again = copy(done, folder.resolve("cut-short"));
        Path file = again.resolve("last/weights.safetensors");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));

        CommandRun resumed = pretrain(again, "--epochs", "2", "--resume", "--quiet");

        assertThat(resumed.exitCode()).as(resumed.err()).isEqualTo(ExitCode.DONE);
        assertThat(resumed.err()).contains("incomplete").contains("last").contains("the one before it");
        assertThat(weights(again)).isEqualTo(weights(done));
    }

    @Test
    void aCheckpointThatWasAlteredIsRefused() throws IOException {
        Path again = copy(done, folder.resolve("altered"));
        Path file = again.resolve("last/weights.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);

        CommandRun resumed = pretrain(again, "--epochs", "2", "--resume");

        assertThat(resumed.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(resumed.err()).contains("changed after it was written").contains("SHA-256");
    }

    @Test
    void ctrlCSavesAndTheResumedRunEndsWhereAnUninterruptedOneDoes() throws IOException {
        Path interrupted = folder.resolve("interrupted");
        String[] settings = {"--epochs", "4", "--batch-size", "32"};

        CommandRun stopped = interruptedAt("epoch 1:", arguments(interrupted, settings));

        assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(stopped.out()).isEmpty();
        assertThat(stopped.err())
                .contains("again to leave at once")
                .contains("saved")
                .contains("--resume");
        assertThat(interrupted.resolve("last")).isNotEmptyDirectory();
        assertThat(interrupted.resolve("backbone")).doesNotExist();

        List<String> resume = new ArrayList<>(List.of(settings));
        resume.add("--resume");
        assertThat(pretrain(interrupted, resume.toArray(String[]::new)).exitCode())
                .isEqualTo(ExitCode.DONE);
        Path straight = folder.resolve("straight");
        assertThat(pretrain(straight, settings).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(weights(interrupted)).isEqualTo(weights(straight));
    }

    private static CommandRun pretrain(Path out, String... more) {
        return CommandRun.of(arguments(out, more));
    }

    private static String[] arguments(Path out, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("pretrain", "--data", data.toString(), "--out", out.toString()));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    /**
     * Runs a command line, and does what Ctrl-C does when a text appears on standard error. No real signal: a shell lets
     * what it starts in the background ignore that, and {@link InterruptsTest} raises one.
     */
    private static CommandRun interruptedAt(String text, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        AtomicReference<Runnable> interrupt = new AtomicReference<>(() -> {});
        OutputStream watched = new OutputStream() {
            @Override
            public void write(int octet) {
                err.write(octet);
                if (octet == '\n' && err.toString(StandardCharsets.UTF_8).contains(text)) {
                    interrupt.getAndSet(() -> {}).run();
                }
            }
        };
        Console console = new Console(out, watched, Terminal.none());
        CommandLine commandLine = Graft.commandLine(console);
        Graft graft = commandLine.getCommand();
        interrupt.set(graft.interrupts()::interrupt);
        int code = Graft.run(commandLine, console, arguments);
        console.flush();
        return new CommandRun(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static byte[] weights(Path run) throws IOException {
        return Files.readAllBytes(run.resolve("backbone/model.safetensors"));
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Files.copy(path, to.resolve(from.relativize(path)));
            }
        }
        return to;
    }
}
