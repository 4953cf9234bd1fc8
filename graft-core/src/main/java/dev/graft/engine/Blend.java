package dev.graft.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import java.util.Arrays;

/**
 * Blends each example of a batch with another of the same batch.
 *
 * @param partners for each example, the place in the batch of the one it is blended with
 * @param share how much of the example itself remains, 0 to 1
 * @param top the first row of the rectangle that a picture takes from its partner
 * @param left its first column
 * @param rows its rows; 0 if the two are summed by their shares instead
 * @param columns its columns
 */
@SuppressWarnings("ArrayRecordComponent")
public record Blend(int[] partners, double share, int top, int left, int rows, int columns) {
    /** A sum of both, by their shares. */
    public static Blend sum(int[] partners, double share) {
        return new Blend(partners, share, 0, 0, 0, 0);
    }

    /** Blends pictures or feature maps given as rows, (batch, height x width x channels). */
    NDArray maps(NDArray batch, int height, int width, int channels) {
        if (rows == 0) {
            return features(batch);
        }
        float[] own = new float[height * width * channels];
        Arrays.fill(own, 1f);
        for (int y = top; y < top + rows; y++) {
            int from = (y * width + left) * channels;
            Arrays.fill(own, from, from + columns * channels, 0f);
        }
        NDArray mask = batch.getManager().create(own, new Shape(1, own.length));
        return batch.mul(mask).add(partners(batch).mul(mask.neg().add(1f)));
    }

    /** Blends features, (batch, features), by their shares. */
    NDArray features(NDArray batch) {
        return batch.mul((float) share).add(partners(batch).mul((float) (1 - share)));
    }

    private NDArray partners(NDArray batch) {
        long[] places = Arrays.stream(partners).asLongStream().toArray();
        NDArray index = batch.getManager().create(places);
        return index.getNDArrayInternal()
                .embedding(index, batch, SparseFormat.DENSE)
                .singletonOrThrow();
    }
}
