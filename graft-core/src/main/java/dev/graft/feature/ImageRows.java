package dev.graft.feature;

import dev.graft.data.LabeledImages;
import dev.graft.image.ImageKeeper;
import dev.graft.image.LevelTable;
import dev.graft.image.Preprocessing;
import java.util.stream.IntStream;

/** Images prepared for a backbone, one row each, prepared anew at each read unless an {@link ImageKeeper} has them. */
public final class ImageRows implements Rows {
    private final LabeledImages images;
    private final Preprocessing preprocessing;
    private final LevelTable levels;

    /** Views images as the rows that the preprocessing makes of them. */
    public ImageRows(LabeledImages images, Preprocessing preprocessing) {
        this.images = images;
        this.preprocessing = preprocessing;
        this.levels = new LevelTable(preprocessing);
    }

    @Override
    public int count() {
        return images.size();
    }

    @Override
    public int width() {
        return preprocessing.elements();
    }

    @Override
    public void read(int row, float[] target, int offset) {
        if (!ImageKeeper.readKept(images, row, preprocessing, target, offset)) {
            levels.apply(images.image(row), target, offset);
        }
    }

    /** Decodes and prepares on all cores. */
    @Override
    public void read(int[] rows, float[] target) {
        IntStream.range(0, rows.length).parallel().forEach(i -> read(rows[i], target, i * width()));
    }
}
