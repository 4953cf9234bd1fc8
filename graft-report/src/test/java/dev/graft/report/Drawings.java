package dev.graft.report;

import dev.graft.data.Image;
import java.util.Random;

/** Draws the small pictures of the example: discs and squares as in the worked example, digits as on a pocket calculator. */
final class Drawings {
    private static final int SIZE = 28;

    /** The segments of each digit: top, upper left, upper right, middle, lower left, lower right, bottom. */
    private static final String[] SEGMENTS = {
        "1110111", "0010010", "1011101", "1011011", "0111010", "1101011", "1101111", "1010010", "1111111", "1111011"
    };

    private Drawings() {}

    static Image disc(Random random) {
        int centreX = 5 + random.nextInt(18);
        int centreY = 5 + random.nextInt(18);
        int radius = 3 + random.nextInt(5);
        byte[] pixels = new byte[SIZE * SIZE];
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                int distance = (x - centreX) * (x - centreX) + (y - centreY) * (y - centreY);
                pixels[y * SIZE + x] = (byte) (distance <= radius * radius ? 255 : 0);
            }
        }
        return new Image(SIZE, SIZE, 1, pixels);
    }

    static Image square(Random random) {
        int side = 5 + random.nextInt(7);
        byte[] pixels = new byte[SIZE * SIZE];
        fill(pixels, random.nextInt(SIZE - side), random.nextInt(SIZE - side), side, side);
        return new Image(SIZE, SIZE, 1, pixels);
    }

    static Image digit(int digit) {
        byte[] pixels = new byte[SIZE * SIZE];
        int[][] places = {
            {9, 4, 10, 3}, {8, 5, 3, 9}, {17, 5, 3, 9}, {9, 13, 10, 3}, {8, 14, 3, 9}, {17, 14, 3, 9}, {9, 21, 10, 3}
        };
        for (int i = 0; i < places.length; i++) {
            if (SEGMENTS[digit].charAt(i) == '1') {
                fill(pixels, places[i][0], places[i][1], places[i][2], places[i][3]);
            }
        }
        return new Image(SIZE, SIZE, 1, pixels);
    }

    /** A large picture in colour. */
    static Image gradient(int height, int width) {
        byte[] pixels = new byte[height * width * 3];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                pixels[(y * width + x) * 3] = (byte) (255 * x / width);
                pixels[(y * width + x) * 3 + 1] = (byte) (255 * y / height);
                pixels[(y * width + x) * 3 + 2] = (byte) 120;
            }
        }
        return new Image(height, width, 3, pixels);
    }

    private static void fill(byte[] pixels, int left, int top, int width, int height) {
        for (int y = top; y < top + height; y++) {
            for (int x = left; x < left + width; x++) {
                pixels[y * SIZE + x] = (byte) 255;
            }
        }
    }
}
