package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Wrong labels and numbers, and what to label next, of pictures of which several labels, numbers or grades are told. */
class TargetCurationIT {
    private static final int SIDE = 28;
    private static final int ROWS = 120;
    private static final int WRONG = 4;

    @TempDir
    private static Path folder;

    /** Discs on some of the pictures and a frame around some, with the first few labels and numbers wrong. */
    @BeforeAll
    static void drawOnce() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        List<String> labels = new ArrayList<>(List.of("path,findings"));
        List<String> numbers = new ArrayList<>(List.of("path,radius,level"));
        List<String> grades = new ArrayList<>(List.of("path,stars"));
        for (int i = 0; i < ROWS; i++) {
            int radius = 3 + random.nextInt(9);
            int level = 120 + random.nextInt(136);
            boolean frame = random.nextBoolean();
            boolean disc = i < WRONG || random.nextInt(4) > 0;
            String name = (i < WRONG ? "wrong-" : "") + i + ".png";
            Drawings.png(folder.resolve("many").resolve(name), picture(disc ? radius : 0, frame, level));
            Drawings.png(folder.resolve("discs").resolve(name), picture(radius, false, level));
            String right = (disc && i >= WRONG ? "disc;" : "") + (frame ? "frame" : "");
            labels.add("many/" + name + ",\"" + right + "\"");
            numbers.add("discs/" + name + "," + (radius * 10 + (i < WRONG ? 300 : 0)) + "," + level);
            grades.add("discs/" + name + "," + (i < WRONG ? 4 - radius / 3 : radius / 3));
        }
        Files.write(folder.resolve("labels.csv"), labels);
        Files.write(folder.resolve("numbers.csv"), numbers);
        Files.write(folder.resolve("grades.csv"), grades);
    }

    private static Image picture(int radius, boolean frame, int level) {
        byte[] pixels = new byte[SIDE * SIDE];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                boolean inside = Math.hypot(x - 13.5, y - 13.5) < radius;
                boolean edge = frame && (x == 1 || y == 1 || x == 26 || y == 26);
                pixels[y * SIDE + x] = (byte) (inside || edge ? level : 0);
            }
        }
        return new Image(SIDE, SIDE, 1, pixels);
    }

    private static CommandRun run(String line) {
        return CommandRun.of(line.strip().replace("{}", folder.toString()).split("\\s+"));
    }

    private static CommandRun done(String line) {
        CommandRun run = run(line);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        return run;
    }

    @Test
    void aMissingLabelIsListedFirstInPlainWords() throws IOException {
        CommandRun run = done("doctor --labels --data {}/labels.csv --task multi-label --label-column findings"
                + " --backbone digits-cnn --top 6 --page {}/labels.html");

        for (int i = 0; i < WRONG; i++) {
            assertThat(run.out()).contains("wrong-" + i + ".png");
        }
        assertThat(run.out())
                .contains("120 examples, 2 labels", "micro F1", "of 240 labels", "likely wrong", "lacks disc (");
        assertThat(folder.resolve("labels.html"))
                .content()
                .contains("lacks disc (", "→", "what is told of them", "micro F1 of held-out heads");
    }

    @Test
    void aNumberFarOffIsListedFirstWithTheOneExpected() {
        String line = "doctor --labels --data {}/numbers.csv --task regression --target-column radius,level"
                + " --backbone digits-cnn --top 6";
        CommandRun run = done(line);

        for (int i = 0; i < WRONG; i++) {
            assertThat(run.out()).contains("wrong-" + i + ".png");
        }
        assertThat(run.out()).contains("120 examples, 2 numbers", "R²", "radius: given", ", expected", "deviations)");
        JsonNode review = JsonText.line(done(line + " --json"));
        assertThat(review.path("told").path("task").asString()).isEqualTo("regression");
        JsonNode first = review.path("suspects").path(0);
        assertThat(first.path("evidence").path("deviations").asDouble()).isGreaterThan(3.5);
        assertThat(first.path("evidence").path("givenProbability").isNull()).isTrue();
        assertThat(first.path("neighbors").path(0).path("label").asString()).contains("radius", "level");
    }

    @Test
    void gradesAreReviewedAsClassesInAnOrder() {
        CommandRun run = done("doctor --labels --data {}/grades.csv --task ordinal --label-column stars"
                + " --grades 0,1,2,3,4 --backbone digits-cnn --top 8");

        assertThat(run.out()).contains("grades", "quadratic kappa", "wrong-", " → ");
    }

    @Test
    void aListForSeveralLabelsIsChosenFilledInAndFitted() throws IOException {
        done("fit --data {}/labels.csv --task multi-label --backbone digits-cnn --strategy feature-extraction@conv1"
                + " --label-column findings --out {}/labels");
        CommandRun run = done("label {}/many --bundle {}/labels/bundle --budget 30 --out {}/next.csv --json");

        JsonNode written = JsonText.line(run);
        assertThat(written.path("method").asString()).contains("unsure");
        assertThat(written.path("chosen").path(0).path("margin").asDouble()).isBetween(0.0, 0.5);
        assertThat(written.path("chosen").path(0).path("reason").asString()).contains("nearest label lies");

        assertThat(Files.readAllLines(folder.resolve("next.csv")).get(1)).endsWith(".png,?");
        fill("next.csv", i -> List.of("disc;frame", "disc", "", "frame", "?").get(i % 5));
        CommandRun fit = done("fit --data {}/next.csv --task multi-label --backbone digits-cnn --strategy"
                + " feature-extraction@conv1 --out {}/labels-again");
        assertThat(fit.out()).contains("multi-label of disc, frame");
        assertThat(fit.err()).contains("6 rows without");
        CommandRun more = done(
                "label {}/many --bundle {}/labels/bundle --labelled {}/next.csv --budget 5" + " --out {}/more.csv");
        assertThat(more.out()).contains("5 of 120", "with ; between several labels", "--task multi-label");
    }

    @Test
    void aListForANumberIsChosenFilledInAndFitted() throws IOException {
        done("fit --data {}/numbers.csv --task regression --backbone digits-cnn --strategy feature-extraction@conv1"
                + " --target-column radius --out {}/number");
        CommandRun run = done("label {}/discs --bundle {}/number/bundle --budget 30 --out {}/next-number.csv");
        assertThat(run.out()).contains("30 of 120", "--task regression");
        assertThat(Files.readAllLines(folder.resolve("next-number.csv")))
                .hasSize(31)
                .startsWith("path,label");

        fill("next-number.csv", i -> 12.5 + i + "");
        CommandRun fit = done("fit --data {}/next-number.csv --task regression --backbone digits-cnn --strategy"
                + " feature-extraction@conv1 --out {}/number-again");
        assertThat(fit.out()).contains("regression of label");
    }

    @Test
    void aListForSeveralNumbersHasAColumnForEach() throws IOException {
        done("fit --data {}/numbers.csv --task regression --backbone digits-cnn --strategy feature-extraction@conv1"
                + " --target-column radius,level --out {}/numbers");
        CommandRun run = done("label {}/discs --bundle {}/numbers/bundle --budget 30 --out {}/next-numbers.csv");
        assertThat(run.out()).contains("columns radius, level", "--target-column radius,level");
        assertThat(Files.readAllLines(folder.resolve("next-numbers.csv"))).startsWith("path,radius,level");

        fill("next-numbers.csv", i -> i + "," + 2.5 * i);
        done("fit --data {}/next-numbers.csv --task regression --target-column radius,level --backbone digits-cnn"
                + " --strategy feature-extraction@conv1 --out {}/numbers-again");
        CommandRun more = done("label {}/discs --bundle {}/numbers/bundle --labelled {}/next-numbers.csv --budget 5"
                + " --json --out {}/more-numbers.csv");
        assertThat(JsonText.line(more).path("labelled").asInt()).isEqualTo(30);
        assertThat(run("label {}/discs --bundle {}/numbers/bundle --budget 30 --overwrite --out {}/next-numbers.csv")
                        .err())
                .contains("never replaced");
    }

    private interface Cells {
        String of(int row);
    }

    /** Fills in the empty cells of a list. */
    private static void fill(String list, Cells cells) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve(list));
        for (int i = 1; i < lines.size(); i++) {
            lines.set(i, lines.get(i).replaceFirst("[,?]+$", ",") + cells.of(i));
        }
        Files.write(folder.resolve(list), lines);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            doctor --labels --data {}/many --task multi-label                            | 2 | Folders of images say one class
            doctor --labels --data {}/labels.csv --label-column findings --grades a,b    | 2 | Only grades
            doctor --labels --data {}/labels.csv --label-column findings --label-separator ; | 2 | Only several labels
            doctor --labels --data {}/labels.csv --task regression --label-column findings | 1 | number to learn is none
            doctor --labels --data {}/labels.csv --task ordinal --label-column findings  | 1 | order of these grades
            doctor --labels --data {}/labels.csv --task clustering                       | 2 | no such task
            doctor --labels --data {}/numbers.csv --label-column radius,level            | 1 | one class
            doctor --data {}/labels.csv --task multi-label                               | 2 | together with --labels
            doctor --data {}/labels.csv --grades a,b                                     | 2 | together with --labels
            """)
    void wrongUsesSayWhatToDo(String line, int code, String said) {
        CommandRun run = run(line);

        assertThat(run.err()).as(line).contains(said).doesNotContain("Exception", "\tat ");
        assertThat(run.exitCode()).as(line + "\n" + run.err()).isEqualTo(code);
    }
}
