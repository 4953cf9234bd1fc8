package dev.graft.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.error.SettingsException;
import dev.graft.error.StorageException;
import dev.graft.storage.RunDirectory.Use;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void aRunStoresItsModelAndItsNumbersAndIsCompleteThen() {
        Path run = folder.resolve("runs/one");
        try (RunDirectory directory = RunDirectory.open(run, Use.NEW)) {
            assertThat(Manifest.read(run).orElseThrow().complete()).isFalse();
            store(directory, "1");
        }

        Manifest manifest = Manifest.read(run).orElseThrow();
        assertThat(manifest.kind()).isEqualTo(Manifest.Kind.RUN);
        assertThat(manifest.complete()).isTrue();
        assertThat(manifest.files().keySet()).containsExactly("bundle/graft.json", "history.csv", "metrics.json");
        assertThat(Trees.files(run))
                .containsExactly("bundle/graft.json", "bundle/model", "graft.json", "history.csv", "metrics.json");
    }

    @Test
    void anUnusedDirectoryIsAsItWasBefore() throws IOException {
        RunDirectory.open(folder.resolve("runs/one"), Use.NEW).close();
        assertThat(folder).isEmptyDirectory();

        Path empty = Files.createDirectory(folder.resolve("empty"));
        RunDirectory.open(empty, Use.NEW).close();
        assertThat(empty).isEmptyDirectory();

        Path run = finished("run");
        List<String> before = Trees.contents(run);
        RunDirectory.open(run, Use.OVERWRITE).close();
        assertThat(Trees.contents(run)).isEqualTo(before);
    }

    @Test
    void overwritingReplacesAllThatTheEarlierRunLeft() {
        Path run = finished("run");
        try (ListedFiles report = ListedFiles.of(run, List.of("report.html", "figures/a.png"))) {
            report.write("report.html", bytes("old"));
            report.write("figures/a.png", bytes("old"));
        }
        try (RunDirectory directory = RunDirectory.open(run, Use.OVERWRITE)) {
            directory.store(stage -> bundle(stage.resolve("backbone"), "2"), stage -> numbers(stage, "2"));
        }

        assertThat(Trees.files(run))
                .as("nothing that tells about the old model, nor the old model")
                .containsExactly("backbone/graft.json", "backbone/model", "graft.json", "history.csv", "metrics.json");
        assertThat(run.resolve("metrics.json")).hasContent("metrics 2");
    }

    @Test
    void whatSomebodyPutIntoARunIsNamedAndNeverTouched() throws IOException {
        for (String foreign : List.of("notes.txt", "bundle/notes.txt", "figures/holiday.png", "photos/1.jpg")) {
            Path run = finished("run-" + foreign.replace('/', '-'));
            Files.createDirectories(run.resolve(foreign).getParent());
            Files.writeString(run.resolve(foreign), "mine");
            List<String> before = Trees.contents(run);

            assertThatThrownBy(() -> RunDirectory.open(run, Use.OVERWRITE))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining(run.toString())
                    .hasMessageContaining(
                            foreign.startsWith("photos")
                                    ? "photos"
                                    : Path.of(foreign).toString().replace("figures/holiday.png", "figures"));

            assertThat(Trees.contents(run)).isEqualTo(before);
        }
    }

    @Test
    void aDirectoryThatIsNoRunIsRefusedForEveryUse() throws IOException {
        Path photos = Files.createDirectory(folder.resolve("photos"));
        Files.writeString(photos.resolve("1.jpg"), "mine");
        Path bundle = folder.resolve("bundle");
        bundle(bundle, "1");
        Path file = Files.writeString(folder.resolve("file"), "mine");
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));
        for (Path place : List.of(photos, bundle, file, link)) {
            List<String> before = Trees.contents(folder);
            for (Use use : Use.values()) {
                assertThatThrownBy(() -> RunDirectory.open(place, use))
                        .as(place + " " + use)
                        .isInstanceOf(SettingsException.class)
                        .hasMessageContaining(place.toString());
            }
            assertThat(Trees.contents(folder)).isEqualTo(before);
        }
    }

    @Test
    void aRunThatWasKilledAtItsBeginningIsInNobodysWay() throws IOException {
        for (Use use : Use.values()) {
            Path run = killed("run-" + use);
            try (RunDirectory directory = RunDirectory.open(run, use)) {
                assertThat(directory.wasRun()).isTrue();
                store(directory, "1");
            }
            assertThat(Trees.files(run)).contains("metrics.json");
        }
    }

    @Test
    void everyRefusalOfAnEarlierRunNamesAWayOutThatWorks() throws IOException {
        Path unfinished = killed("unfinished");
        checkpoint(unfinished.resolve("last"));
        assertThatThrownBy(() -> RunDirectory.open(unfinished, Use.NEW))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("not completed")
                .hasMessageContaining("resume");
        RunDirectory.open(unfinished, Use.RESUME).close();
        RunDirectory.open(unfinished, Use.OVERWRITE).close();
        assertThat(unfinished.resolve("last")).doesNotExist();

        Path finished = finished("finished");
        assertThatThrownBy(() -> RunDirectory.open(finished, Use.RESUME))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("complete")
                .hasMessageContaining("overwriting");
        RunDirectory.open(finished, Use.OVERWRITE).close();

        assertThatThrownBy(() -> RunDirectory.open(folder.resolve("nothing"), Use.RESUME))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("nothing to resume");
        RunDirectory.open(folder.resolve("nothing"), Use.NEW).close();
    }

    @Test
    void leftoversOfAKilledRunAreClearedAwayByTheNext() throws IOException {
        Path run = killed("run");
        for (String leftover : List.of(
                ".run.graft-new/bundle/model",
                ".run.graft-old/report.html",
                ".bundle.graft-new/model",
                ".bundle.graft-deleted/model",
                ".next.graft-new/weights",
                ".metrics.json.graft-part",
                ".bundle.graft-lock",
                "figures/.a.png.graft-part")) {
            Files.createDirectories(run.resolve(leftover).getParent());
            Files.writeString(run.resolve(leftover), "half");
        }
        bundle(run.resolve(".bundle.graft-old"), "1");
        try (ListedFiles report = ListedFiles.of(run, List.of("figures/b.png"))) {
            report.write("figures/b.png", bytes("old"));
        }

        try (RunDirectory directory = RunDirectory.open(run, Use.OVERWRITE)) {
            assertThat(Trees.files(run))
                    .as("the bundle that was moved aside is back")
                    .containsExactly(
                            ".run.graft-lock", "bundle/graft.json", "bundle/model", "figures/b.png", "graft.json");
            store(directory, "2");
        }
        assertThat(Trees.files(run)).noneMatch(name -> name.contains(".graft-"));
    }

    @Test
    void aSecondRunOfThisProcessIsRefusedAndTheFirstGoesOn() {
        Path run = folder.resolve("run");
        try (RunDirectory directory = RunDirectory.open(run, Use.NEW)) {
            for (Use use : List.of(Use.OVERWRITE, Use.RESUME, Use.NEW)) {
                assertThatThrownBy(() -> CompletableFuture.runAsync(
                                        () -> RunDirectory.open(run, use).close())
                                .join())
                        .isInstanceOf(CompletionException.class)
                        .hasCauseInstanceOf(StorageException.class)
                        .hasMessageContaining("Another run is using this directory");
            }
            RunDirectory.join(run).close();
            store(directory, "1");
        }
        RunDirectory.open(run, Use.OVERWRITE).close();
    }

    @Test
    void numbersThatCannotBeWrittenDoNotLoseTheModel() {
        Path run = finished("run");
        try (RunDirectory directory = RunDirectory.open(run, Use.OVERWRITE)) {
            assertThatThrownBy(() -> directory.store(stage -> bundle(stage.resolve("bundle"), "2"), stage -> {
                        throw new OutOfMemoryError("Java heap space");
                    }))
                    .isInstanceOf(OutOfMemoryError.class);
        }

        assertThat(run.resolve("bundle/model")).hasContent("model 2");
        assertThat(run.resolve("metrics.json"))
                .as("what tells about the old model")
                .doesNotExist();
        assertThat(Manifest.read(run).orElseThrow().complete()).isFalse();
    }

    @Test
    void aModelThatCannotBeWrittenLeavesTheEarlierRunAsItWas() {
        Path run = finished("run");
        List<String> before = Trees.contents(run);
        try (RunDirectory directory = RunDirectory.open(run, Use.OVERWRITE)) {
            assertThatThrownBy(() -> directory.store(
                            stage -> {
                                bundle(stage.resolve("bundle"), "2");
                                throw new OutOfMemoryError("Java heap space");
                            },
                            stage -> {}))
                    .isInstanceOf(OutOfMemoryError.class);
        }

        assertThat(Trees.contents(run)).isEqualTo(before);
    }

    @Test
    void aCheckpointsNameThatSomebodyElseUsesIsRefused() throws IOException {
        Files.createDirectories(folder.resolve("run/previous"));
        Files.writeString(folder.resolve("run/previous/1.jpg"), "mine");

        assertThatThrownBy(() -> RunDirectory.join(folder.resolve("run")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("previous");

        assertThat(Trees.files(folder)).containsExactly("run/previous/1.jpg");
    }

    private Path finished(String name) {
        Path run = folder.resolve(name);
        try (RunDirectory directory = RunDirectory.open(run, Use.NEW)) {
            store(directory, "1");
        }
        return run;
    }

    private Path killed(String name) throws IOException {
        Path run = Files.createDirectory(folder.resolve(name));
        Files.write(
                run.resolve(Manifest.FILE), Manifest.begun(Manifest.Kind.RUN).toBytes());
        Files.writeString(run.resolve(".run.graft-lock"), "a dead process");
        return run;
    }

    private static void store(RunDirectory directory, String content) {
        directory.store(stage -> bundle(stage.resolve("bundle"), content), stage -> numbers(stage, content));
    }

    private static void bundle(Path place, String content) {
        AtomicFiles.writeDirectory(place, Manifest.Kind.BUNDLE, false, into -> into.write("model", "model " + content));
    }

    private static void checkpoint(Path place) {
        AtomicFiles.writeDirectory(place, Manifest.Kind.CHECKPOINT, false, into -> into.write("state", "state"));
    }

    private static void numbers(Path place, String content) {
        try (ListedFiles files = ListedFiles.of(place, List.of("metrics.json", "history.csv"))) {
            files.write("metrics.json", bytes("metrics " + content));
            files.write("history.csv", bytes("history " + content));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
