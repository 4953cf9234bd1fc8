package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Wrong labels, what to label next, and what is alike, on drawn shapes and a few texts. */
class CurationIT {
    private static final int SHAPES = 80;
    private static final int WRONG = 4;

    @TempDir
    private static Path folder;

    private static Path classes = Path.of("");
    private static Path loose = Path.of("");
    private static Path texts = Path.of("");
    private static Path bundle = Path.of("");

    @BeforeAll
    static void drawOnce() throws IOException {
        LabeledImages shapes = Shapes.draw(SHAPES, 4);
        classes = folder.resolve("classes");
        loose = folder.resolve("loose");
        for (int i = 0; i < SHAPES; i++) {
            String label = shapes.classNames().get(i < WRONG ? 1 - shapes.label(i) : shapes.label(i));
            Drawings.png(classes.resolve(label).resolve((i < WRONG ? "wrong-" : "") + i + ".png"), shapes.image(i));
            Drawings.png(loose.resolve(i + ".png"), shapes.image(i));
        }
        texts = Files.writeString(folder.resolve("texts.csv"), reviews());
        Files.writeString(
                folder.resolve("items.csv"), "photo,price,label\nloose/0.png,1,a\nloose/1.png,2,b\nloose/2.png,9,a\n");
        Files.writeString(folder.resolve("notes.md"), "no table");
        bundle = SmallBundle.write(folder.resolve("bundle"));
    }

    private static String reviews() {
        StringBuilder rows = new StringBuilder("review,label\n");
        List<String> good = List.of("a good film", "what a fine story", "great acting", "lovely and warm");
        List<String> bad = List.of("a bad film", "what a dull story", "poor acting", "cold and boring");
        for (int i = 0; i < 24; i++) {
            rows.append(good.get(i % 4)).append(" number ").append(i).append(i == 0 ? ",bad\n" : ",good\n");
            rows.append(bad.get(i % 4)).append(" number ").append(i).append(",bad\n");
        }
        return rows.toString();
    }

    private static String[] in(String line) {
        return line.strip().replace("{}", folder.toString()).split("\\s+");
    }

    @Test
    void wrongLabelsAreListedFirstAndShownOnAPage() throws IOException {
        Path page = folder.resolve("suspects.html");
        CommandRun run =
                CommandRun.of(in("doctor --labels --data {}/classes --backbone digits-cnn --top 6 --page " + page));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        for (int i = 0; i < WRONG; i++) {
            assertThat(run.out()).contains("wrong-" + i + ".png");
        }
        assertThat(run.out()).contains("likely wrong", "Nothing was changed", page.toString());
        assertThat(Files.readString(page)).contains("data:image/png", "circle → square?", "the nearest examples of");

        CommandRun again = CommandRun.of(in("doctor --labels --data {}/classes --backbone digits-cnn --page " + page));
        assertThat(again.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(again.err()).contains("there already", "--overwrite", "--page names another place");
    }

    @Test
    void wrongLabelsOfTextsComeAsJson() {
        CommandRun run = CommandRun.of(in("doctor --labels --data {}/texts.csv --text-column review --top 2 --json"));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        JsonNode review = JsonText.line(run);
        assertThat(review.path("examples").asInt()).isEqualTo(48);
        JsonNode first = review.path("suspects").path(0);
        assertThat(first.path("example").asString()).isEqualTo("a good film number 0");
        assertThat(first.path("given").asString()).isEqualTo("bad");
        assertThat(first.path("likelier").asString()).isEqualTo("good");
        assertThat(first.path("neighbors").size()).isEqualTo(4);
    }

    @Test
    void aListIsChosenFilledInFittedAndFollowedByAnother() throws IOException {
        Path list = folder.resolve("first.csv");
        CommandRun run = CommandRun.of(in("label {}/loose --budget 12 --backbone digits-cnn --out " + list));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(run.out()).contains("12 of 80", "typical", "graft fit --data");
        assertThat(folder.resolve("first.html")).exists();
        List<String> lines = Files.readAllLines(list);
        assertThat(lines).hasSize(13).startsWith("path,label");
        assertThat(lines.get(1)).startsWith("loose/").endsWith(",");

        fill(list, 10);
        CommandRun fit = CommandRun.of(in("fit --data " + list
                + " --backbone digits-cnn --strategy feature-extraction --out {}/run --test {}/classes"));
        assertThat(fit.exitCode()).as(fit.err()).isEqualTo(ExitCode.DONE);
        assertThat(fit.err()).contains("2 rows without a picture or a label were left out");

        CommandRun refused = CommandRun.of(in("label {}/loose --overwrite --backbone digits-cnn --out " + list));
        assertThat(refused.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(refused.err()).contains("never replaced", "10 labels");

        Path second = folder.resolve("second.csv");
        CommandRun next = CommandRun.of(
                in("label {}/loose --budget 5 --backbone digits-cnn --labelled " + list + " --json --out " + second));
        assertThat(next.exitCode()).as(next.err()).isEqualTo(ExitCode.DONE);
        assertThat(JsonText.line(next).path("labelled").asInt()).isEqualTo(10);
        assertThat(next.err()).contains("2 examples are listed already without a label");
        assertThat(Files.readAllLines(second).stream().skip(1).map(line -> line.split(",", -1)[0]))
                .hasSize(5)
                .doesNotContainAnyElementsOf(lines.stream()
                        .map(line -> line.split(",", -1)[0])
                        .skip(1)
                        .toList());
    }

    /** Gives the first so many pictures of a list their labels. */
    private static void fill(Path list, int count) throws IOException {
        LabeledImages shapes = Shapes.draw(SHAPES, 4);
        List<String> lines = Files.readAllLines(list);
        StringBuilder filled = new StringBuilder(lines.get(0)).append('\n');
        for (int i = 1; i < lines.size(); i++) {
            int place = Integer.parseInt(lines.get(i).replaceAll("\\D", ""));
            filled.append(lines.get(i))
                    .append(i <= count ? shapes.classNames().get(shapes.label(place)) : "")
                    .append('\n');
        }
        Files.writeString(list, filled.toString());
    }

    @Test
    void aBundleNamesWhatItIsUnsureOf() throws IOException {
        Path list = folder.resolve("unsure.csv");
        CommandRun run = CommandRun.of(in("label {}/loose --budget 3 --json --bundle " + bundle + " --out " + list));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        JsonNode written = JsonText.line(run);
        assertThat(written.path("method").asString()).contains("unsure");
        assertThat(written.path("chosen").path(0).path("margin").isNumber()).isTrue();
        assertThat(Files.readAllLines(list)).hasSize(4);
    }

    @Test
    void textsAreChosenFromATableFilledInPart() throws IOException {
        Path pool = Files.writeString(
                folder.resolve("pool.csv"),
                Files.readString(texts).replace(",good\n", ",\n").replace(" 5,bad", " 5,bad"));
        Path list = folder.resolve("texts-next.csv");
        CommandRun run = CommandRun.of(in("label " + pool + " --text-column review --budget 4 --out " + list));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        List<String> lines = Files.readAllLines(list);
        assertThat(lines).hasSize(5).startsWith("text,label");
        assertThat(lines.subList(1, 5)).noneMatch(line -> line.contains("bad film"));
        assertThat(Files.readString(folder.resolve("texts-next.html"))).contains("<q", "to label next");
    }

    @Test
    void neighboursExplainAPrediction() throws IOException {
        Path page = folder.resolve("alike.html");
        CommandRun run =
                CommandRun.of(in("neighbours " + bundle + " --data {}/classes {}/loose/9.png --top 3 --page " + page));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        assertThat(run.out()).contains("confidence", "of its 3 neighbours are labelled so", "1.0000", "9.png");
        assertThat(Files.readString(page)).contains("the nearest examples");
    }

    @Test
    void aPictureIsNotItsOwnNeighbour() {
        CommandRun run = CommandRun.of(in("neighbors digits-cnn --data {}/loose {}/loose/9.png --top 2 --json"));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        JsonNode query = JsonText.line(run).path("queries").path(0);
        assertThat(query.path("predicted").isNull()).isTrue();
        assertThat(query.path("neighbors").size()).isEqualTo(2);
        assertThat(query.path("neighbors").toString()).doesNotContain("/9.png");
    }

    @Test
    void textsAreSearchedForTexts() {
        CommandRun run = CommandRun.of(
                "neighbours",
                "minilm-l6",
                "--data",
                texts.toString(),
                "--text-column",
                "review",
                "--text",
                "a good film number 3",
                "--top",
                "1",
                "--json");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        JsonNode found =
                JsonText.line(run).path("queries").path(0).path("neighbors").path(0);
        assertThat(found.path("example").asString()).startsWith("a good film number");
        assertThat(found.path("label").asString()).isEqualTo("good");
    }

    @Test
    void badPicturesAreRefusedOrLeftOut() throws IOException {
        Path mixed = folder.resolve("mixed");
        Image image = Shapes.draw(1, 1).image(0);
        for (int i = 0; i < 4; i++) {
            Drawings.png(mixed.resolve(i + ".png"), image);
        }
        Files.writeString(mixed.resolve("broken.png"), "none");
        String command = "label " + mixed + " --budget 2 --backbone digits-cnn --out {}/mixed.csv";

        CommandRun refused = CommandRun.of(in(command));
        assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.err()).contains("broken.png", "--skip-bad");
        CommandRun left = CommandRun.of(in(command + " --skip-bad"));
        assertThat(left.exitCode()).as(left.err()).isEqualTo(ExitCode.DONE);
        assertThat(left.err()).contains("1 of 5 files");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            doctor --labels                                                        | 2 | --data
            doctor --labels --data {}/none                                         | 1 | nothing at this path
            doctor --labels --data {}/loose                                        | 1 | no class folders
            doctor --labels --data {}/items.csv --number-columns price             | 2 | --number-columns
            doctor --labels --data {}/items.csv --label-column stars               | 1 | stars
            doctor --labels --data {}/texts.csv --text-column text                 | 1 | text
            doctor --labels --data {}/texts.csv --text-column review --backbone digits-cnn | 2 | another kind
            doctor --labels --data {}/classes --backbone minilm-l6                 | 2 | another kind
            doctor --labels --data {}/classes --backbone digit-cnn                 | 2 | no backbone 'digit-cnn'
            doctor --labels --data {}/classes --backbone digits-cnn,cifar-resnet   | 2 | several source models
            doctor --labels --data {}/classes --top 0                              | 2 | 1 or more
            doctor --labels --data {}/classes --seed x                             | 2 | a whole number
            doctor --labels --data {}/classes --page {}/page.txt                   | 2 | ends in .html
            doctor --labels --data {}/classes --page {}/classes/page.html          | 2 | would lie in the data
            doctor --labels --data {}/classes --overwrite                          | 2 | --page FILE.html
            doctor --data {}/classes --page {}/page.html                           | 2 | together with --labels
            doctor --data {}/classes --backbone digits-cnn                         | 2 | together with --labels
            doctor --data {}/classes --top 5                                       | 2 | together with --labels
            doctor --label --data {}/classes                                       | 2 | --labels
            """)
    void wrongUsesOfTheReviewSayWhatToDo(String line, int code, String said) {
        requireRefused(line, code, said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            label                                                                  | 2 | DIR
            label {}/none --out {}/x.csv                                           | 1 | nothing at this path
            label {}/notes.md --out {}/x.csv                                       | 1 | notes.md
            label {}/items.csv --text-column photo,price --out {}/x.csv            | 1 | one column
            label {}/loose --budget 0 --out {}/x.csv                               | 2 | 1 or more
            label {}/loose --budget 81 --out {}/x.csv                              | 1 | at most 80
            label {}/loose --budget many --out {}/x.csv                            | 2 | a whole number
            label {}/loose --out {}/x.txt                                          | 2 | ends in .csv
            label {}/loose --out {}/loose/x.csv                                    | 2 | would lie in the data
            label {}/loose --out {}/texts.csv --overwrite                          | 2 | never replaced
            label {}/loose --out {}/x.csv --bundle {}/none                         | 1 | none
            label {}/loose --out {}/x.csv --bundle {}/bundle --backbone digits-cnn | 2 | one of --bundle and --backbone
            label {}/loose --out {}/x.csv --labelled {}/texts.csv                  | 2 | another kind
            label {}/loose --out {}/x.csv --labelled {}/none                       | 1 | nothing at this path
            label {}/loose --out {}/x.csv --backbone minilm-l6                     | 2 | another kind
            label {}/texts.csv --text-column review --budget 2 --out {}/x.csv --bundle {}/bundle | 1 | fewer examples
            label {}/loose {}/classes --out {}/x.csv                               | 2 | not an argument
            label {}/loose --buget 5 --out {}/x.csv                                | 2 | --budget
            """)
    void wrongUsesOfTheChoiceSayWhatToDo(String line, int code, String said) {
        requireRefused(line, code, said);
        assertThat(folder.resolve("x.csv")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            neighbours                                                             | 2 | BUNDLE
            neighbours digits-cnn {}/loose/1.png                                   | 2 | --data
            neighbours digits-cnn --data {}/loose                                  | 2 | nothing to search for
            neighbours digit-cnn --data {}/loose {}/loose/1.png                    | 2 | no backbone 'digit-cnn'
            neighbours {}/none --data {}/loose {}/loose/1.png                      | 2 | none
            neighbours {}/loose --data {}/classes {}/loose/1.png                   | 1 | loose
            neighbours digits-cnn --data {}/none {}/loose/1.png                    | 1 | nothing at this path
            neighbours digits-cnn --data {}/loose {}/none.png                      | 1 | none.png
            neighbours digits-cnn --data {}/loose {}/notes.md                      | 1 | notes.md
            neighbours digits-cnn --data {}/loose --text words                     | 2 | takes pictures
            neighbours digits-cnn --data {}/texts.csv --text-column review {}/loose/1.png | 2 | another kind
            neighbours minilm-l6 --data {}/loose --text words                      | 2 | another kind
            neighbours minilm-l6 --data {}/texts.csv --text-column none --text words | 1 | none
            neighbours digits-cnn --data {}/loose {}/loose/1.png --top 0           | 2 | 1 or more
            neighbours digits-cnn --data {}/loose {}/loose/1.png --page {}/p.csv   | 2 | ends in .html
            neighbours digits-cnn --data {}/loose {}/loose/1.png --page {}/loose/p.html | 2 | would lie in the data
            neighbours digits-cnn --data {}/loose {}/loose/1.png --overwrite       | 2 | --page FILE.html
            neighbour digits-cnn --data {}/loose {}/loose/1.png                    | 2 | neighbours
            """)
    void wrongUsesOfTheSearchSayWhatToDo(String line, int code, String said) {
        requireRefused(line, code, said);
    }

    private static void requireRefused(String line, int code, String said) {
        CommandRun run = CommandRun.of(in(line));

        assertThat(run.err()).as(line).contains(said);
        assertThat(run.exitCode()).as(line + "\n" + run.err()).isEqualTo(code);
        assertThat(run.out()).as(line).isEmpty();
        assertThat(run.err()).doesNotContain("Exception", "\tat ");
    }
}
