package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.graft.backbone.Backbone;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.source.Backbones;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A pretrained backbone inside a network that is DJL's own. */
class BackboneBlockIT {
    private static final Backbone BACKBONE = Backbones.load("cifar-resnet");
    private static final Cut CUT = Cut.pooled(Pooling.MEAN, "stage1", "stage3");
    private static final int FEATURES = 32 + 112;
    private static final int BATCH = 6;
    private static final float[] INPUT = input();
    private static final long[] LABELS = {0, 1, 2, 0, 1, 2};

    @BeforeAll
    static void startTheEngine() {
        assertThat(TensorEngine.description()).startsWith("PyTorch");
    }

    @Test
    void theBlockGivesTheFeaturesThatWeGive() {
        ArrayRows rows = new ArrayRows(channelsLast(), BATCH);
        float[] expected = new float[BATCH * FEATURES];
        try (FrozenNetwork ours = new FrozenNetwork(
                BACKBONE.architecture().inputShape(),
                BACKBONE.architecture().stagesThrough("stage3"),
                List.of(new Tap("stage1", Pooling.MEAN), new Tap("stage3", Pooling.MEAN)),
                BACKBONE.weights())) {
            List<float[]> tapped = ours.run(rows, 0, BATCH, false).tapped();
            for (int i = 0; i < BATCH; i++) {
                System.arraycopy(tapped.get(0), i * 32, expected, i * FEATURES, 32);
                System.arraycopy(tapped.get(1), i * 112, expected, i * FEATURES + 32, 112);
            }
        }

        for (BackboneBlock block : List.of(
                BackboneBlock.frozen(BACKBONE, CUT),
                BackboneBlock.trained(BACKBONE, CUT, 1),
                BackboneBlock.trainedFrom(BACKBONE, CUT, "stage2", 1))) {
            try (NDManager manager = TensorEngine.newScope()) {
                block.initialize(manager, DataType.FLOAT32, new Shape(BATCH, 3, 32, 32));
                NDArray made = block.forward(
                                new ParameterStore(manager, false),
                                new NDList(manager.create(INPUT, new Shape(BATCH, 3, 32, 32))),
                                false)
                        .singletonOrThrow();

                assertThat(made.getShape()).isEqualTo(new Shape(BATCH, FEATURES));
                assertThat(made.toFloatArray()).containsExactly(expected, within(1e-5f));
            }
        }
    }

    @Test
    void aTrainerLeavesAFrozenBlockByteForByteAsItIs() {
        Trained trained = train(BackboneBlock.frozen(BACKBONE, CUT));

        assertThat(trained.weights()).allSatisfy((name, values) -> assertThat(values)
                .as(name)
                .isEqualTo(BACKBONE.weights().get(name).values()));
        assertThat(trained.lastLoss()).isLessThan(trained.firstLoss());
    }

    @Test
    void aTrainerMovesWhatComesAfterTheFrozenStages() {
        Trained trained = train(BackboneBlock.trainedFrom(BACKBONE, CUT, "stage3", 1));

        assertThat(trained.weights()).allSatisfy((name, values) -> {
            float[] before = BACKBONE.weights().get(name).values();
            if (name.startsWith("stage3")) {
                assertThat(values).as(name).isNotEqualTo(before);
            } else {
                assertThat(values).as(name).isEqualTo(before);
            }
        });
        assertThat(trained.lastLoss()).isLessThan(trained.firstLoss());
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Trained(Map<String, float[]> weights, float firstLoss, float lastLoss) {}

    /** What a user writes: a block of ours, a layer of DJL's, and DJL's trainer. */
    private static Trained train(BackboneBlock block) {
        try (Model model = Model.newInstance("own", "PyTorch")) {
            model.setBlock(new SequentialBlock()
                    .add(block)
                    .add(Linear.builder().setUnits(3).build()));
            DefaultTrainingConfig config = new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                    .optInitializer(new XavierInitializer(), Parameter.Type.WEIGHT)
                    .optOptimizer(Optimizer.adam()
                            .optLearningRateTracker(Tracker.fixed(1e-3f))
                            .build());
            float first = Float.NaN;
            float last = Float.NaN;
            try (Trainer trainer = model.newTrainer(config)) {
                trainer.initialize(new Shape(BATCH, 3, 32, 32));
                for (int step = 0; step < 5; step++) {
                    try (NDManager scope = trainer.getManager().newSubManager();
                            GradientCollector collector = trainer.newGradientCollector()) {
                        NDList made = trainer.forward(new NDList(scope.create(INPUT, new Shape(BATCH, 3, 32, 32))));
                        NDArray loss = trainer.getLoss().evaluate(new NDList(scope.create(LABELS)), made);
                        collector.backward(loss);
                        last = loss.getFloat();
                        first = step == 0 ? last : first;
                    }
                    trainer.step();
                }
                Map<String, float[]> weights = new HashMap<>();
                block.getParameters()
                        .values()
                        .forEach(
                                one -> weights.put(one.getName(), one.getArray().toFloatArray()));
                return new Trained(weights, first, last);
            }
        }
    }

    private static float[] input() {
        SplittableRandom random = new SplittableRandom(3);
        float[] values = new float[BATCH * 3 * 32 * 32];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-2, 2);
        }
        return values;
    }

    /** The same as rows of ours, whose channels lie innermost. */
    private static float[] channelsLast() {
        float[] rows = new float[INPUT.length];
        IntStream.range(0, BATCH).forEach(i -> {
            for (int c = 0; c < 3; c++) {
                for (int place = 0; place < 1024; place++) {
                    rows[i * 3072 + place * 3 + c] = INPUT[i * 3072 + c * 1024 + place];
                }
            }
        });
        return rows;
    }
}
