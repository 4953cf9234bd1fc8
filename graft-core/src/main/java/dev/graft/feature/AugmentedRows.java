package dev.graft.feature;

import dev.graft.data.LabeledImages;
import dev.graft.image.Augmentation;
import dev.graft.image.Preprocessing;
import java.util.stream.IntStream;

/** Images prepared for a backbone and changed at random, one row each: the same row gives the same numbers. */
public final class AugmentedRows implements Rows {
    private final ImageRows plain;
    private final Preprocessing preprocessing;
    private final Augmentation augmentation;
    private final long seed;

    /**
     * Views images as changed rows.
     *
     * @param seed chooses the changes; another one gives another view of every image
     */
    public AugmentedRows(LabeledImages images, Preprocessing preprocessing, Augmentation augmentation, long seed) {
        this.plain = new ImageRows(images, preprocessing);
        this.preprocessing = preprocessing;
        this.augmentation = augmentation;
        this.seed = seed;
    }

    @Override
    public int count() {
        return plain.count();
    }

    @Override
    public int width() {
        return plain.width();
    }

    @Override
    public void read(int row, float[] target, int offset) {
        plain.read(row, target, offset);
        // Seeds that differ by the golden gamma start streams of SplittableRandom that do not overlap in practice.
        augmentation.apply(target, offset, preprocessing, seed + row * 0x9E3779B97F4A7C15L);
    }

    /** Decodes, prepares and changes on all cores. */
    @Override
    public void read(int[] rows, float[] target) {
        IntStream.range(0, rows.length).parallel().forEach(i -> read(rows[i], target, i * width()));
    }
}
