package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    @TempDir
    Path root;

    @BeforeEach
    void makeFolders() throws IOException {
        for (String name : new String[] {"cat", "dog"}) {
            Path folder = Files.createDirectory(root.resolve(name));
            for (int i = 0; i < 10; i++) {
                write(folder.resolve(i + ".png"), name.hashCode() + i);
            }
        }
    }

    @Test
    void healthyDataEndsWithZero() {
        CommandRun run = CommandRun.of("doctor", "--data", root.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.out()).contains("all: 20 images in 2 classes", "cat 10, dog 10", "nothing found");
    }

    @Test
    void aFolderCalledLikeAPartIsAPartAndThatIsSaid() {
        CommandRun run = CommandRun.of("doctor", "--data", "src/test/resources/data/training-testing-folders");

        assertThat(run.out()).contains("12 images in 2 classes");
        assertThat(run.err()).contains("'testing' is taken as the test part");
    }

    @Test
    void foldersThatCouldBeMeantInTwoWaysAreRefusedWithTheOption() throws IOException {
        Files.createDirectory(root.resolve("pets"));
        Files.createDirectory(root.resolve("rest"));
        Files.move(root.resolve("cat"), root.resolve("pets/cat"));
        Files.move(root.resolve("dog"), root.resolve("rest/dog"));

        CommandRun run = CommandRun.of("doctor", "--data", root.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("two ways", "'pets', 'rest'", "'cat', 'dog'", "--layout classes");
        assertThat(CommandRun.of("doctor", "--data", root.toString(), "--layout", "innermost")
                        .out())
                .contains("cat 10, dog 10");
    }

    @Test
    void aPathMayBeAFileAddress() {
        CommandRun run = CommandRun.of("doctor", "--data", root.toUri().toString());

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(run.err()).contains("file: address");
    }

    @Test
    void aWebAddressOrAnEmptyPathIsWrongUsage() {
        CommandRun run = CommandRun.of("doctor", "--data", "https://example.org/photos.zip");

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.err()).contains("--data", "a web address");
        assertThat(CommandRun.of("doctor", "--data", "").exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    }

    @Test
    void warningsAloneEndWithZero() throws IOException {
        Files.copy(root.resolve("cat/0.png"), root.resolve("cat/again.png"));

        CommandRun run = CommandRun.of("doctor", "--data", root.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.out()).contains("warning  repeated copy (1)", "again.png", "1 warning.");
    }

    @Test
    void anErrorEndsWithOne() throws IOException {
        Files.write(root.resolve("dog/broken.jpg"), new byte[0]);

        CommandRun run = CommandRun.of("doctor", "--data", root.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).contains("error  unreadable (1)", "broken.jpg", "1 error", "nothing was changed");
    }

    @Test
    void aPictureOfAnotherFormatIsNamedWithItsConversion() throws IOException {
        Files.write(
                root.resolve("dog/phone.jpg"),
                "\0\0\0\u0018ftypheic\0\0\0\0mif1heic".getBytes(StandardCharsets.ISO_8859_1));

        CommandRun run = CommandRun.of("doctor", "--data", root.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).contains("unreadable (1)", "HEIC or HEIF", "heif-convert", "phone.jpg");
    }

    @Test
    void jsonListsEveryFinding() throws IOException {
        Files.write(root.resolve("dog/broken.jpg"), new byte[0]);

        CommandRun run = CommandRun.of("doctor", "--data", root.toString(), "--json");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out().lines()).hasSize(1);
        assertThat(run.out())
                .startsWith("{")
                .contains("\"kind\":\"UNREADABLE\"", "\"severity\":\"ERROR\"", "broken.jpg", "\"perClass\":[10,11]");
    }

    @Test
    void aFolderThatIsNoneIsExplained() {
        CommandRun run = CommandRun.of("doctor", "--data", root.resolve("none").toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("There is nothing at this path", "none");
    }

    private static void write(Path file, int seed) throws IOException {
        BufferedImage picture = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(seed);
        for (int i = 0; i < 256; i++) {
            picture.setRGB(i % 16, i / 16, random.nextInt(1 << 24));
        }
        ImageIO.write(picture, "png", file.toFile());
    }
}
