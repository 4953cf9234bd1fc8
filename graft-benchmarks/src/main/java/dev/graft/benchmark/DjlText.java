package dev.graft.benchmark;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import dev.graft.weights.WeightSet;

/** What stock DJL does with texts. */
final class DjlText {
    private DjlText() {}

    private static Model model(Task task, int classes, WeightSet weights) {
        Model model = Model.newInstance(task.network(), "PyTorch");
        DjlTransformer network = new DjlTransformer(classes);
        model.setBlock(network);
        network.initialize(model.getNDManager(), DataType.FLOAT32, shapes(task));
        network.load(weights);
        return model;
    }

    private static Shape[] shapes(Task task) {
        Shape tokens = new Shape(task.batch(), task.input().tokens());
        return new Shape[] {tokens, tokens};
    }

    private static NDList inputs(NDManager scope, TextBatches.Batch batch) {
        Shape shape = new Shape(batch.texts(), batch.longest());
        NDArray ids = scope.create(batch.ids(), shape, DataType.INT64);
        NDArray mask = scope.create(batch.mask(), shape, DataType.INT64).toType(DataType.FLOAT32, false);
        return new NDList(ids, mask);
    }

    static final class Features implements Work {
        private final Model model;
        private final Predictor<NDList, NDList> predictor;
        private final TextBatches batches;
        private float[] last = new float[0];

        Features(Task task) {
            batches = TextBatches.of(task);
            model = model(task, 0, task.backbone().weights());
            predictor = model.newPredictor(new NoopTranslator(null));
        }

        @Override
        public void run() {
            for (int i = 0; i < batches.count(); i++) {
                try (NDManager scope = model.getNDManager().newSubManager()) {
                    NDList features = predictor.predict(inputs(scope, batches.batch(i)));
                    features.attach(scope);
                    last = features.singletonOrThrow().toFloatArray();
                } catch (TranslateException e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        @Override
        public float[] outcome() {
            return Statistics.ofFeatures(last);
        }

        @Override
        public void close() {
            predictor.close();
            model.close();
        }
    }

    static final class Steps implements Work {
        private final Model model;
        private final Trainer trainer;
        private final TextBatches batches;
        private float loss;

        Steps(Task task) {
            batches = TextBatches.of(task);
            model = model(task, GraftText.CLASSES, GraftText.initial(task));
            trainer = model.newTrainer(new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                    .optOptimizer(Optimizer.adam()
                            .optLearningRateTracker(Tracker.fixed((float) GraftText.LEARNING_RATE))
                            .build()));
            trainer.initialize(shapes(task));
        }

        @Override
        public int units() {
            return batches.count();
        }

        @Override
        public void run() {
            for (int i = 0; i < batches.count(); i++) {
                step(batches.batch(i));
            }
        }

        private void step(TextBatches.Batch batch) {
            try (NDManager scope = model.getNDManager().newSubManager()) {
                NDArray value;
                try (GradientCollector collector = trainer.newGradientCollector()) {
                    NDList predictions = trainer.forward(inputs(scope, batch));
                    predictions.attach(scope);
                    NDArray truth = scope.create(batch.labels());
                    value = trainer.getLoss().evaluate(new NDList(truth), predictions);
                    value.attach(scope);
                    collector.backward(value);
                }
                trainer.step();
                loss = value.getFloat();
            }
        }

        @Override
        public float[] outcome() {
            return new float[] {loss};
        }

        @Override
        public void close() {
            trainer.close();
            model.close();
        }
    }
}
