package dev.graft.doctor;

import dev.graft.data.Image;
import dev.graft.image.Preprocessing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a picture looks like from far away: 8 x 8 cells of grey, without regard to brightness and contrast, as a cosine
 * transform whose lowest frequencies come first. Between two of them lies {@code sqrt(2 - 2 r)}, r being the correlation
 * of their cells; since the first few numbers hold most of it, most pairs are told apart by these.
 */
final class Shape {
    private static final int SIDE = 8;
    private static final Preprocessing CELLS = Preprocessing.unitRange(SIDE, SIDE, 1);

    /** Five levels of 255: below it, compression decides which cell is the darker one. */
    private static final double LEAST_CONTRAST = 0.02;

    /** How many numbers describe a shape: all but the mean. */
    static final int NUMBERS = SIDE * SIDE - 1;

    private static final double[][] WAVES = waves();
    private static final List<int[]> LOWEST_FIRST = lowestFirst();

    private Shape() {}

    /** The numbers, whose squares add up to 1; none if there is too little contrast for them to mean anything. */
    static float[] of(Image image) {
        float[] cells = new float[SIDE * SIDE];
        CELLS.apply(image, cells, 0);
        double[][] across = new double[SIDE][SIDE];
        for (int row = 0; row < SIDE; row++) {
            for (int k = 0; k < SIDE; k++) {
                for (int column = 0; column < SIDE; column++) {
                    across[row][k] += WAVES[k][column] * cells[row * SIDE + column];
                }
            }
        }
        double[] numbers = new double[NUMBERS];
        double squares = 0;
        for (int i = 0; i < NUMBERS; i++) {
            int[] frequency = LOWEST_FIRST.get(i);
            for (int row = 0; row < SIDE; row++) {
                numbers[i] += WAVES[frequency[0]][row] * across[row][frequency[1]];
            }
            squares += numbers[i] * numbers[i];
        }
        if (Math.sqrt(squares) / SIDE < LEAST_CONTRAST) {
            return new float[0];
        }
        float[] shape = new float[NUMBERS];
        for (int i = 0; i < NUMBERS; i++) {
            shape[i] = (float) (numbers[i] / Math.sqrt(squares));
        }
        return shape;
    }

    /** The orthonormal cosines (DCT-II), (frequency, place). */
    private static double[][] waves() {
        double[][] waves = new double[SIDE][SIDE];
        for (int k = 0; k < SIDE; k++) {
            double scale = Math.sqrt((k == 0 ? 1.0 : 2.0) / SIDE);
            for (int place = 0; place < SIDE; place++) {
                waves[k][place] = scale * Math.cos(Math.PI * k * (place + 0.5) / SIDE);
            }
        }
        return waves;
    }

    private static List<int[]> lowestFirst() {
        List<int[]> frequencies = new ArrayList<>();
        for (int i = 1; i < SIDE * SIDE; i++) {
            frequencies.add(new int[] {i / SIDE, i % SIDE});
        }
        frequencies.sort(
                Comparator.comparingInt(frequency -> frequency[0] * frequency[0] + frequency[1] * frequency[1]));
        return frequencies;
    }
}
