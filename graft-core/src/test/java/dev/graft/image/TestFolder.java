package dev.graft.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Builds folders of images for tests, of pictures that all differ. */
public final class TestFolder {
    private final Path root;

    public TestFolder(Path root) {
        this.root = root;
    }

    /** Writes a small PNG; every seed gives another picture. */
    public TestFolder noise(String name, int seed) {
        return write(name, png(16, 16, seed));
    }

    /** Writes files 0.png, 1.png and so on into a folder. */
    public TestFolder noise(String folder, int count, int seed) {
        for (int i = 0; i < count; i++) {
            noise(folder + "/" + i + ".png", seed * 1000 + i);
        }
        return this;
    }

    public TestFolder write(String name, byte[] content) {
        Path file = root.resolve(name);
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return this;
    }

    public static byte[] resource(String name) {
        return Pictures.bytes(name);
    }

    /** A smooth colour picture, another for each seed: random colours on a 5 x 5 grid, mixed in between. */
    public static byte[] png(int height, int width, int seed) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] grid = new Random(seed).ints(25 * 3, 0, 256).toArray();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int color = 0;
                for (int c = 0; c < 3; c++) {
                    color = color << 8 | mixed(grid, c, 4.0 * y / height, 4.0 * x / width);
                }
                picture.setRGB(x, y, color);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private static int mixed(int[] grid, int channel, double row, double column) {
        int y = (int) row;
        int x = (int) column;
        double upper = mix(grid[(y * 5 + x) * 3 + channel], grid[(y * 5 + x + 1) * 3 + channel], column - x);
        double lower = mix(grid[(y * 5 + x + 5) * 3 + channel], grid[(y * 5 + x + 6) * 3 + channel], column - x);
        return (int) mix(upper, lower, row - y);
    }

    private static double mix(double one, double other, double share) {
        return one + (other - one) * share;
    }
}
