package dev.graft.benchmark;

import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.reading.ImageFolder;
import dev.graft.training.FeatureExtractor;

/** JPEG files of 12 megapixels, as telephones write them, to features of a network, through an empty cache. */
final class PhoneFeatures implements Work {
    private static final int WIDTH = 4000;
    private static final int HEIGHT = 3000;
    private static final int CLASSES = 2;

    private final Task task;
    private final JpegFolder files;

    PhoneFeatures(Task task) {
        this.task = task;
        this.files = draw(task);
    }

    static JpegFolder draw(Task task) {
        return JpegFolder.draw(task.images(), CLASSES, WIDTH, HEIGHT, 6);
    }

    /** One unit is one image. */
    @Override
    public int units() {
        return task.images();
    }

    @Override
    public void run() {
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            FeatureExtractor.extract(task.backbone(), Cut.at(task.cut()), ImageFolder.of(files.folder()), cache);
        }
    }

    @Override
    public void close() {
        files.close();
    }
}
