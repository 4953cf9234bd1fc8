package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputDirectoryTest {
    @TempDir
    private Path folder;

    private Path photos = Path.of("");

    @BeforeEach
    void takePhotos() throws IOException {
        photos = Files.createDirectories(folder.resolve("home/photos"));
        for (String name : List.of("cats/1.jpg", "cats/2.jpg", "dogs/1.jpg")) {
            Files.createDirectories(photos.resolve(name).getParent());
            Files.writeString(photos.resolve(name), "precious " + name);
        }
    }

    /** Each command that writes, reading the photos in whichever way it can, with that output. */
    private List<List<String>> commands(Path out) {
        String data = photos.toString();
        List<List<String>> commands = new ArrayList<>(List.of(
                List.of("fit", "--data", data),
                List.of("fit", "--data", folder.resolve("elsewhere").toString(), "--test", data),
                List.of("fit", "--data", folder.resolve("elsewhere").toString(), "--backbone", data),
                List.of(
                        "fit",
                        "--data",
                        folder.resolve("elsewhere").toString(),
                        "--backbone",
                        "resnet18",
                        "--weights",
                        data),
                List.of("compare", "--data", data),
                List.of("pretrain", "--data", data),
                List.of("pretrain", "--from", data),
                List.of("demo", "--pretrain", "--data", data),
                List.of("export", data)));
        return commands.stream()
                .map(command -> with(command, "--out", out.toString()))
                .toList();
    }

    @Test
    void anOutputInTheInputOnItOrAroundItIsRefusedByEveryCommandBeforeAnyWork() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), photos);
        Map<String, String> before = TreeDigest.of(folder);
        for (Path out : List.of(photos, photos.resolve("run"), folder.resolve("home"), link, link.resolve("run"))) {
            for (List<String> command : commands(out)) {
                for (List<String> asked : List.of(command, with(command, "--overwrite"))) {
                    CommandRun run = CommandRun.of(asked.toArray(String[]::new));

                    assertThat(run.exitCode()).as(asked.toString()).isEqualTo(ExitCode.WRONG_USAGE);
                    assertThat(run.err()).as(asked.toString()).contains("The output would");
                }
            }
        }
        assertThat(TreeDigest.of(folder)).isEqualTo(before);
    }

    @Test
    void featuresDoNotReplaceTheirInput() throws IOException {
        Path list = Files.writeString(folder.resolve("list.csv"), "path,label\n");

        CommandRun run = CommandRun.of("features", "--data", list.toString(), "--out", list.toString(), "--overwrite");

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.err()).contains("The output would replace the data");
        assertThat(list).hasContent("path,label\n");
    }

    @Test
    void overwriteNeverReplacesWhatGraftDidNotWrite() throws IOException {
        Path precious = Files.writeString(folder.resolve("precious.csv"), "mine");
        Path data = folder.resolve("elsewhere");
        Files.createDirectories(data.resolve("a"));
        Map<String, String> before = TreeDigest.of(folder);
        for (List<String> command : List.of(
                List.of("fit", "--data", data.toString(), "--out", photos.toString()),
                List.of("compare", "--data", data.toString(), "--out", photos.toString()),
                List.of("pretrain", "--data", data.toString(), "--out", photos.toString()),
                List.of("demo", "--out", photos.toString()),
                List.of("export", data.toString(), "--out", photos.toString()),
                List.of("features", "--data", data.toString(), "--out", precious.toString()))) {
            CommandRun run = CommandRun.of(with(command, "--overwrite").toArray(String[]::new));

            assertThat(run.exitCode()).as(command.toString()).isEqualTo(ExitCode.WRONG_USAGE);
            assertThat(run.err()).as(command.toString()).contains("Graft did not write", "--out");
        }
        assertThat(TreeDigest.of(folder)).isEqualTo(before);
    }

    @Test
    void aDirectoryThatHoldsSomethingIsRefusedByName() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "mine");

        CommandRun run = CommandRun.of("demo", "--out", folder.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.err()).contains(folder.toString(), "notes.txt", "--overwrite");
    }

    @Test
    void nothingIsLeftOfARunThatFailsAtItsBeginning() {
        CommandRun run = CommandRun.of(
                "fit",
                "--data",
                folder.resolve("nowhere").toString(),
                "--out",
                folder.resolve("runs/one").toString());

        assertThat(run.exitCode()).isNotEqualTo(ExitCode.DONE);
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void resumeAndOverwriteContradictEachOther() {
        CommandRun run = CommandRun.of(
                "fit",
                "--data",
                photos.toString(),
                "--out",
                folder.resolve("run").toString(),
                "--resume",
                "--overwrite");

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.err()).contains("leave one out");
    }

    private static List<String> with(List<String> command, String... more) {
        List<String> longer = new ArrayList<>(command);
        longer.addAll(List.of(more));
        return longer;
    }
}
