package dev.graft.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.graft.data.Environment;
import dev.graft.doctor.Finding.Kind;
import dev.graft.image.TestFolder;
import dev.graft.reading.ImageDataset;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many planted likenesses are found, and how many are invented. */
class LikenessesTest {
    @TempDir
    Path root;

    @Test
    void drawnPicturesAreFoundAgainHoweverTheyWereChangedAndNoneIsInvented() throws IOException {
        List<BufferedImage> originals = IntStream.range(0, 60)
                .mapToObj(seed -> read(TestFolder.png(48, 48, 900 + seed)))
                .toList();

        Found found = plant(originals, 30);

        assertThat(found.recall()).containsExactly(30, 30, 30, 30);
        assertThat(found.invented()).isEmpty();
    }

    /**
     * Of 5,000 pictures of CIFAR-10, 1,000 were changed in four ways: saved as JPEG of quality 0.7 and brightened by a tenth,
     * of which 999 were found; moved by a pixel, 992; scaled to 0.9 and back, 999. One group joined different originals.
     */
    @Test
    @Tag("data")
    @Tag("slow")
    void photographsAreFoundAgainHoweverTheyWereChanged() throws IOException {
        Path cifar = Environment.system().dataDirectory("cifar10").orElse(Path.of("cifar10"));
        assumeTrue(Files.isDirectory(cifar.resolve("train")), "Skipped: no folder cifar10/train in $GRAFT_DATA.");
        List<Path> files = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(cifar.resolve("train"))) {
            walk.filter(Files::isRegularFile).sorted().forEach(files::add);
        }
        Collections.shuffle(files, new Random(1));
        List<BufferedImage> originals = new ArrayList<>();
        for (Path file : files.subList(0, 5000)) {
            originals.add(ImageIO.read(file.toFile()));
        }

        Found found = plant(originals, 1000);

        assertThat(found.recall()).as(found.toString()).allMatch(count -> count >= 980);
        assertThat(found.invented()).as(found.toString()).hasSizeLessThanOrEqualTo(12);
    }

    /**
     * What the doctor found.
     *
     * @param recall for each kind of change, how many originals were found together with it
     * @param invented pairs of different originals in one group
     */
    private record Found(List<Integer> recall, Set<String> invented) {}

    /** The originals as one class, and the first of them changed in four ways as four other classes. */
    private Found plant(List<BufferedImage> originals, int planted) throws IOException {
        TestFolder folder = new TestFolder(root);
        List<String> kinds = List.of("compressed", "brighter", "moved", "resized");
        for (int i = 0; i < originals.size(); i++) {
            BufferedImage picture = originals.get(i);
            folder.write("original/" + i + ".png", png(picture));
            if (i < planted) {
                folder.write("compressed/" + i + ".jpg", jpeg(picture, 0.7f));
                folder.write("brighter/" + i + ".png", png(brighter(picture)));
                folder.write("moved/" + i + ".png", png(moved(picture)));
                int side = Math.round(picture.getWidth() * 0.9f);
                folder.write("resized/" + i + ".png", png(scaled(scaled(picture, side), picture.getWidth())));
            }
        }
        List<Finding> findings = Doctor.examine(ImageDataset.of(root)).findings();
        int[] recall = new int[kinds.size()];
        Set<String> invented = new TreeSet<>();
        for (Finding finding : findings) {
            if (finding.kind() != Kind.CONTRADICTING_LIKENESS
                    && finding.kind() != Kind.REPEATED_LIKENESS
                    && finding.kind() != Kind.CONTRADICTING_COPY) {
                continue;
            }
            Set<String> numbers = new TreeSet<>();
            Set<String> originalNumbers = new TreeSet<>();
            for (String file : finding.files()) {
                String number = number(file);
                numbers.add(number);
                if (file.contains("original")) {
                    originalNumbers.add(number);
                }
            }
            for (int kind = 0; kind < recall.length; kind++) {
                String name = "/" + kinds.get(kind) + "/";
                recall[kind] += (int) finding.files().stream()
                        .filter(file -> file.contains(name) && originalNumbers.contains(number(file)))
                        .count();
            }
            if (numbers.size() > 1) {
                invented.add(numbers.toString());
            }
        }
        return new Found(IntStream.of(recall).boxed().toList(), invented);
    }

    private static String number(String file) {
        String name = Path.of(file).getFileName().toString();
        return name.substring(0, name.indexOf('.'));
    }

    private static BufferedImage brighter(BufferedImage picture) {
        BufferedImage result = blank(picture.getWidth());
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                int color = picture.getRGB(x, y);
                int changed = 0;
                for (int shift = 16; shift >= 0; shift -= 8) {
                    changed |= Math.min(255, Math.round((color >> shift & 0xFF) * 1.1f)) << shift;
                }
                result.setRGB(x, y, changed);
            }
        }
        return result;
    }

    /** One pixel to the right; the first column stays. */
    private static BufferedImage moved(BufferedImage picture) {
        BufferedImage result = blank(picture.getWidth());
        Graphics2D graphics = result.createGraphics();
        graphics.drawImage(picture, 0, 0, null);
        graphics.drawImage(picture, 1, 0, null);
        graphics.dispose();
        return result;
    }

    private static BufferedImage scaled(BufferedImage picture, int side) {
        BufferedImage result = blank(side);
        Graphics2D graphics = result.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(picture, 0, 0, side, side, null);
        graphics.dispose();
        return result;
    }

    private static BufferedImage blank(int side) {
        return new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    }

    private static BufferedImage read(byte[] content) {
        try {
            return ImageIO.read(new ByteArrayInputStream(content));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] png(BufferedImage picture) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", out);
        return out.toByteArray();
    }

    private static byte[] jpeg(BufferedImage picture, float quality) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam settings = writer.getDefaultWriteParam();
        settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        settings.setCompressionQuality(quality);
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(picture, null, null), settings);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }
}
