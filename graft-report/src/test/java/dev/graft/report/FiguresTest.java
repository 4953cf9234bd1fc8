package dev.graft.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.Image;
import dev.graft.error.StorageException;
import dev.graft.result.ExperimentResult;
import dev.graft.result.ReportPictures;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class FiguresTest {
    private final Path directory;

    FiguresTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void areWrittenBesideThePage() throws IOException {
        Report.write(directory, ExampleExperiment.shapes(), ExampleExperiment.pictures());

        assertThat(names(directory)).contains("report.html", "metrics.json", "history.csv", "figures");
        assertThat(names(directory.resolve("figures")))
                .containsExactlyInAnyOrder(
                        "source-samples.png",
                        "target-samples.png",
                        "curves-accuracy.png",
                        "curves-loss.png",
                        "comparison.png",
                        "probes.png",
                        "data-size-curve.png",
                        "confusion-feature-extraction.png",
                        "confusion-feature-extraction-dense.png",
                        "confusion-fine-tuning.png",
                        "confusion-from-scratch.png",
                        "gallery-feature-extraction.png",
                        "gallery-feature-extraction-dense.png",
                        "gallery-fine-tuning.png",
                        "gallery-from-scratch.png");
        for (String name : names(directory.resolve("figures"))) {
            shows(ImageIO.read(directory.resolve("figures").resolve(name).toFile()), name);
        }
    }

    @Test
    void showChineseNamesOrSayThatTheyCannot() throws IOException {
        List<String> classes = List.of("方形", "圆形");
        Report.write(directory, ExampleExperiment.shapes(classes), ExampleExperiment.pictures(classes));

        Font font = FigureFont.forNames(classes).font();
        boolean drawn = font != null && font.canDisplayUpTo("方形圆形") < 0;
        assertThat(Files.readString(directory.resolve("report.html")).contains("No installed font can draw"))
                .isEqualTo(!drawn);
        assertThat(Files.readString(directory.resolve("metrics.json"))).contains("圆形");
    }

    @Test
    void ofOwnImagesShowReliabilityAndTheSurestMistakes() throws IOException {
        Report.write(directory, OwnImages.experiment(4), OwnImages.pictures(4));

        assertThat(names(directory.resolve("figures")))
                .contains("reliability-feature-extraction.png", "surest-mistakes-feature-extraction.png");
        for (String name : names(directory.resolve("figures"))) {
            shows(ImageIO.read(directory.resolve("figures").resolve(name).toFile()), name);
        }
    }

    @Test
    void nameTheTextThatNoFontCanDraw() {
        FigureFont font = FigureFont.among(List.of(), List.of("圆形"));

        assertThat(font.font()).isNotNull();
        assertThat(font.notes())
                .containsExactly("No installed font can draw 圆形 in the PNG figures; install e.g. Noto Sans CJK.");
    }

    @ParameterizedTest
    @MethodSource("dev.graft.report.PageTest#poorExperiments")
    void leaveOutWhatIsMissing(ExperimentResult poor) throws IOException {
        Report.write(directory, poor, new ReportPictures(List.of(), List.of(), Map.of()));

        for (String name : names(directory.resolve("figures"))) {
            shows(ImageIO.read(directory.resolve("figures").resolve(name).toFile()), name);
        }
    }

    @Test
    void needADirectory() {
        Path missing = directory.resolve("missing");

        assertThatThrownBy(() -> Report.write(missing, ExampleExperiment.shapes(), ExampleExperiment.pictures()))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("missing")
                .hasMessageContaining("an existing directory");
    }

    @Test
    void sayWhereTheyCouldNotBeWritten() throws IOException {
        Files.writeString(directory.resolve("figures"), "a file in the way");

        assertThatThrownBy(() -> Report.write(directory, ExampleExperiment.shapes(), ExampleExperiment.pictures()))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(directory.toString());
    }

    @Test
    void haveNamesThatEveryFileSystemAccepts() {
        FileNames names = new FileNames();

        assertThat(List.of("a@b", "A/b", "../..", "圆形", "x".repeat(300)).stream()
                        .map(names::unique))
                .containsExactly("a-b", "A-b-2", "strategy", "strategy-2", "x".repeat(60));
    }

    @Test
    void areValidPngFiles() throws IOException {
        Image image = Drawings.gradient(31, 17);
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(Png.encode(17, 31, 3, image.pixels())));

        for (int y = 0; y < 31; y++) {
            for (int x = 0; x < 17; x++) {
                int expected = image.sample(y, x, 0) << 16 | image.sample(y, x, 1) << 8 | image.sample(y, x, 2);
                assertThat(read.getRGB(x, y) & 0xFFFFFF).isEqualTo(expected);
            }
        }
    }

    @Test
    void scaleLargePicturesDown() {
        Image small = Drawings.gradient(300, 600).atMost(160);

        assertThat(small.width()).isEqualTo(160);
        assertThat(small.height()).isEqualTo(80);
        assertThat(small.sample(0, 0, 2)).isEqualTo(120);
        assertThat(small.sample(40, 80, 0)).isBetween(125, 131);
    }

    private static List<String> names(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static void shows(BufferedImage figure, String name) {
        assertThat(figure.getWidth()).as(name).isBetween(400, 4000);
        assertThat(figure.getHeight()).as(name).isBetween(150, 8000);
        long drawn = Stream.iterate(0, i -> i + 7)
                .limit((long) figure.getWidth() * figure.getHeight() / 7)
                .filter(i -> (figure.getRGB(i % figure.getWidth(), i / figure.getWidth()) & 0xFFFFFF) != 0xFFFFFF)
                .count();
        assertThat(drawn).as(name).isGreaterThan(100);
    }
}
