package dev.graft.training;

import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledImages;
import dev.graft.data.LabeledItems;
import dev.graft.data.LabeledTexts;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.feature.AugmentedRows;
import dev.graft.feature.ImageRows;
import dev.graft.feature.ItemRows;
import dev.graft.feature.Rows;
import dev.graft.feature.SparseRows;
import dev.graft.feature.TokenRows;
import dev.graft.image.Augmentation;
import dev.graft.image.Preprocessing;
import dev.graft.preparation.BagOfWords;
import dev.graft.preparation.Preparation;
import dev.graft.preparation.TableCoding;
import dev.graft.preparation.TextPreparation;
import dev.graft.preparation.Tokenization;

/** What a branch takes of the examples, as one epoch sees it: as it is, or changed at random by a seed. */
record View(LabeledExamples data, Augmentation augmentation, long seed) {
    static View plain(LabeledExamples data) {
        return new View(data, Augmentation.none(), 0);
    }

    /**
     * The examples as a backbone takes them.
     *
     * @throws SettingsException if the backbone takes another kind of examples
     */
    Rows rows(Preparation preparation) {
        if (preparation instanceof Preprocessing preprocessing && data instanceof LabeledImages images) {
            return changesImages()
                    ? new AugmentedRows(images, preprocessing, augmentation, seed)
                    : new ImageRows(images, preprocessing);
        }
        if (preparation instanceof Tokenization tokenization && data instanceof LabeledTexts texts) {
            return TokenRows.of(texts, tokenization);
        }
        if (preparation instanceof BagOfWords words && data instanceof LabeledTexts texts) {
            return SparseRows.of(texts, words);
        }
        if (preparation instanceof TableCoding coding && data instanceof LabeledItems items) {
            return new ItemRows(items, coding);
        }
        throw new SettingsException(Problem.of("This backbone takes another kind of examples.")
                .where(data.name())
                .expected(preparation instanceof TextPreparation ? "texts" : "images")
                .found(
                        data instanceof LabeledTexts
                                ? "texts"
                                : data instanceof LabeledItems ? "items of several parts" : "images")
                .fix("choose a backbone that was trained on such examples"));
    }

    /** Whether the examples are images, and changed. */
    boolean changesImages() {
        return augmentation.changesImages() && data instanceof LabeledImages;
    }

    /** Equal digests mean equal rows, for the same preparation. */
    String digest() {
        String changes = Fingerprint.ofView(augmentation);
        return changesImages() ? data.digest() + " " + changes + " " + Long.toHexString(seed) : data.digest();
    }
}
