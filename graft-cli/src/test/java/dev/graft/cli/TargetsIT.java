package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command on tables whose labels are several labels, numbers or grades. */
class TargetsIT {
    private static final int SIDE = 28;
    private static final int ROWS = 120;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aNumberIsFittedPredictedMeasuredAndExported() throws IOException {
        Path table = discs("path,radius", radius -> String.valueOf(radius * 1.5));

        CommandRun fit = fit(table, "--task", "regression", "--target-column", "radius");
        assertThat(fit.exitCode()).as(fit.err()).isZero();
        assertThat(fit.out())
                .contains("regression of radius", "R²", "mean absolute error", "intervals that shall hold 90%");

        String bundle = directory.resolve("run/bundle").toString();
        CommandRun predict =
                CommandRun.of("predict", bundle, directory.resolve("0.png").toString(), "--json");
        JsonNode answer = JsonMapper.shared().readTree(predict.out()).get(0);
        assertThat(answer.get("numbers").get(0).get("name").asString()).isEqualTo("radius");
        assertThat(answer.get("numbers").get(0).get("lower").asDouble())
                .isLessThan(answer.get("numbers").get(0).get("value").asDouble());
        assertThat(answer.get("confidence").isNull()).isTrue();
        assertThat(CommandRun.of("predict", bundle, directory.resolve("0.png").toString())
                        .out())
                .matches("(?s).*0\\.png: [\\d.]+ \\[-?[\\d.]+, [\\d.]+\\].*");

        CommandRun evaluate = CommandRun.of("evaluate", bundle, "--data", table.toString(), "--label-column", "radius");
        assertThat(evaluate.exitCode()).as(evaluate.err()).isZero();
        assertThat(evaluate.out()).contains("R²").doesNotContain("accuracy");

        CommandRun export = CommandRun.of(
                "export", bundle, "--out", directory.resolve("onnx").toString());
        assertThat(export.exitCode()).as(export.err()).isZero();
        assertThat(directory.resolve("onnx/README.md")).content().contains("`numbers`");

        JsonNode metrics = JsonMapper.shared().readTree(Files.readAllBytes(directory.resolve("run/metrics.json")));
        assertThat(metrics.get("target").get("task").asString()).isEqualTo("regression");
        assertThat(metrics.get("results").get(0).has("testScore")).isTrue();
        assertThat(metrics.get("results").get(0).has("testAccuracy")).isFalse();
        assertThat(directory.resolve("run/report.html"))
                .content()
                .contains("Where the network found evidence for radius");
    }

    @Test
    void severalLabelsAreFittedAndPredicted() throws IOException {
        Path table = discs("path,label", radius -> radius > 8 ? "large|round" : radius > 5 ? "round" : "");

        CommandRun fit = fit(table, "--task", "multi-label");
        assertThat(fit.exitCode()).as(fit.err()).isZero();
        assertThat(fit.out()).contains("multi-label of large, round", "micro F1", "mean average precision");

        String bundle = directory.resolve("run/bundle").toString();
        CommandRun predict =
                CommandRun.of("predict", bundle, directory.resolve("0.png").toString());
        assertThat(predict.out()).contains("probabilities:", "large", "round");
        CommandRun evaluate = CommandRun.of("evaluate", bundle, "--data", table.toString());
        assertThat(evaluate.out()).contains("micro F1", "label", "precision");
        CommandRun sets =
                CommandRun.of("predict", bundle, directory.resolve("0.png").toString(), "--coverage", "0.9");
        assertThat(sets.exitCode()).isEqualTo(2);
        assertThat(sets.err()).contains("several labels");
    }

    @Test
    void gradesAreComparedByKappa() throws IOException {
        Path table = discs("path,stars", radius -> String.valueOf(radius / 3));

        CommandRun compare = CommandRun.of(
                "compare",
                "--data",
                table.toString(),
                "--task",
                "ordinal",
                "--label-column",
                "stars",
                "--backbone",
                "digits-cnn",
                "--strategies",
                "feature-extraction,from-scratch",
                "--seeds",
                "2",
                "--samples-per-class",
                "5",
                "--epochs",
                "2",
                "--out",
                directory.resolve("compared").toString());
        assertThat(compare.exitCode()).as(compare.err()).isZero();
        assertThat(compare.out()).contains("quadratic kappa").doesNotContain("  accuracy");
        assertThat(directory.resolve("compared/report.html")).exists();
    }

    @Test
    void aBundleForLabelsGoesOnLearningAndTellsWhatIsUnlike() throws IOException {
        Path table = discs("path,label", radius -> radius > 8 ? "large|round" : radius > 5 ? "round" : "");
        assertThat(fit(table, "--task", "multi-label").exitCode()).isZero();
        String bundle = directory.resolve("run/bundle").toString();
        Path more = discs("path,label", radius -> radius > 8 ? "large;huge" : radius > 5 ? "round" : "huge");

        String bigger = directory.resolve("bigger").toString();
        CommandRun add = CommandRun.of("add", bundle, "--data", more.toString(), "--out", bigger);
        assertThat(add.exitCode()).as(add.err()).isZero();
        assertThat(add.out())
                .contains("new labels huge: 3 labels now", "micro F1", "none of the new labels", "ridge regression");
        CommandRun remove = CommandRun.of(
                "add",
                bigger,
                "--remove",
                "huge,round",
                "--out",
                directory.resolve("one").toString());
        assertThat(remove.exitCode()).as(remove.err()).isZero();
        CommandRun none = CommandRun.of(
                "add",
                bigger,
                "--remove",
                "huge,round,large",
                "--out",
                directory.resolve("none").toString());
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("labels cannot be taken out");
        CommandRun folder = CommandRun.of(
                "add",
                bundle,
                "--data",
                Files.createDirectories(directory.resolve("folder")).toString(),
                "--out",
                directory.resolve("none").toString());
        assertThat(folder.err()).contains("Folders say one class");

        Path noise = noise();
        CommandRun predict =
                CommandRun.of("predict", bigger, noise.resolve("0.png").toString());
        assertThat(predict.out()).contains("not to be trusted");
        CommandRun evaluate =
                CommandRun.of("evaluate", bigger, "--data", more.toString(), "--unknown", noise.toString());
        assertThat(evaluate.exitCode()).as(evaluate.err()).isZero();
        assertThat(evaluate.out()).contains("none of what was learned from: 30 of 30 refused");
        CommandRun drift = CommandRun.of("evaluate", bigger, "--data", noise.toString(), "--drift");
        assertThat(drift.exitCode()).as(drift.err()).isZero();
        assertThat(drift.out()).contains("The inputs moved");
    }

    private Path noise() throws IOException {
        Path folder = Files.createDirectories(directory.resolve("noise"));
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 30; i++) {
            BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
            for (int p = 0; p < SIDE * SIDE; p++) {
                picture.getRaster().setSample(p % SIDE, p / SIDE, 0, random.nextInt(256));
            }
            ImageIO.write(picture, "png", folder.resolve(i + ".png").toFile());
        }
        return folder;
    }

    @Test
    void whatDoesNotFitATaskIsSaidBeforeAnythingIsTrained() throws IOException {
        Path table = discs("path,label", radius -> radius > 8 ? "large" : "small");

        assertThat(fit(table, "--task", "regression").err())
                .contains("A number to learn is none", "line 2", "column label", "--task");
        assertThat(fit(table, "--task", "ordinal").err()).contains("order of these grades", "--grades");
        assertThat(fit(table, "--task", "clustering").err()).contains("There is no such task", "multi-label");
        assertThat(fit(table, "--label-separator", ";").err()).contains("Only several labels");
        assertThat(fit(Files.createDirectories(directory.resolve("folder")), "--task", "regression")
                        .err())
                .contains("Folders of images say one class each");
        assertThat(fit(table, "--task", "multi-label", "--strategy", "fine-tuning", "--balance", "sampling")
                        .err())
                .contains("multi-label");
        assertThat(directory.resolve("run/bundle")).doesNotExist();
    }

    @Tag("slow")
    @Test
    void aLossOfNumbersIsTakenAndRefusedWhereThereAreNone() throws IOException {
        Path table = discs("path,radius", radius -> String.valueOf(radius * 1.5));
        List<String> scores = new ArrayList<>();
        for (String loss : List.of("squared", "absolute", "huber")) {
            CommandRun fit =
                    fit(table, "--task", "regression", "--target-column", "radius", "--overwrite", "--loss", loss);
            assertThat(fit.exitCode()).as(fit.err()).isZero();
            JsonNode metrics = JsonMapper.shared().readTree(Files.readAllBytes(directory.resolve("run/metrics.json")));
            scores.add(metrics.get("results").get(0).get("testScore").asString());
            assertThat(directory.resolve("run/config.json"))
                    .content()
                    .contains("\"--loss\" : \"" + loss.toUpperCase(Locale.ROOT));
        }
        assertThat(scores).doesNotHaveDuplicates();

        CommandRun classes =
                fit(discs("path,label", radius -> radius > 8 ? "large" : "small"), "--overwrite", "--loss", "huber");
        assertThat(classes.exitCode()).isEqualTo(2);
        assertThat(classes.err()).contains("huber is one of numbers", "the task classification");
        assertThat(fit(table, "--overwrite", "--loss", "cubic").err()).contains("squared, absolute, huber", "cubic");
    }

    private interface Label {
        String of(int radius);
    }

    private CommandRun fit(Path data, String... more) {
        List<String> line = new ArrayList<>(List.of(
                "fit",
                "--data",
                data.toString(),
                "--backbone",
                "digits-cnn",
                "--out",
                directory.resolve("run").toString()));
        if (!List.of(more).contains("--strategy")) {
            line.addAll(List.of("--strategy", "feature-extraction@conv1"));
        }
        line.addAll(List.of(more));
        return CommandRun.of(line.toArray(String[]::new));
    }

    private Path discs(String header, Label label) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        List<String> rows = new ArrayList<>(List.of(header));
        for (int i = 0; i < ROWS; i++) {
            int radius = 3 + random.nextInt(9);
            BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
            for (int y = 0; y < SIDE; y++) {
                for (int x = 0; x < SIDE; x++) {
                    boolean inside = Math.hypot(x - 14, y - 14) < radius;
                    picture.getRaster().setSample(x, y, 0, inside ? 200 + random.nextInt(56) : random.nextInt(30));
                }
            }
            ImageIO.write(picture, "png", directory.resolve(i + ".png").toFile());
            rows.add(i + ".png," + label.of(radius));
        }
        return Files.write(directory.resolve("table.csv"), rows);
    }
}
