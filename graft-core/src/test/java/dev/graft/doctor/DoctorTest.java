package dev.graft.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.doctor.Finding.Kind;
import dev.graft.image.TestFolder;
import dev.graft.reading.ImageDataset;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    @TempDir
    Path root;

    @Test
    void healthyDataHasNoFinding() {
        new TestFolder(root).noise("cat", 12, 1).noise("dog", 12, 2);

        Diagnosis diagnosis = Doctor.examine(ImageDataset.of(root));

        assertThat(diagnosis.findings()).isEmpty();
        assertThat(diagnosis.healthy()).isTrue();
        assertThat(diagnosis.files()).isEqualTo(24);
        assertThat(diagnosis.parts()).containsExactly(new Diagnosis.Part("all", 24, List.of(12, 12)));
    }

    @Test
    void everyPlantedFaultIsFoundNoneIsInventedAndNothingChanges() throws IOException {
        plantFaults();
        Map<String, byte[]> before = content();

        Diagnosis diagnosis = Doctor.examine(ImageDataset.of(root));

        assertThat(diagnosis.findings().stream().map(this::inShort))
                .containsExactlyInAnyOrder(
                        "ERROR UNREADABLE train/cat/cut.jpg",
                        "ERROR UNREADABLE train/cat/empty.jpg",
                        "ERROR UNREADABLE train/dog/text.jpg",
                        "ERROR LEAKING_COPY train/cat/0.png test/cat/copy.png",
                        "ERROR LEAKING_COPY train/dog/1.png val/cat/resaved.bmp",
                        "ERROR CONTRADICTING_COPY train/cat/2.png train/dog/z-other.png",
                        "WARNING REPEATED_COPY train/cat/3.png train/cat/z-again.png",
                        "WARNING LEAKING_LIKENESS train/dog/3.png test/dog/small.jpg",
                        "WARNING CONTRADICTING_LIKENESS train/cat/4.png train/dog/z-brighter.png",
                        "NOTE REPEATED_LIKENESS train/dog/4.png train/dog/z-compressed.jpg",
                        "WARNING LISTING",
                        "WARNING SMALL_CLASS",
                        "WARNING ABSENT_CLASS",
                        "WARNING ABSENT_CLASS",
                        "WARNING ABSENT_CLASS",
                        "WARNING ODD_FILE train/cat/wrong.jpg",
                        "NOTE ODD_SIZE train/cat/tiny.png",
                        "NOTE ODD_SIZE train/dog/long.png",
                        "NOTE GREY_AMONG_COLOR train/dog/grey.png",
                        "NOTE TURNED train/cat/turned.jpg");
        assertThat(diagnosis.healthy()).isFalse();
        assertThat(content()).usingRecursiveComparison().isEqualTo(before);
    }

    private void plantFaults() throws IOException {
        TestFolder folder = new TestFolder(root);
        for (int i = 0; i < 12; i++) {
            folder.write("train/cat/" + i + ".png", picture(i));
            folder.write("train/dog/" + i + ".png", picture(100 + i));
        }
        folder.write("train/emu/0.png", picture(200));
        folder.write("val/cat/a.png", picture(300)).write("test/dog/b.png", picture(301));
        folder.write("train/cat/cut.jpg", Arrays.copyOf(TestFolder.resource("noise.jpg"), 1500));
        folder.write("train/cat/empty.jpg", new byte[0]);
        folder.write("train/dog/text.jpg", "text".getBytes(StandardCharsets.UTF_8));
        folder.write("train/cat/wrong.jpg", picture(400));
        folder.write("test/cat/copy.png", picture(0));
        folder.write("val/cat/resaved.bmp", saved(read(picture(101)), "bmp"));
        folder.write("train/dog/z-other.png", picture(2));
        folder.write("train/cat/z-again.png", picture(3));
        folder.write("test/dog/small.jpg", saved(scaled(read(picture(103)), 48), "jpg"));
        folder.write("train/dog/z-brighter.png", saved(brighter(read(picture(4))), "png"));
        folder.write("train/dog/z-compressed.jpg", saved(read(picture(104)), "jpg"));
        folder.write("train/cat/tiny.png", TestFolder.png(8, 8, 500));
        folder.write("train/dog/long.png", TestFolder.png(64, 400, 501));
        folder.write("train/dog/grey.png", saved(grey(read(picture(502))), "png"));
        folder.write("train/cat/turned.jpg", TestFolder.resource("exif-6.jpg"));
        folder.write("train/cat/.DS_Store", new byte[1]);
    }

    private static byte[] picture(int seed) {
        return TestFolder.png(64, 64, 7000 + seed);
    }

    private String inShort(Finding finding) {
        StringBuilder text = new StringBuilder(finding.severity() + " " + finding.kind());
        finding.files().forEach(file -> text.append(' ').append(root.relativize(Path.of(file))));
        return text.toString();
    }

    @Test
    void plainPicturesAreNotTakenForLikenesses() {
        TestFolder folder = new TestFolder(root).noise("cat", 10, 1).noise("dog", 10, 2);
        for (int level = 0; level < 10; level++) {
            BufferedImage plain = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
            for (int i = 0; i < 32 * 32; i++) {
                plain.setRGB(i % 32, i / 32, (200 + level) << 16 | 30);
            }
            folder.write("cat/plain-" + level + ".png", saved(plain, "png"));
        }

        assertThat(Doctor.examine(ImageDataset.of(root)).findings())
                .extracting(Finding::kind)
                .doesNotContain(Kind.REPEATED_LIKENESS);
    }

    private static BufferedImage read(byte[] content) {
        try {
            return ImageIO.read(new ByteArrayInputStream(content));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] saved(BufferedImage picture, String format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            assertThat(ImageIO.write(picture, format, out)).isTrue();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private static BufferedImage scaled(BufferedImage picture, int side) {
        BufferedImage smaller = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        java.awt.Graphics2D graphics = smaller.createGraphics();
        graphics.setRenderingHint(
                java.awt.RenderingHints.KEY_INTERPOLATION, java.awt.RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(picture, 0, 0, side, side, null);
        graphics.dispose();
        return smaller;
    }

    private static BufferedImage brighter(BufferedImage picture) {
        return changed(picture, level -> Math.min(255, level + 3), false);
    }

    private static BufferedImage grey(BufferedImage picture) {
        return changed(picture, level -> level, true);
    }

    private static BufferedImage changed(
            BufferedImage picture, java.util.function.IntUnaryOperator change, boolean greenOnly) {
        BufferedImage result = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                int color = picture.getRGB(x, y);
                int green = change.applyAsInt(color >> 8 & 0xFF);
                int red = greenOnly ? green : change.applyAsInt(color >> 16 & 0xFF);
                int blue = greenOnly ? green : change.applyAsInt(color & 0xFF);
                result.setRGB(x, y, red << 16 | green << 8 | blue);
            }
        }
        return result;
    }

    private Map<String, byte[]> content() throws IOException {
        Map<String, byte[]> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                content.put(file + " " + Files.getLastModifiedTime(file), Files.readAllBytes(file));
            }
        }
        return content;
    }
}
