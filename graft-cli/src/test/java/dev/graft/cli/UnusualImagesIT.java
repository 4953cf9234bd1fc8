package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.Shapes;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code fit} on images of sizes, channels and numbers of classes that few data sets have. */
class UnusualImagesIT {
    private static final int[][] SIDES = {
        {1, 1}, {1, 4000}, {4000, 1}, {2, 3}, {31, 33}, {32, 32}, {400, 300}, {4000, 2500}
    };

    @TempDir
    private Path folder;

    /** Dark and bright pictures, of every size once in each class, by turns grey and in colour. */
    @ParameterizedTest
    @ValueSource(strings = {"digits-cnn", "cifar-resnet"})
    void sidesFromOneToThousandsAndOneOrThreeChannelsAreTaken(String backbone) throws IOException {
        for (int i = 0; i < SIDES.length; i++) {
            int kind = i % 2 == 0 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
            plain("dark/" + i + ".png", SIDES[i], kind, new Color(20 + i, 20, 20 + i));
            plain("bright/" + i + ".png", SIDES[i], kind, new Color(220 + i, 230, 220 + i));
        }

        CommandRun fit = fit(backbone, "feature-extraction");

        assertThat(fit.exitCode()).as(fit.err()).isEqualTo(ExitCode.DONE);
        assertThat(JsonText.line(fit).at("/target/train").asInt()).isGreaterThanOrEqualTo(10);
        assertThat(JsonText.line(fit).at("/results/0/testAccuracy").asDouble()).isEqualTo(1);
    }

    @Test
    void whatIsConvertedIsSaidOnceForAllFilesByFitAndByPredict() throws IOException {
        for (int i = 0; i < 8; i++) {
            int kind = i < 3 ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
            plain("dark/" + i + ".png", new int[] {9, 9}, kind, new Color(20 + i, 20, 20 + i, i < 3 ? 100 : 255));
            plain("bright/" + i + ".png", new int[] {9, 9}, BufferedImage.TYPE_INT_RGB, new Color(220 + i, 230, 220));
        }

        CommandRun fit = fit("digits-cnn", "feature-extraction");
        CommandRun predict = CommandRun.of(
                "predict",
                folder.resolve("run/bundle").toString(),
                folder.resolve("data/dark").toString());

        assertThat(fit.exitCode()).as(fit.err()).isEqualTo(ExitCode.DONE);
        assertThat(fit.err().lines().filter(line -> line.contains("transparent parts")))
                .singleElement()
                .asString()
                .contains("3 of 16 images");
        assertThat(JsonText.line(fit).at("/target/warnings").toString()).contains("3 of 16 images: transparent parts");
        assertThat(predict.exitCode()).as(predict.err()).isEqualTo(ExitCode.DONE);
        assertThat(predict.err().lines().filter(line -> line.contains("transparent parts")))
                .singleElement()
                .asString()
                .contains("3 of 8 images");
    }

    @Test
    void twoClassesOfGreyDrawingsAndAColorBackboneGoTogether() throws IOException {
        Drawings.folder(folder.resolve("data"), Shapes.draw(60, 8));

        CommandRun fit = fit("cifar-resnet", "fine-tuning");

        assertThat(fit.exitCode()).as(fit.err()).isEqualTo(ExitCode.DONE);
        assertThat(JsonText.line(fit).at("/target/classes").size()).isEqualTo(2);
    }

    /** One image of each to learn from, so that no cut is probed, which takes minutes with so many classes. */
    @Test
    void aHundredClassesAreToldApart() throws IOException {
        int classes = 100;
        for (int label = 0; label < classes; label++) {
            Color color = new Color(25 * (label % 10), 25 * (label / 10), 128);
            for (int i = 0; i < 3; i++) {
                plain(
                        String.format("class%02d/%d.png", label, i),
                        new int[] {8 + i, 8},
                        BufferedImage.TYPE_INT_RGB,
                        color);
            }
        }

        CommandRun fit = fit("cifar-resnet", "feature-extraction");

        assertThat(fit.exitCode()).as(fit.err()).isEqualTo(ExitCode.DONE);
        assertThat(JsonText.line(fit).at("/target/classes").size()).isEqualTo(classes);
        assertThat(JsonText.line(fit).at("/results/0/classification/classes").size())
                .isEqualTo(classes);
        assertThat(JsonText.line(fit).at("/results/0/testAccuracy").asDouble()).isGreaterThan(0.9);
        assertThat(Files.readAllLines(folder.resolve("run/bundle/labels.txt"))).hasSize(classes);
    }

    private CommandRun fit(String backbone, String strategy) {
        List<String> arguments = List.of(
                "fit",
                "--data",
                folder.resolve("data").toString(),
                "--backbone",
                backbone,
                "--strategy",
                strategy,
                "--epochs",
                "1",
                "--out",
                folder.resolve("run").toString(),
                "--json");
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private void plain(String name, int[] heightAndWidth, int kind, Color color) throws IOException {
        BufferedImage picture = new BufferedImage(heightAndWidth[1], heightAndWidth[0], kind);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(color);
        graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
        graphics.dispose();
        Path file = folder.resolve("data").resolve(name);
        Files.createDirectories(file.getParent());
        assertThat(ImageIO.write(picture, "png", file.toFile())).isTrue();
    }
}
