package dev.graft.data;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.util.List;

/**
 * Drawn squares and circles: the small target task of the worked example.
 *
 * <p>Each picture is 28x28 grey, background 0, shape 255. With probability 1/2 it is a disc with a centre uniform in
 * [5, 22] on each axis and a radius uniform in [3, 7], else a filled square with a side uniform in [5, 11] and a corner
 * uniform in [0, 28 - side - 1] on each axis; all of them integers. The random numbers are SplitMix64's, so a seed draws
 * the same pictures on every platform and Java version.
 */
public final class Shapes {
    /** The classes: a square has label 0, a circle label 1. */
    public static final List<String> CLASS_NAMES = List.of("square", "circle");

    private static final int SIZE = 28;
    private static final byte INK = (byte) 255;
    private static final int SQUARE = 0;
    private static final int CIRCLE = 1;

    private Shapes() {}

    /**
     * Draws pictures. A smaller count with the same seed gives the first pictures of a larger one.
     *
     * @param count how many, 0 or more
     * @param seed chooses the pictures
     * @return data named {@code shapes}
     * @throws SettingsException if the count is negative, or too large for one array
     */
    public static LabeledImages draw(int count, long seed) {
        int most = Integer.MAX_VALUE / (SIZE * SIZE);
        if (count < 0 || count > most) {
            throw new SettingsException(Problem.of("This many shapes cannot be drawn.")
                    .expected("a count between 0 and " + most)
                    .found(count));
        }
        SplitMix64 random = new SplitMix64(seed);
        byte[] pixels = new byte[count * SIZE * SIZE];
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            boolean circle = random.nextBoolean();
            labels[i] = (byte) (circle ? CIRCLE : SQUARE);
            if (circle) {
                drawDisc(pixels, i * SIZE * SIZE, random);
            } else {
                drawSquare(pixels, i * SIZE * SIZE, random);
            }
        }
        return new PackedImages("shapes", CLASS_NAMES, SIZE, SIZE, pixels, labels);
    }

    private static void drawDisc(byte[] pixels, int offset, SplitMix64 random) {
        int centreX = random.nextInt(5, 22);
        int centreY = random.nextInt(5, 22);
        int radius = random.nextInt(3, 7);
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                int dx = x - centreX;
                int dy = y - centreY;
                if (dx * dx + dy * dy <= radius * radius) {
                    pixels[offset + y * SIZE + x] = INK;
                }
            }
        }
    }

    private static void drawSquare(byte[] pixels, int offset, SplitMix64 random) {
        int side = random.nextInt(5, 11);
        int left = random.nextInt(0, SIZE - side - 1);
        int top = random.nextInt(0, SIZE - side - 1);
        for (int y = top; y < top + side; y++) {
            for (int x = left; x < left + side; x++) {
                pixels[offset + y * SIZE + x] = INK;
            }
        }
    }
}
