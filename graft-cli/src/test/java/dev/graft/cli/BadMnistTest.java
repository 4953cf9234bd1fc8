package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data that is nowhere or damaged, given to {@code pretrain}. */
class BadMnistTest {
    private static final int COUNT = 20;

    @TempDir
    private Path folder;

    private Path data = Path.of("");
    private final LabeledImages train = Shapes.draw(COUNT, 1);

    @BeforeEach
    void writeGoodFiles() throws IOException {
        data = FakeMnist.write(folder.resolve("data"), COUNT, 10);
    }

    @Test
    void anotherMagicNumberIsNamedWithWhatItMayBe() throws IOException {
        Files.write(data.resolve(FakeMnist.TRAIN_IMAGES), FakeMnist.labels(train));

        assertThat(refused())
                .contains(FakeMnist.TRAIN_IMAGES)
                .contains("0x00000803")
                .contains("0x00000801")
                .contains("this is the file of the labels");
    }

    @Test
    void fewerBytesThanDeclaredAreToldWithBothNumbers() throws IOException {
        byte[] whole = FakeMnist.images(train);
        Files.write(data.resolve(FakeMnist.TRAIN_IMAGES), Arrays.copyOf(whole, whole.length - 5));

        assertThat(refused())
                .contains(FakeMnist.TRAIN_IMAGES)
                .contains(whole.length + " bytes")
                .contains((whole.length - 5) + " bytes");
    }

    @Test
    void imagesAndLabelsThatDifferInCountAreToldWithBothFiles() throws IOException {
        Files.write(data.resolve(FakeMnist.TRAIN_LABELS), FakeMnist.labels(Shapes.draw(COUNT - 1, 1)));

        assertThat(refused())
                .contains(FakeMnist.TRAIN_IMAGES)
                .contains(FakeMnist.TRAIN_LABELS)
                .contains(COUNT + " in ")
                .contains((COUNT - 1) + " in ");
    }

    @Test
    void dimensionsThatOverflowAreRefused() throws IOException {
        Files.write(
                data.resolve(FakeMnist.TRAIN_IMAGES),
                FakeMnist.header(0x803, COUNT, Integer.MAX_VALUE, Integer.MAX_VALUE));

        assertThat(refused()).contains(FakeMnist.TRAIN_IMAGES).contains("impossible dimensions");
    }

    @Test
    void aLabelOutOfRangeIsToldWithItsPlace() throws IOException {
        byte[] labels = FakeMnist.labels(train);
        labels[8 + 7] = 10;
        Files.write(data.resolve(FakeMnist.TRAIN_LABELS), labels);

        assertThat(refused())
                .contains("label 7 of")
                .contains(FakeMnist.TRAIN_LABELS)
                .contains("0 to 9");
    }

    @Test
    void bytesThatFollowAreRefused() throws IOException {
        byte[] whole = FakeMnist.images(train);
        Files.write(data.resolve(FakeMnist.TRAIN_IMAGES), Arrays.copyOf(whole, whole.length + 1));

        assertThat(refused()).contains(FakeMnist.TRAIN_IMAGES).contains((whole.length + 1) + " bytes");
    }

    @Test
    void aGzipBombIsRefusedAfterWhatItsHeaderDeclares() throws IOException {
        Files.delete(data.resolve(FakeMnist.TRAIN_IMAGES));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(FakeMnist.images(train));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 200; i++) {
                out.write(zeros);
            }
        }
        Files.write(data.resolve(FakeMnist.TRAIN_IMAGES + ".gz"), packed.toByteArray());

        assertThat(refused()).contains(FakeMnist.TRAIN_IMAGES).contains("more");
    }

    @Test
    void bytesAfterTheEndOfAGzipFileAreRefused() throws IOException {
        byte[] packed = FakeMnist.gzip(FakeMnist.images(train));
        Files.delete(data.resolve(FakeMnist.TRAIN_IMAGES));
        Files.write(data.resolve(FakeMnist.TRAIN_IMAGES + ".gz"), Arrays.copyOf(packed, packed.length + 3));

        assertThat(refused()).contains(FakeMnist.TRAIN_IMAGES).contains("bytes follow");
    }

    @Test
    void aDirectoryThatIsNotThereIsToldWithAllFourPlaces() {
        Path nowhere = folder.resolve("nowhere");

        for (List<String> line : List.of(
                List.of("pretrain", "--out", folder.resolve("out").toString()),
                List.of("demo", "--pretrain", "--out", folder.resolve("out").toString()))) {
            CommandRun run = CommandRun.of(Stream.concat(line.stream(), Stream.of("--data", nowhere.toString()))
                    .toArray(String[]::new));

            assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(run.err())
                    .contains("given     " + nowhere)
                    .contains("GRAFT_DATA")
                    .contains("cache")
                    .contains("download");
            assertThat(folder.resolve("out")).doesNotExist();
        }
    }

    /** In a process of its own, because only that can have other environment variables. */
    @Test
    void offlineWithoutDataAllFourPlacesAreToldAndNothingIsFetched() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Graft.class.getName(),
                "pretrain",
                "--out",
                folder.resolve("out").toString());
        Map<String, String> environment = builder.environment();
        environment.put("GRAFT_OFFLINE", "1");
        environment.put("GRAFT_DATA", folder.resolve("empty").toString());
        environment.put("GRAFT_HOME", folder.resolve("home").toString());
        Path messages = folder.resolve("messages");
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(messages.toFile())
                .start();

        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(ExitCode.FAILED);
        assertThat(Files.readString(messages, StandardCharsets.UTF_8))
                .contains("given     no directory")
                .contains("GRAFT_DATA " + folder.resolve("empty"))
                .contains(folder.resolve("home").toString())
                .contains("not tried, because of GRAFT_OFFLINE=1")
                .contains("https://")
                .contains("to fix");
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(folder.resolve("home")).doesNotExist();
    }

    private String refused() {
        Path out = folder.resolve("out");
        CommandRun run = CommandRun.of("pretrain", "--data", data.toString(), "--out", out.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(data.toString()).contains("to fix").doesNotContain("\tat ");
        assertThat(out).doesNotExist();
        return run.err();
    }
}
