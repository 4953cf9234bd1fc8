package dev.graft.benchmark;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;
import dev.graft.layer.ParameterSpec;
import dev.graft.layer.SamePadding;
import dev.graft.layer.SkipConnection;
import dev.graft.weights.WeightSet;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/** Stock DJL: blocks, {@link Trainer} and {@link Predictor} as its documentation shows them, on the same native library. */
final class DjlPeer implements Peer {
    @Override
    public void start() {
        try (NDManager scope = Engine.getEngine("PyTorch").newBaseManager()) {
            scope.ones(new Shape(2, 2)).matMul(scope.ones(new Shape(2, 2))).toFloatArray();
        }
    }

    @Override
    public Work prepare(Task task) {
        return switch (task.kind()) {
            case STEP -> new Step(task);
            case FEATURES -> new Features(task);
            case TEXT_FEATURES -> new DjlText.Features(task);
            case TEXT_STEP -> new DjlText.Steps(task);
            default -> throw new UnsupportedOperationException(task.work());
        };
    }

    private static Model model(Task task, WeightSet weights) {
        Model model = Model.newInstance(task.network(), "PyTorch");
        ActivationShape input = task.input();
        SequentialBlock block = sequence(task.layers(), input);
        model.setBlock(block);
        block.initialize(
                model.getNDManager(),
                DataType.FLOAT32,
                new Shape(task.batch(), input.channels(), input.height(), input.width()));
        List<ParameterSpec> specs = task.layers().stream()
                .flatMap(layer -> layer.parameters().stream())
                .toList();
        List<Parameter> parameters = block.getParameters().values();
        for (int i = 0; i < specs.size(); i++) {
            parameters
                    .get(i)
                    .getArray()
                    .set(FloatBuffer.wrap(weights.get(specs.get(i).name()).values()));
        }
        return model;
    }

    private static SequentialBlock sequence(List<Layer> layers, ActivationShape input) {
        SequentialBlock block = new SequentialBlock();
        ActivationShape shape = input;
        for (Layer layer : layers) {
            block.add(block(layer, shape));
            shape = layer.outputShape(shape);
        }
        return block;
    }

    private static Block block(Layer layer, ActivationShape input) {
        if (layer instanceof Layer.Conv2d conv) {
            return Conv2d.builder()
                    .setKernelShape(new Shape(conv.kernel(), conv.kernel()))
                    .setFilters(conv.outChannels())
                    .optStride(new Shape(conv.stride(), conv.stride()))
                    .optPadding(new Shape(conv.padding(), conv.padding()))
                    .optGroups(conv.groups())
                    .optBias(conv.bias())
                    .build();
        } else if (layer instanceof Layer.BatchNorm2d norm) {
            return BatchNorm.builder()
                    .optEpsilon(norm.epsilon())
                    .optMomentum(1 - norm.momentum())
                    .build();
        } else if (layer instanceof Layer.Relu) {
            return Activation.reluBlock();
        } else if (layer == dev.graft.layer.Activation.RELU6) {
            return Activation.relu6Block();
        } else if (layer instanceof SamePadding padding) {
            Shape zeros = new Shape(
                    padding.before(input.width()),
                    padding.after(input.width()),
                    padding.before(input.height()),
                    padding.after(input.height()));
            return new LambdaBlock(
                    inputs -> new NDList(inputs.singletonOrThrow().pad(zeros, 0)));
        } else if (layer instanceof Layer.MaxPool2d pool) {
            return Pool.maxPool2dBlock(
                    new Shape(pool.kernel(), pool.kernel()), new Shape(pool.stride(), pool.stride()));
        } else if (layer instanceof Layer.GlobalAveragePool) {
            return Pool.globalAvgPool2dBlock();
        } else if (layer instanceof Layer.Flatten) {
            return Blocks.batchFlattenBlock();
        } else if (layer instanceof Layer.Linear linear) {
            return Linear.builder().setUnits(linear.outFeatures()).build();
        } else if (layer instanceof Layer.Dropout dropout) {
            return Dropout.builder().optRate(dropout.rate()).build();
        } else if (layer instanceof Layer.Residual residual) {
            return new ParallelBlock(
                    parts -> new NDList(Activation.relu(sum(parts))),
                    List.of(sequence(residual.body(), input), shortcut(residual.shortcut(), input)));
        } else if (layer instanceof SkipConnection skip) {
            return new ParallelBlock(
                    parts -> new NDList(sum(parts)), List.of(sequence(skip.body(), input), shortcut(List.of(), input)));
        }
        throw new UnsupportedOperationException(layer.describe());
    }

    private static Block shortcut(List<Layer> layers, ActivationShape input) {
        return layers.isEmpty() ? new LambdaBlock(inputs -> inputs) : sequence(layers, input);
    }

    private static NDArray sum(List<NDList> parts) {
        return parts.get(0).singletonOrThrow().add(parts.get(1).singletonOrThrow());
    }

    private static Shape batchShape(Task task, int examples) {
        ActivationShape input = task.input();
        return new Shape(examples, input.channels(), input.height(), input.width());
    }

    /** Batches are gathered natively from one resident array, without the overhead of DJL's data sets. */
    private static final class Step implements Work {
        private final Model model;
        private final Trainer trainer;
        private final NDArray images;
        private final NDArray labels;
        private final Batches batches;
        private float loss;

        Step(Task task) {
            model = model(task, GraftStep.initial(task.backbone().architecture()));
            SyntheticImages data = task.data();
            images = model.getNDManager().create(data.channelsFirst(), batchShape(task, data.size()));
            labels = model.getNDManager().create(data.labels());
            batches = new Batches(data.size(), task.batch());
            trainer = model.newTrainer(new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                    .optOptimizer(Optimizer.adam()
                            .optLearningRateTracker(Tracker.fixed((float) GraftStep.LEARNING_RATE))
                            .build()));
            trainer.initialize(batchShape(task, task.batch()));
        }

        @Override
        public void run() {
            try (NDManager scope = model.getNDManager().newSubManager()) {
                NDArray index = scope.create(
                        Arrays.stream(batches.next()).asLongStream().toArray());
                NDArray batch = images.get(scope, new NDIndex("{}", index));
                NDArray truth = labels.get(scope, new NDIndex("{}", index));
                NDArray value;
                try (GradientCollector collector = trainer.newGradientCollector()) {
                    NDList predictions = trainer.forward(new NDList(batch));
                    predictions.attach(scope);
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

    private static final class Features implements Work {
        private final Task task;
        private final Model model;
        private final Predictor<NDList, NDList> predictor;
        private final float[] images;
        private final int rowLength;
        private float[] last = new float[0];

        Features(Task task) {
            this.task = task;
            model = model(task, task.backbone().weights());
            predictor = model.newPredictor(new NoopTranslator(null));
            images = task.data().channelsFirst();
            rowLength = images.length / task.images();
        }

        @Override
        public void run() {
            for (int from = 0; from < task.images(); from += task.batch()) {
                int to = Math.min(task.images(), from + task.batch());
                try (NDManager scope = model.getNDManager().newSubManager()) {
                    FloatBuffer part = FloatBuffer.wrap(images, from * rowLength, (to - from) * rowLength);
                    NDArray batch = scope.create(part, batchShape(task, to - from), DataType.FLOAT32);
                    NDList features = predictor.predict(new NDList(batch));
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
}
