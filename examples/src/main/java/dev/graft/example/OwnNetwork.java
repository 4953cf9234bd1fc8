package dev.graft.example;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import dev.graft.engine.BackboneBlock;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.source.Backbones;

/** A source model as a block of a network of one's own, built and trained with DJL. */
public final class OwnNetwork {
    private static final int EPOCHS = 60;

    private OwnNetwork() {}

    /** Trains two layers on a frozen backbone, and prints the loss before and after. */
    public static void main(String[] args) {
        float[] losses = run();
        System.out.println("loss " + losses[0] + ", after training " + losses[losses.length - 1]);
    }

    static float[] run() {
        Backbone backbone = Backbones.load("digits-cnn");
        LabeledImages data = Shapes.draw(64, 4);
        SequentialBlock network = new SequentialBlock()
                .add(BackboneBlock.frozen(backbone, Cut.pooled(Pooling.MEAN_MAX, "conv1", "conv2")))
                .add(Linear.builder().setUnits(16).build())
                .add(Activation::relu)
                .add(Linear.builder().setUnits(2).build());
        float[] losses = new float[EPOCHS];
        try (Model model = Model.newInstance("shapes", "PyTorch")) {
            model.setBlock(network);
            DefaultTrainingConfig config = new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                    .optOptimizer(Optimizer.adam()
                            .optLearningRateTracker(Tracker.fixed(0.01f))
                            .build());
            try (Trainer trainer = model.newTrainer(config);
                    NDManager manager = trainer.getManager().newSubManager()) {
                trainer.initialize(new Shape(data.size(), 1, 28, 28));
                NDList input = new NDList(pixels(manager, data));
                NDList truth = new NDList(labels(manager, data));
                for (int epoch = 0; epoch < EPOCHS; epoch++) {
                    try (GradientCollector gradients = trainer.newGradientCollector()) {
                        NDArray loss = trainer.getLoss().evaluate(truth, trainer.forward(input));
                        gradients.backward(loss);
                        losses[epoch] = loss.getFloat();
                    }
                    trainer.step();
                }
            }
        }
        return losses;
    }

    /** (batch, channels, height, width), prepared as the backbone wants it: from 0 to 1. */
    private static NDArray pixels(NDManager manager, LabeledImages data) {
        float[] values = new float[data.size() * 28 * 28];
        for (int i = 0; i < data.size(); i++) {
            byte[] pixels = data.image(i).pixels();
            for (int p = 0; p < pixels.length; p++) {
                values[i * pixels.length + p] = (pixels[p] & 0xFF) / 255f;
            }
        }
        return manager.create(values, new Shape(data.size(), 1, 28, 28));
    }

    private static NDArray labels(NDManager manager, LabeledImages data) {
        long[] labels = new long[data.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = data.label(i);
        }
        return manager.create(labels, new Shape(labels.length, 1));
    }
}
