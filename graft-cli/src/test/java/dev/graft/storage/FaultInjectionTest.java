package dev.graft.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.error.GraftException;
import dev.graft.storage.RunDirectory.Use;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Operations on the file system fail in turn: what is left is old or new, whole, and in nobody's way. Of whole runs one
 * operation in several is tried; {@code -Dfaults.step=1} tries all.
 */
class FaultInjectionTest {
    private static final List<String> TELLING =
            List.of("metrics.json", "history.csv", "config.json", "report.html", "figures/a.png");

    private static final int STEP = Integer.getInteger("faults.step", 8);

    @TempDir
    private Path folder = Path.of("");

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRunThatReplacesAnother(boolean lasting) {
        int operations = Faults.count(() -> run(made("count"), "2", Use.OVERWRITE));
        assertThat(operations).isGreaterThan(100);
        for (int failing = first(lasting); failing < operations; failing += STEP) {
            Path run = made("run-" + failing);
            boolean failed = failed(failing, lasting, () -> run(run, "2", Use.OVERWRITE));

            AtomicFiles.recover(run.resolve("bundle"));
            assertOfOneRun(run, failing);
            if (failed && !lasting && Trees.content(run.resolve("bundle/model")).equals("model 1")) {
                assertThat(TELLING).as("operation " + failing).allMatch(name -> Files.exists(run.resolve(name)));
            }
            assertNextRunIsClean(run, failing);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theFirstRunOfADirectory(boolean lasting) {
        int operations = Faults.count(() -> run(folder.resolve("count"), "2", Use.NEW));
        for (int failing = first(lasting); failing < operations; failing += STEP) {
            Path run = folder.resolve("new-" + failing);
            failed(failing, lasting, () -> run(run, "2", Use.NEW));

            assertOfOneRun(run, failing);
            assertNextRunIsClean(run, failing);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDirectoryThatReplacesAnother(boolean lasting) {
        Path bundle = folder.resolve("bundle");
        int operations = Faults.count(() -> bundle(bundle, "1"));
        bundle(bundle, "1");
        for (int failing = 0; failing < operations + 20; failing++) {
            failed(failing, lasting, () -> bundle(bundle, "2"));

            AtomicFiles.recover(bundle);
            assertThat(Trees.contents(bundle)).as("operation " + failing).isIn(contents("1"), contents("2"));
            bundle(bundle, "1");
            assertThat(Trees.names(folder, name -> name.contains(".graft-"))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void filesThatBelongTogether(boolean lasting) {
        int operations = Faults.count(() -> features(folder.resolve("count"), "1"));
        for (int failing = 0; failing < operations + 10; failing++) {
            Path place = folder.resolve("features-" + failing);
            features(place, "1");
            failed(failing, lasting, () -> features(place, "2"));

            Map<String, String> found = Trees.contents(place);
            assertThat(found.getOrDefault("x.npy", "1")).isIn("1", "2");
            assertThat(found.getOrDefault("x.labels.csv", found.get("x.npy"))).isEqualTo(found.get("x.npy"));
            features(place, "3");
            assertThat(Trees.names(place, name -> true)).containsExactly("x.graft.json", "x.labels.csv", "x.npy");
            assertThat(Trees.contents(place)).containsEntry("x.npy", "3").containsEntry("x.labels.csv", "3");
        }
    }

    @Test
    void aFileThatReplacesAnother() {
        Path file = folder.resolve("file");
        AtomicFiles.write(file, bytes("old"));
        int operations = Faults.count(() -> AtomicFiles.write(file, bytes("old")));
        for (int failing = 0; failing < operations; failing++) {
            failed(failing, true, () -> AtomicFiles.write(file, bytes("new")));

            assertThat(Trees.content(file)).isIn("old", "new");
            AtomicFiles.write(file, bytes("old"));
            assertThat(Trees.names(folder, name -> true)).containsExactly("file");
        }
    }

    private static int first(boolean lasting) {
        return lasting ? STEP / 2 : 0;
    }

    private static boolean failed(int failing, boolean lasting, Runnable work) {
        try {
            Faults.during(failing, lasting, work);
            return false;
        } catch (GraftException e) {
            assertThat(e).hasMessageContaining("No space left on device");
            return true;
        }
    }

    /** All that tells about the model tells about the one that is there. */
    private static void assertOfOneRun(Path run, int failing) {
        Map<String, String> found = Trees.contents(run);
        String model = found.getOrDefault("bundle/model", "model none").substring("model ".length());
        for (String name : TELLING) {
            if (found.containsKey(name)) {
                assertThat(found).as("operation " + failing).containsEntry(name, name + " " + model);
            }
        }
        assertThat(model).isIn("1", "2", "none");
    }

    private static void assertNextRunIsClean(Path run, int failing) {
        run(run, "3", Use.OVERWRITE);
        Map<String, String> found = Trees.contents(run);
        assertThat(found).as("after operation " + failing).containsEntry("bundle/model", "model 3");
        TELLING.forEach(name -> assertThat(found).containsEntry(name, name + " 3"));
        assertThat(Trees.names(run, name -> name.contains(".graft-")))
                .as("left after operation " + failing)
                .isEmpty();
        assertThat(Manifest.read(run).orElseThrow().complete()).isTrue();
    }

    private Path made(String name) {
        Path run = folder.resolve(name);
        run(run, "1", Use.NEW);
        return run;
    }

    private static void run(Path place, String content, Use use) {
        if (FileOperations.current() instanceof Faults) {
            write(place, content, use);
        } else {
            Faults.during(Faults.NONE, false, () -> write(place, content, use));
        }
    }

    private static void write(Path place, String content, Use use) {
        try (RunDirectory directory = RunDirectory.open(place, use)) {
            for (String step : List.of("1", "2")) {
                Path next = place.resolve("next");
                AtomicFiles.writeDirectory(
                        next, Manifest.Kind.CHECKPOINT, true, into -> into.write("state", "state " + step));
                if (Files.exists(place.resolve("last"))) {
                    AtomicFiles.renameDirectory(
                            place.resolve("last"), place.resolve("previous"), Manifest.Kind.CHECKPOINT);
                }
                AtomicFiles.renameDirectory(next, place.resolve("last"), Manifest.Kind.CHECKPOINT);
            }
            directory.store(
                    stage -> bundle(stage.resolve("bundle"), content),
                    stage -> listed(stage, TELLING.subList(0, 3), content));
            listed(place, TELLING.subList(3, 5), content);
        }
    }

    private static void listed(Path directory, List<String> names, String content) {
        try (ListedFiles files = ListedFiles.of(directory, names)) {
            names.forEach(name -> files.write(name, bytes(name + " " + content)));
        }
    }

    private static void bundle(Path place, String content) {
        AtomicFiles.writeDirectory(place, Manifest.Kind.BUNDLE, true, into -> {
            into.write("model", "model " + content);
            into.write("deep/tokenizer", "tokenizer " + content);
        });
    }

    private static Map<String, String> contents(String content) {
        return Map.of("model", "model " + content, "deep/tokenizer", "tokenizer " + content);
    }

    private static void features(Path place, String content) {
        new FileGroup(place.resolve("x.graft.json"), List.of("x.npy", "x.labels.csv")).write(true, into -> {
            into.write("x.npy", content);
            into.write("x.labels.csv", content);
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What lies in a directory, without records and hidden names. */
    private static final class Trees {
        static List<String> names(Path root, Predicate<String> wanted) {
            if (!Files.exists(root)) {
                return List.of();
            }
            try (Stream<Path> paths = Files.walk(root)) {
                return paths.filter(Files::isRegularFile)
                        .map(path -> root.relativize(path).toString())
                        .filter(wanted)
                        .sorted()
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static Map<String, String> contents(Path root) {
            Map<String, String> contents = new TreeMap<>();
            names(root, name -> !name.endsWith("graft.json") && !name.contains(".graft-") && !name.contains("state"))
                    .forEach(name -> contents.put(name, content(root.resolve(name))));
            return contents;
        }

        static String content(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
