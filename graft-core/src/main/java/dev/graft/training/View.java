package dev.graft.training;

import dev.graft.data.LabeledImages;
import dev.graft.feature.AugmentedRows;
import dev.graft.feature.ImageRows;
import dev.graft.feature.Rows;
import dev.graft.image.Augmentation;
import dev.graft.image.Mixing;
import dev.graft.image.Preprocessing;

/** Labelled images as one epoch sees them: as they are, or changed at random by a seed. */
record View(LabeledImages data, Augmentation augmentation, long seed) {
    static View plain(LabeledImages data) {
        return new View(data, Augmentation.none(), 0);
    }

    Rows rows(Preprocessing preprocessing) {
        return augmentation.changesImages()
                ? new AugmentedRows(data, preprocessing, augmentation, seed)
                : new ImageRows(data, preprocessing);
    }

    /** Equal digests mean equal rows, for the same preprocessing. */
    String digest() {
        String changes = augmentation.withViews(1).withMixing(Mixing.NONE).toString();
        return augmentation.changesImages()
                ? data.digest() + " " + changes + " " + Long.toHexString(seed)
                : data.digest();
    }
}
