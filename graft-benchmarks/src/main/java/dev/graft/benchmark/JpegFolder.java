package dev.graft.benchmark;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * JPEG files on disk, drawn and noisy, a folder for each class, whose shapes have colours of their own. The same for each
 * peer. Closing it deletes them.
 *
 * @param folder where the folders of the classes are
 * @param files the files
 */
record JpegFolder(Path folder, List<Path> files) implements AutoCloseable {
    private static final int SHAPES = 40;

    /**
     * Draws pictures and writes them.
     *
     * @param noise the bits of a sample that are random: 3 for small files, 6 for about as many bytes as photographs have
     */
    static JpegFolder draw(int count, int classes, int width, int height, int noise) {
        ImageIO.setUseCache(false);
        List<Path> files = new ArrayList<>();
        try {
            Path folder = Files.createTempDirectory("graft-bench-jpeg-");
            for (int i = 0; i < count; i++) {
                int label = i % classes;
                Path file = folder.resolve("class" + label).resolve(i + ".jpg");
                Files.createDirectories(file.getParent());
                ImageIO.write(picture(i, (float) label / classes, width, height, noise), "jpeg", file.toFile());
                files.add(file);
            }
            return new JpegFolder(folder, files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedImage picture(int seed, float hue, int width, int height, int noise) {
        Random random = new Random(seed);
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setPaint(
                new GradientPaint(0, 0, new Color(random.nextInt()), width, height, new Color(random.nextInt())));
        graphics.fillRect(0, 0, width, height);
        int largest = Math.min(width, height) / 4;
        for (int i = 0; i < SHAPES; i++) {
            graphics.setColor(
                    Color.getHSBColor(hue + 0.1f * random.nextFloat(), random.nextFloat(), random.nextFloat()));
            graphics.fillOval(
                    random.nextInt(width), random.nextInt(height), random.nextInt(largest), random.nextInt(largest));
        }
        graphics.dispose();
        int mask = ((1 << noise) - 1) * 0x010101;
        int[] pixels = ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] ^= random.nextInt() & mask;
        }
        return picture;
    }

    /** Decodes all files by Java's own decoder, on all cores. */
    void decode() {
        files.parallelStream().forEach(file -> {
            try {
                ImageIO.read(file.toFile());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
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
