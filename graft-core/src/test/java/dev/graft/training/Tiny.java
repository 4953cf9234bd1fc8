package dev.graft.training;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.backbone.BackboneCard;
import dev.graft.backbone.Initialization;
import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import dev.graft.feature.Cut;
import dev.graft.head.Head;
import dev.graft.image.Preprocessing;
import dev.graft.layer.Layer;
import dev.graft.layer.Layer.BatchNorm2d;
import dev.graft.layer.Layer.Conv2d;
import dev.graft.layer.Layer.Dropout;
import dev.graft.layer.Layer.Linear;
import dev.graft.layer.Stage;
import dev.graft.optimization.Schedule;
import dev.graft.optimization.TrainingSettings;
import dev.graft.strategy.FineTuning;
import dev.graft.strategy.Frozen;
import dev.graft.strategy.LearningRates;
import dev.graft.strategy.Phase;
import dev.graft.strategy.Strategy;
import java.util.List;

/** A network with BatchNorm, a residual block and dropout, and a task, both so small that a step takes no time. */
final class Tiny {
    static final Architecture NETWORK = new Architecture(
            "tiny",
            Preprocessing.unitRange(28, 28, 1),
            List.of(
                    Stage.of(
                            "stem",
                            new Conv2d("stem.conv", 1, 4, 5, 2, 0, false),
                            BatchNorm2d.of("stem.norm", 4),
                            new Layer.Relu(),
                            new Layer.MaxPool2d(2, 2)),
                    Stage.of(
                            "body",
                            new Layer.Residual(
                                    List.of(
                                            new Conv2d("body.conv", 4, 6, 3, 2, 1, false),
                                            BatchNorm2d.of("body.norm", 6)),
                                    List.of(
                                            new Conv2d("body.down", 4, 6, 1, 2, 0, false),
                                            BatchNorm2d.of("body.downnorm", 6)))),
                    Stage.of("pool", new Layer.GlobalAveragePool()),
                    Stage.of("logits", new Dropout(0.25f), new Linear("logits", 6, 3))),
            Initialization.HE_UNIFORM);

    /** 5 steps an epoch with {@link #SETTINGS}. */
    static final LabeledImages TRAIN = Shapes.draw(40, 1);

    static final LabeledImages VALIDATION = Shapes.draw(24, 2);

    static final TrainingSettings SETTINGS =
            TrainingSettings.defaults().withEpochs(2).withBatchSize(8).withLearningRate(0.01);

    private Tiny() {}

    static Backbone backbone() {
        return backbone(5);
    }

    static Backbone backbone(long seed) {
        BackboneCard card = BackboneCard.of("here", "none")
                .withClassNames(List.of("a", "b", "c"))
                .withTestAccuracy(0)
                .withLicense("Apache-2.0");
        return new Backbone(NETWORK, NETWORK.weightInitialization().initialize(NETWORK.parameters(), seed), card);
    }

    static NetworkTraining learning(Strategy strategy) {
        return NetworkTraining.on(TRAIN)
                .validation(VALIDATION)
                .backbone(backbone())
                .strategy(strategy)
                .training(SETTINGS);
    }

    /** A phase of a network of one branch. */
    static PhasePlan plan(Architecture architecture, Cut cut, List<Layer> head, int classes, Frozen frozen) {
        SourceBranch only =
                new SourceBranch(Branch.only(backbone()), architecture, cut, FineTuning.all(), null, whole -> whole);
        return PhasePlan.of(List.of(only), head, classes, frozen);
    }

    /** One phase that freezes as much as is said. */
    static Strategy freezing(Frozen frozen, Head head) {
        return new Phases(
                Cut.at("pool"),
                head,
                List.of(new Phase("only", frozen, 2, LearningRates.same(0.01), Schedule.CONSTANT)));
    }

    /** Phases as they are given. */
    record Phases(Cut features, Head newHead, List<Phase> list) implements Strategy {
        @Override
        public String name() {
            return "phases";
        }

        @Override
        public Cut cut(Architecture architecture) {
            return features;
        }

        @Override
        public Head head(Architecture architecture) {
            return newHead;
        }

        @Override
        public List<Phase> phases(Architecture architecture, TrainingSettings settings) {
            return list;
        }
    }
}
