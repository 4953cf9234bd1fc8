package dev.graft.benchmark;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.graft.data.Image;
import dev.graft.engine.TensorEngine;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.feature.Pooling;
import dev.graft.feature.Rows;
import dev.graft.optimization.TrainingSettings;
import dev.graft.prediction.Classifier;
import dev.graft.strategy.Pretraining;
import dev.graft.training.FeatureExtractor;
import dev.graft.training.NetworkTraining;
import java.util.List;

/** Graft itself. */
final class GraftPeer implements Peer {
    @Override
    public void start() {
        TensorEngine.description();
        try (Work product = new MatrixProduct(2)) {
            product.run();
        }
    }

    @Override
    public Work prepare(Task task) {
        return switch (task.kind()) {
            case STEP -> new GraftStep(task);
            case FIT -> new Fit(task);
            case FEATURES -> new Features(task);
            case PHASE_CACHED -> new FrozenPhase(task, true, true);
            case PHASE_UNCACHED -> new FrozenPhase(task, false, true);
            case PREFIX_CACHED -> new FrozenPhase(task, true, false);
            case PREFIX_UNCACHED -> new FrozenPhase(task, false, false);
            case PREFIX_EACH_STEP -> new FrozenSteps(task);
            case PREDICT -> new Prediction(task);
            case PREDICT_TEXT -> new GraftText.Prediction(task);
            case JPEG_FILES -> new JpegFiles(task);
            case JPEG_DECODER -> new JpegDecoder(JpegFiles.draw(task));
            case PHOTO_FIT -> new PhotoFit(task);
            case PHONE_FEATURES -> new PhoneFeatures(task);
            case PHONE_DECODER -> new JpegDecoder(PhoneFeatures.draw(task));
            case TEXT_FEATURES -> new GraftText.Features(task);
            case TEXT_EXTRACTION -> new GraftText.Extraction(task);
            case TEXT_STEP -> new GraftText.Steps(task);
            case MATRIX_PRODUCT -> new MatrixProduct(Task.MATRIX_SIDE);
        };
    }

    /** One epoch of a training as a user's program runs it, given for one step. */
    private record Fit(Task task, SyntheticImages data) implements Work {
        Fit(Task task) {
            this(task, task.data());
        }

        @Override
        public int units() {
            return (task.images() + task.batch() - 1) / task.batch();
        }

        @Override
        public void run() {
            NetworkTraining.on(data)
                    .backbone(task.backbone())
                    .strategy(new Pretraining(false))
                    .training(TrainingSettings.defaults().withEpochs(1).withBatchSize(task.batch()))
                    .run();
        }

        @Override
        public void close() {}
    }

    /** What a network says of one picture. */
    private static final class Prediction implements Work {
        private final List<Image> picture;
        private final Classifier classifier;

        Prediction(Task task) {
            picture = List.of(task.data().image(0));
            classifier = new Classifier(task.backbone());
        }

        @Override
        public void run() {
            classifier.predict(picture, 1);
        }

        @Override
        public void close() {
            classifier.close();
        }
    }

    /** All features through the public extractor, into a cache that is empty each time. */
    private static final class Features implements Work {
        private final Task task;
        private final SyntheticImages data;
        private final Cut cut;
        private float[] last = new float[0];

        Features(Task task) {
            this.task = task;
            this.data = task.data();
            boolean map = task.backbone().architecture().outputShape(task.cut()).isMap();
            this.cut = map ? Cut.pooled(Pooling.MEAN, task.cut()) : Cut.at(task.cut());
        }

        @Override
        public void run() {
            try (FeatureCache cache = FeatureCache.withDefaults()) {
                List<Rows> rows = FeatureExtractor.extract(task.backbone(), cut, data, cache);
                last = lastBatch(rows.get(0));
            }
        }

        private float[] lastBatch(Rows rows) {
            int from = (rows.count() - 1) / task.batch() * task.batch();
            float[] values = new float[(rows.count() - from) * rows.width()];
            for (int row = from; row < rows.count(); row++) {
                rows.read(row, values, (row - from) * rows.width());
            }
            return values;
        }

        @Override
        public float[] outcome() {
            return Statistics.ofFeatures(last);
        }

        @Override
        public void close() {}
    }

    /** The engine's own matrix product, whose rate is the physical limit that rows are compared with. */
    private static final class MatrixProduct implements Work {
        private final NDManager scope;
        private final NDArray left;
        private final NDArray right;

        MatrixProduct(int side) {
            scope = Engine.getEngine("PyTorch").newBaseManager();
            left = scope.randomUniform(-1, 1, new Shape(side, side));
            right = scope.randomUniform(-1, 1, new Shape(side, side));
        }

        @Override
        public void run() {
            left.matMul(right).close();
        }

        @Override
        public void close() {
            scope.close();
        }
    }
}
