package dev.graft.benchmark;

import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;
import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * DL4J with its oneDNN kernels. It draws its own Glorot weights, so of all works it takes part in training only, where the
 * values of the weights do not change the time.
 */
final class Dl4jPeer implements Peer {
    @Override
    public void start() {
        Nd4j.ones(DataType.FLOAT, 2, 2).mmul(Nd4j.ones(DataType.FLOAT, 2, 2)).getFloat(0);
    }

    @Override
    public Work prepare(Task task) {
        if (task.kind() != Task.Kind.STEP) {
            throw new UnsupportedOperationException(task.work());
        }
        return new Step(task);
    }

    private static final class Step implements Work {
        private final boolean channelsLast = Boolean.getBoolean("graft.dl4j.channels.last");
        private final ComputationGraph network;
        private final Task task;
        private final float[] rows;
        private final int[] labels;
        private final Batches batches;
        private int names;

        Step(Task task) {
            this.task = task;
            Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
            ActivationShape input = task.input();
            GraphBuilder builder = new NeuralNetConfiguration.Builder()
                    .seed(42)
                    .updater(new Adam(GraftStep.LEARNING_RATE))
                    .weightInit(WeightInit.XAVIER)
                    .convolutionMode(ConvolutionMode.Truncate)
                    .graphBuilder()
                    .addInputs("images")
                    .setInputTypes(InputType.convolutional(input.height(), input.width(), input.channels(), format()));
            List<Layer> layers = task.layers();
            String before = add(builder, layers.subList(0, layers.size() - 1), "images");
            builder.addLayer(
                    "output",
                    new OutputLayer.Builder(LossFunction.MCXENT)
                            .activation(Activation.SOFTMAX)
                            .nOut(SyntheticImages.CLASSES)
                            .build(),
                    before);
            builder.setOutputs("output");
            network = new ComputationGraph(builder.build());
            network.init();
            rows = channelsLast ? task.data().channelsLast() : task.data().channelsFirst();
            labels = task.data().labels();
            batches = new Batches(task.images(), task.batch());
        }

        private CNN2DFormat format() {
            return channelsLast ? CNN2DFormat.NHWC : CNN2DFormat.NCHW;
        }

        private String add(GraphBuilder builder, List<Layer> layers, String input) {
            String value = input;
            for (Layer layer : layers) {
                value = add(builder, layer, value);
            }
            return value;
        }

        private String add(GraphBuilder builder, Layer layer, String input) {
            String name = "value" + names++;
            if (layer instanceof Layer.Conv2d conv) {
                builder.addLayer(
                        name,
                        new ConvolutionLayer.Builder(conv.kernel(), conv.kernel())
                                .stride(conv.stride(), conv.stride())
                                .padding(conv.padding(), conv.padding())
                                .nOut(conv.outChannels())
                                .hasBias(conv.bias())
                                .dataFormat(format())
                                .activation(Activation.IDENTITY)
                                .build(),
                        input);
            } else if (layer instanceof Layer.BatchNorm2d norm) {
                builder.addLayer(
                        name,
                        new BatchNormalization.Builder()
                                .eps(norm.epsilon())
                                .decay(1 - norm.momentum())
                                .dataFormat(format())
                                .build(),
                        input);
            } else if (layer instanceof Layer.Relu) {
                builder.addLayer(name, new ActivationLayer(Activation.RELU), input);
            } else if (layer instanceof Layer.MaxPool2d pool) {
                builder.addLayer(
                        name,
                        new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                                .kernelSize(pool.kernel(), pool.kernel())
                                .stride(pool.stride(), pool.stride())
                                .dataFormat(format())
                                .build(),
                        input);
            } else if (layer instanceof Layer.GlobalAveragePool) {
                builder.addLayer(name, new GlobalPoolingLayer(PoolingType.AVG), input);
            } else if (layer instanceof Layer.Flatten) {
                // Its dense layers flatten by themselves.
                return input;
            } else if (layer instanceof Layer.Linear linear) {
                builder.addLayer(
                        name,
                        new DenseLayer.Builder()
                                .nOut(linear.outFeatures())
                                .activation(Activation.IDENTITY)
                                .build(),
                        input);
            } else if (layer instanceof Layer.Dropout dropout) {
                builder.addLayer(name, new DropoutLayer(1.0 - dropout.rate()), input);
            } else if (layer instanceof Layer.Residual residual) {
                String body = add(builder, residual.body(), input);
                String shortcut = add(builder, residual.shortcut(), input);
                builder.addVertex(name + "sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), body, shortcut);
                builder.addLayer(name, new ActivationLayer(Activation.RELU), name + "sum");
            } else {
                throw new UnsupportedOperationException(layer.describe());
            }
            return name;
        }

        @Override
        public void run() {
            int[] batch = batches.next();
            ActivationShape input = task.input();
            int rowLength = input.elements();
            float[] values = new float[batch.length * rowLength];
            float[] oneHot = new float[batch.length * SyntheticImages.CLASSES];
            for (int i = 0; i < batch.length; i++) {
                System.arraycopy(rows, batch[i] * rowLength, values, i * rowLength, rowLength);
                oneHot[i * SyntheticImages.CLASSES + labels[batch[i]]] = 1;
            }
            long[] shape = channelsLast
                    ? new long[] {batch.length, input.height(), input.width(), input.channels()}
                    : new long[] {batch.length, input.channels(), input.height(), input.width()};
            INDArray images = Nd4j.create(values, shape, 'c');
            INDArray truth = Nd4j.create(oneHot, new long[] {batch.length, SyntheticImages.CLASSES}, 'c');
            network.fit(new INDArray[] {images}, new INDArray[] {truth});
        }

        @Override
        public float[] outcome() {
            return new float[] {(float) network.score()};
        }

        @Override
        public void close() {
            network.close();
        }
    }
}
