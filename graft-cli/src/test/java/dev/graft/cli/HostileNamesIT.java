package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.Image;
import dev.graft.data.Shapes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Names of classes and files that would act where they are shown: in a terminal, a page, a table, a card. */
class HostileNamesIT {
    /** In the order of text, which is that of the classes. */
    private static final List<String> NAMES = List.of(
            "\u001B]0;pwned\u0007",
            "<img src=x onerror=alert(1)>",
            "=cmd|'calc'!A1",
            "a\nb",
            "back`tick|pipe](http:x)",
            "\u202Egpj.exe",
            "猫".repeat(85));

    private static final String FILE = "x\u001B[2J\u202E\n.png";

    @TempDir
    private static Path folder;

    private static Path images = Path.of("");
    private static Path run = Path.of("");
    private static CommandRun fit = new CommandRun(-1, "", "");

    @BeforeAll
    static void fitOnce() throws IOException {
        images = folder.resolve("pictures\u0007");
        run = folder.resolve("run");
        var shapes = Shapes.draw(2 * 12 * NAMES.size(), 3);
        int[] given = new int[NAMES.size()];
        for (int i = 0; i < shapes.size(); i++) {
            int label = i % NAMES.size();
            Image image = shapes.image(i);
            String file = given[label]++ == 0 ? FILE : i + ".png";
            Drawings.png(images.resolve(NAMES.get(label)).resolve(file), image);
        }
        fit = CommandRun.of(arguments("fit", "--verbose", "--strategy", "feature-extraction", "--out", run.toString()));
        assertThat(fit.exitCode()).as(fit.err()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void nothingActsInATerminal() {
        Path bad = folder.resolve("bad\u001B[31m\nname.png");
        List<CommandRun> runs = List.of(
                fit,
                CommandRun.of("predict", run.toString(), images.toString(), bad.toString()),
                CommandRun.of("evaluate", run.toString(), "--data", images.toString()),
                CommandRun.of("doctor", "--data", images.toString()),
                CommandRun.of("inspect", run.toString()),
                CommandRun.of("inspect", bad.toString()),
                CommandRun.of("fit\u001B[31m"),
                CommandRun.of("fit", "--data\u001B[31m\n"),
                CommandRun.of(
                        "fit",
                        "--data",
                        bad.toString(),
                        "--out",
                        folder.resolve("no\u0007ne").toString()),
                CommandRun.of("fit", "--epochs", "\u001B[31m\u202E", "--data", "d", "--out", "o"),
                CommandRun.of("predict", run.toString(), images.toString(), "--json"),
                CommandRun.of("doctor", "--data", images.toString(), "--json"),
                CommandRun.of("fit", "--verbose", "--data", bad.toString(), "--out", "o"));

        assertThat(runs).allSatisfy(one -> assertThat(one.out() + one.err())
                .isNotEmpty()
                .doesNotContainPattern("[\\p{Cc}&&[^\\r\\n\\t]]|[\\u202A-\\u202E\\u2066-\\u2069\\u2028\\u2029]"));
    }

    @Test
    void aNameWithALineBreakStaysInItsLine() {
        CommandRun predicted = CommandRun.of("predict", run.toString(), images.toString());
        CommandRun evaluated = CommandRun.of("evaluate", run.toString(), "--data", images.toString());

        assertThat(predicted.out().lines())
                .hasSize(2 * 12 * NAMES.size())
                .allMatch(line -> line.contains("confidence"));
        assertThat(evaluated.out().lines().filter(line -> line.contains("a\\nb")))
                .hasSize(1);
        assertThat(evaluated.out().lines().filter(line -> line.endsWith(" 24"))).hasSize(NAMES.size());
    }

    @Test
    void jsonHasTheNamesThemselves() {
        JsonNode predicted = JsonText.of(CommandRun.of("predict", run.toString(), images.toString(), "--json")
                .out());

        List<String> labels = new ArrayList<>();
        predicted.get(0).get("top").forEach(one -> labels.add(one.get("label").asString()));
        assertThat(NAMES).containsAll(labels);
        assertThat(StreamSupport.stream(predicted.spliterator(), false)
                        .map(one -> one.get("file").asString()))
                .contains(images.resolve(NAMES.get(0)).resolve(FILE).toString());
    }

    @Test
    void filesForPeopleShowTheNamesAndDoNotAct() throws IOException {
        String page = Files.readString(run.resolve("report.html"));
        String card = Files.readString(run.resolve("bundle/README.md"));

        assertThat(page)
                .contains("\\u001b]0;pwned\\u0007", "&lt;img src=x onerror=alert(1)&gt;", "a\\nb", "\\u202egpj.exe")
                .doesNotContain("<img src=x");
        assertThat(card).contains("\\\\u001b\\]0;pwned", "\\<img src=x", "a b", "back\\`tick\\|pipe\\]");
        try (Stream<Path> files = Files.walk(run)) {
            for (Path file : files.filter(HostileNamesIT::isText).toList()) {
                assertThat(Files.readString(file))
                        .as(file.toString())
                        .doesNotContainPattern("[\\p{Cc}&&[^\\r\\n\\t]]|[\\u202A-\\u202E\\u2066-\\u2069]");
            }
        }
    }

    @Test
    void aLineOfTheListOfLabelsStaysAClass() throws IOException {
        assertThat(Files.readAllLines(run.resolve("bundle/labels.txt")))
                .hasSize(NAMES.size())
                .contains("a\\nb", "\\u001b]0;pwned\\u0007", "\\u202egpj.exe");
    }

    @Test
    void noCellOfATableIsAFormula() throws IOException {
        Path out = folder.resolve("features.csv");
        CommandRun written = CommandRun.of(arguments("features", "--out", out.toString()));

        assertThat(written.exitCode()).as(written.err()).isEqualTo(ExitCode.DONE);
        String labels = Files.readString(folder.resolve("features.labels.csv"), StandardCharsets.UTF_8);
        assertThat(labels).contains("2,'=cmd|'calc'!A1\n", "3,\"a\nb\"\n").doesNotContain(",=");
    }

    private static boolean isText(Path file) {
        String name = file.getFileName().toString();
        return Stream.of(".html", ".md", ".txt", ".csv").anyMatch(name::endsWith);
    }

    private static String[] arguments(String command, String... more) {
        return Stream.concat(
                        Stream.of(command, "--data", images.toString(), "--backbone", "digits-cnn"), Stream.of(more))
                .toArray(String[]::new);
    }
}
