package dev.graft.benchmark;

import dev.graft.data.LabeledImages;
import dev.graft.feature.ImageRows;
import dev.graft.image.ImageFolder;
import dev.graft.image.Preprocessing;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * JPEG files on disk, drawn and noisy, 400 x 400: read, decoded and prepared for a network of 32 x 32 as Graft does it, or
 * only decoded by Java's own decoder, which is the limit. Both on all cores.
 */
final class JpegFiles implements Work {
    private static final int SIDE = 400;
    private static final int CLASSES = 2;
    private static final int AT_ONCE = 32;

    private final boolean decoderAlone;
    private final Path folder;
    private final List<Path> files = new ArrayList<>();
    private final ImageRows rows;

    JpegFiles(Task task, boolean decoderAlone) {
        this.decoderAlone = decoderAlone;
        ImageIO.setUseCache(false);
        try {
            folder = Files.createTempDirectory("graft-bench-jpeg-");
            for (int i = 0; i < task.images(); i++) {
                Path file = folder.resolve("class" + i % CLASSES).resolve(i + ".jpg");
                Files.createDirectories(file.getParent());
                ImageIO.write(picture(i), "jpeg", file.toFile());
                files.add(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        LabeledImages images = ImageFolder.of(folder);
        rows = new ImageRows(images, Preprocessing.unitRange(32, 32, 3));
    }

    private static BufferedImage picture(int seed) {
        Random random = new Random(seed);
        BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setPaint(
                new GradientPaint(0, 0, new Color(random.nextInt()), SIDE, SIDE, new Color(random.nextInt())));
        graphics.fillRect(0, 0, SIDE, SIDE);
        for (int i = 0; i < 40; i++) {
            graphics.setColor(new Color(random.nextInt()));
            graphics.fillOval(random.nextInt(SIDE), random.nextInt(SIDE), random.nextInt(99), random.nextInt(99));
        }
        graphics.dispose();
        for (int i = 0; i < SIDE * SIDE; i++) {
            picture.setRGB(i % SIDE, i / SIDE, picture.getRGB(i % SIDE, i / SIDE) ^ (random.nextInt() & 0x070707));
        }
        return picture;
    }

    /** One unit is one image. */
    @Override
    public int units() {
        return files.size();
    }

    @Override
    public void run() {
        if (decoderAlone) {
            files.parallelStream().forEach(JpegFiles::decode);
            return;
        }
        float[] batch = new float[AT_ONCE * rows.width()];
        for (int from = 0; from < rows.count(); from += AT_ONCE) {
            rows.read(
                    IntStream.range(from, Math.min(rows.count(), from + AT_ONCE))
                            .toArray(),
                    batch);
        }
    }

    private static void decode(Path file) {
        try {
            ImageIO.read(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
