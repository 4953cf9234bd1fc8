package dev.graft.benchmark;

import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.feature.Rows;
import dev.graft.reading.ImageFolder;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.training.FeatureExtractor;
import dev.graft.training.NetworkTraining;

/** From JPEG files to a head on features of a frozen network, as a user's program trains it: through the cache, solved. */
final class PhotoFit implements Work {
    /** As many as the flowers of TensorFlow's guides. */
    static final int CLASSES = 5;

    private static final int WIDTH = 533;
    private static final int HEIGHT = 400;

    private final Task task;
    private final JpegFolder files;

    PhotoFit(Task task) {
        this.task = task;
        this.files = draw(task);
    }

    static JpegFolder draw(Task task) {
        return JpegFolder.draw(task.images(), CLASSES, WIDTH, HEIGHT, 6);
    }

    @Override
    public void run() {
        NetworkTraining.on(ImageFolder.of(files.folder()))
                .backbone(task.backbone())
                .strategy(FeatureExtraction.at(Cut.at(task.cut())))
                .run();
    }

    /** Of the features that the head was trained on. */
    @Override
    public float[] outcome() {
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            Rows rows = FeatureExtractor.extract(
                            task.backbone(), Cut.at(task.cut()), ImageFolder.of(files.folder()), cache)
                    .get(0);
            float[] features = new float[rows.count() * rows.width()];
            for (int row = 0; row < rows.count(); row++) {
                rows.read(row, features, row * rows.width());
            }
            return Statistics.ofFeatures(features);
        }
    }

    @Override
    public void close() {
        files.close();
    }
}
