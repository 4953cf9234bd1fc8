package dev.graft.example;

import dev.graft.backbone.Architecture;
import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import dev.graft.data.Split;
import dev.graft.experiment.TransferLearning;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.optimization.Schedule;
import dev.graft.optimization.TrainingSettings;
import dev.graft.source.Backbones;
import dev.graft.strategy.Frozen;
import dev.graft.strategy.LearningRates;
import dev.graft.strategy.Phase;
import dev.graft.strategy.Strategy;
import dev.graft.training.TransferResult;
import java.util.List;

/**
 * A strategy of one's own is a list of phases: first the head, then the last stages with it, then everything, for an epoch at a tenth of
 * the rate. Caching, learning rates for each stage and resuming come with it.
 */
public record OwnStrategy(String lastStages) implements Strategy {
    @Override
    public String name() {
        return "head-end-all";
    }

    /** The maps of a digit reader say more of shapes than its last layer does. */
    @Override
    public Cut cut(Architecture architecture) {
        return Cut.pooled(Pooling.MEAN_MAX_STD, "conv1", "conv2");
    }

    @Override
    public List<Phase> phases(Architecture architecture, TrainingSettings settings) {
        double rate = settings.learningRate();
        return List.of(
                Phase.ofHead(settings),
                new Phase(
                        "end",
                        Frozen.before(architecture, lastStages),
                        settings.epochs(),
                        new LearningRates(rate, rate / 3, 1),
                        Schedule.COSINE),
                new Phase("all", Frozen.nothing(), 1, LearningRates.same(rate / 10), Schedule.CONSTANT));
    }

    /** Trains by it, and prints how well that went. */
    public static void main(String[] args) {
        TransferResult result = run();
        result.history().forEach(System.out::println);
        System.out.println("test accuracy " + result.test().accuracy());
    }

    static TransferResult run() {
        LabeledImages data = Shapes.draw(300, 1);
        return TransferLearning.on(data)
                .split(Split.stratified(0.7, 0.1, 0.2))
                .backbone(Backbones.load("digits-cnn"))
                .strategy(new OwnStrategy("conv2"))
                .training(settings -> settings.withEpochs(8).withLearningRate(0.01))
                .run();
    }
}
