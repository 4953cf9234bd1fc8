package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.bundle.Bundle;
import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Bundles that learn more, and forget classes, by the command. */
class AddIT {
    @TempDir
    private static Path folder;

    private static Path bundle;
    private static Path circles;

    @BeforeAll
    static void fit() throws IOException {
        LabeledImages drawn = Shapes.draw(200, 3);
        Path data = Drawings.folder(folder.resolve("data"), drawn);
        CommandRun run = CommandRun.of(
                "fit",
                "--data",
                data.toString(),
                "--backbone",
                "digits-cnn",
                "--strategy",
                "feature-extraction@conv1+conv2",
                "--out",
                folder.resolve("run").toString());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        bundle = folder.resolve("run/bundle");
        circles = folder.resolve("more");
        LabeledImages more = Shapes.draw(120, 5);
        int[] some = IntStream.range(0, more.size())
                .filter(i -> more.classNames().get(more.label(i)).equals("circle"))
                .toArray();
        for (int i : some) {
            // Half of them small: a class of its own.
            Drawings.png(circles.resolve(i % 2 == 0 ? "circle" : "ring").resolve(i + ".png"), more.image(i));
        }
    }

    @Test
    void classesAreAddedAndTakenOutAgain() {
        Path bigger = folder.resolve("bigger");
        CommandRun added =
                CommandRun.of("add", bundle.toString(), "--data", circles.toString(), "--out", bigger.toString());
        Path smaller = folder.resolve("smaller");
        JsonNode removed = JsonText.line(
                CommandRun.of("add", bigger.toString(), "--remove", "ring", "--out", smaller.toString(), "--json"));

        assertThat(added.exitCode()).as(added.err()).isEqualTo(ExitCode.DONE);
        assertThat(added.out()).contains("new classes ring: 3 classes now", "right before, ", "Bundle: " + bigger);
        assertThat(Bundle.read(bigger).classNames()).containsExactly("circle", "square", "ring");
        assertThat(Bundle.read(smaller).classNames()).containsExactly("circle", "square");
        assertThat(removed.get("classes").size()).isEqualTo(2);
        CommandRun predicted = CommandRun.of("predict", smaller.toString(), circles.toString(), "--coverage", "0.8");
        assertThat(predicted.exitCode()).as(predicted.err()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void allRowsOfATableAreAddedWhateverPartTheyAreIn() throws IOException {
        List<String> rows = new ArrayList<>(List.of("path,label,split"));
        try (Stream<Path> files = Files.list(circles.resolve("circle"))) {
            files.sorted()
                    .limit(20)
                    .forEach(file -> rows.add(file + ",circle," + (rows.size() % 2 == 0 ? "test" : "train")));
        }
        Path table = Files.write(folder.resolve("divided.csv"), rows);

        CommandRun added = CommandRun.of(
                "add",
                bundle.toString(),
                "--data",
                table.toString(),
                "--out",
                folder.resolve("divided").toString());

        assertThat(added.exitCode()).as(added.err()).isEqualTo(ExitCode.DONE);
        assertThat(added.out()).contains("Added 20 examples");
        assertThat(added.err()).contains("its column 'split' divides nothing here: all rows are taken");
    }

    @Test
    void aBundleIsPutTogetherWithItself() {
        JsonNode merged = JsonText.line(CommandRun.of(
                "add",
                bundle.toString(),
                "--merge",
                folder.resolve("run").toString(),
                "--out",
                folder.resolve("merged").toString(),
                "--json"));

        assertThat(merged.get("classes").size()).isEqualTo(2);
        assertThat(merged.get("update").get("added").size()).isZero();
        assertThat(merged.get("update").get("oldAfter").asDouble()).isGreaterThan(0.9);
    }

    static List<List<String>> wrongUses() throws IOException {
        Path plain = folder.resolve("plain");
        Bundle.write(plain, Bundle.read(bundle).withRecord(null), true);
        Path texts = Files.writeString(folder.resolve("texts.csv"), "text,label\ngood,a\nbad,b\n");
        Path empty = Files.createDirectories(folder.resolve("empty"));
        String some = circles.toString();
        String one = bundle.toString();
        String out = folder.resolve("out").toString();
        return List.of(
                List.of("add", one, "--out", out, "|", "one of --data, --merge and --remove"),
                List.of("add", one, "--data", some, "--remove", "circle", "--out", out, "|", "one way at a time"),
                List.of("add", one, "--data", some, "|", "--out"),
                List.of("add", plain.toString(), "--data", some, "--out", out, "|", "keeps no record"),
                List.of("add", "digits-cnn", "--data", some, "--out", out, "|", "not a bundle"),
                List.of("add", one, "--data", folder.resolve("nowhere").toString(), "--out", out, "|", "nowhere"),
                List.of("add", one, "--data", empty.toString(), "--out", out, "|", "empty"),
                List.of("add", one, "--data", texts.toString(), "--out", out, "|", "texts"),
                List.of("add", one, "--remove", "triangle", "--out", out, "|", "cannot be taken out"),
                List.of("add", one, "--remove", "circle", "--out", out, "|", "two classes or more are left"),
                List.of("add", one, "--merge", plain.toString(), "--out", out, "|", "keeps no record"),
                List.of("add", one, "--data", some, "--out", some, "|", "place apart"),
                List.of("add", one, "--data", some, "--out", one, "|", "place apart"));
    }

    @ParameterizedTest
    @MethodSource("wrongUses")
    void wrongUsesSayHowToMendThem(List<String> words) {
        int end = words.indexOf("|");

        CommandRun run = CommandRun.of(words.subList(0, end).toArray(String[]::new));

        assertThat(run.exitCode()).isIn(ExitCode.FAILED, ExitCode.WRONG_USAGE);
        assertThat(run.err()).contains(words.get(end + 1)).doesNotContain("Exception");
        assertThat(Bundle.read(bundle).classNames()).hasSize(2);
    }
}
