package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.EngineException;
import dev.graft.backbone.Initialization;
import dev.graft.error.TrainingException;
import dev.graft.feature.Pooling;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;
import dev.graft.layer.ParameterSpec;
import dev.graft.layer.SequencePool;
import dev.graft.layer.Stage;
import dev.graft.layer.TokenEmbedding;
import dev.graft.optimization.CrossEntropy;
import dev.graft.optimization.Optimizer;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A step whose batch is dealt to several cores is the step of the whole batch. */
class SharedStepIT {
    private static final int SIDE = 6;
    private static final int COUNT = 37;
    private static final int[] ALL = IntStream.range(0, COUNT).toArray();
    private static final int TOKENS = 5;
    private static final int VOCABULARY = 11;
    private static final double RATE = 0.01;
    // Large beside rounding, so that no gradient near 0 becomes a step of the full rate by its sign alone.
    private static final Optimizer ADAM = new Optimizer(Optimizer.Kind.ADAM, 0.9f, 0.999f, 1e-3f, 0f);

    @Test
    void weightsAndLossesAreThoseOfOneCore() {
        for (double clipNorm : new double[] {Double.POSITIVE_INFINITY, 0.05}) {
            assertSame(
                    onThreads(1, () -> trained(pictures(0), clipNorm, null, false)),
                    onThreads(2, () -> trained(pictures(0), clipNorm, null, false)),
                    onThreads(4, () -> trained(pictures(0), clipNorm, null, false)));
        }
    }

    @Test
    void examplesAreBlendedAcrossShares() {
        int[] partners = IntStream.of(ALL).map(i -> COUNT - 1 - i).toArray();
        Blend blend = new Blend(partners, 0.6, 1, 1, 3, 2);
        assertSame(
                onThreads(1, () -> trained(pictures(0), Double.POSITIVE_INFINITY, blend, false)),
                onThreads(2, () -> trained(pictures(0), Double.POSITIVE_INFINITY, blend, false)));
    }

    @Test
    void penaltiesCountOnceHoweverManySharesThereAre() {
        assertSame(
                onThreads(1, () -> trained(pictures(0), Double.POSITIVE_INFINITY, null, true)),
                onThreads(2, () -> trained(pictures(0), Double.POSITIVE_INFINITY, null, true)));
    }

    @Test
    void aTablesRowsCollectTheGradientsOfAllShares() {
        assertSame(
                onThreads(1, () -> trained(texts(), Double.POSITIVE_INFINITY, null, false)),
                onThreads(2, () -> trained(texts(), Double.POSITIVE_INFINITY, null, false)));
    }

    @Test
    void theSameSharesGiveTheSameBitsAndEachDropsElementsOfItsOwn() {
        Outcome once = onThreads(2, () -> trained(pictures(0.5f), Double.POSITIVE_INFINITY, null, false));
        Outcome again = onThreads(2, () -> trained(pictures(0.5f), Double.POSITIVE_INFINITY, null, false));
        assertThat(again.weights()).isEqualTo(once.weights());

        // Of examples that are all alike, two shares that dropped the same elements would be one share twice.
        assertThat(Reference.largestDifference(alike(1, 16, 0), alike(2, 32, 0)))
                .isLessThan(1e-6);
        assertThat(Reference.largestDifference(alike(1, 16, 0.5f), alike(2, 32, 0.5f)))
                .isGreaterThan(1e-4);
    }

    private static WeightSet alike(int threads, int count, float dropout) {
        float[] images = new float[count * SIDE * SIDE];
        Arrays.fill(images, 1f);
        return onThreads(threads, () -> {
            try (Examples examples = new Examples(new ArrayRows(images, count), List.of(), new int[count]);
                    TrainableNetwork network = network(pictures(dropout), Double.POSITIVE_INFINITY, false)) {
                network.step(examples, IntStream.range(0, count).toArray(), 5, 1);
                return network.weights();
            }
        });
    }

    @Test
    void batchNormalizationSeesTheWholeBatch() {
        WeightSet one = onThreads(1, SharedStepIT::normalized);
        WeightSet two = onThreads(2, SharedStepIT::normalized);

        assertThat(Reference.largestDifference(one, two)).isLessThan(1e-5);
    }

    @Test
    void logitsComeInTheOrderOfTheirExamplesHoweverManyCoresThereAre() {
        int[] backwards = IntStream.of(ALL).map(i -> COUNT - 1 - i).toArray();
        for (Plan plan : List.of(pictures(0), texts())) {
            float[] one = onThreads(1, () -> logits(plan, backwards));
            assertThat(onThreads(2, () -> logits(plan, backwards))).containsExactly(one, within(1e-5f));
            assertThat(onThreads(4, () -> logits(plan, backwards))).containsExactly(one, within(1e-5f));
            assertThat(Arrays.copyOf(one, 3)).isNotEqualTo(Arrays.copyOfRange(one, 3, 6));
        }
    }

    private static float[] logits(Plan plan, int[] indexes) {
        try (Examples examples = new Examples(new ArrayRows(plan.rows(), COUNT), List.of(), labels());
                TrainableNetwork network = network(plan, Double.POSITIVE_INFINITY, false)) {
            return network.logits(examples, indexes);
        }
    }

    @Test
    void aFailureInAShareIsThrownAndLeavesTheWeights() {
        Plan plan = texts();
        float[] rows = plan.rows().clone();
        // The last example's first token is in no vocabulary.
        rows[(COUNT - 1) * (TOKENS + 1) + 1] = 1000;
        onThreads(2, () -> {
            try (Examples examples = new Examples(new ArrayRows(rows, COUNT), List.of(), labels());
                    TrainableNetwork network = network(plan, Double.POSITIVE_INFINITY, false)) {
                WeightSet before = network.weights();
                assertThatThrownBy(() -> network.step(examples, ALL, 0, 1))
                        .isInstanceOf(TrainingException.class)
                        .hasCauseInstanceOf(EngineException.class)
                        .hasMessageContaining("a training step of 37 examples")
                        .hasMessageContaining("index out of range");
                assertThat(network.weights()).isEqualTo(before);
                assertThat(network.step(examples, IntStream.range(0, 30).toArray(), 0, 1)
                                .lossSum())
                        .isPositive();
                return before;
            }
        });
    }

    @Test
    void theCallersThreadsAreItsOwnAgain() {
        int usual = TensorEngine.threads();
        onThreads(3, () -> {
            trained(pictures(0), Double.POSITIVE_INFINITY, null, false);
            assertThat(TensorEngine.threads()).isEqualTo(3);
            AtomicInteger ofNewThread = new AtomicInteger();
            Thread thread = new Thread(() -> ofNewThread.set(TensorEngine.threads()));
            thread.start();
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            // Whatever this thread uses is no matter of a thread that somebody else may have made.
            assertThat(ofNewThread.get()).isEqualTo(usual);
            return 0;
        });
    }

    private record Outcome(WeightSet weights, List<Double> losses) {}

    @SuppressWarnings("ArrayRecordComponent")
    private record Plan(TrainingPlan plan, float[] rows) {}

    private static void assertSame(Outcome one, Outcome... others) {
        for (Outcome other : others) {
            assertThat(Reference.largestDifference(one.weights(), other.weights()))
                    .isLessThan(1e-5);
            for (int i = 0; i < one.losses().size(); i++) {
                assertThat(other.losses().get(i) / one.losses().get(i)).isCloseTo(1, within(1e-5));
            }
        }
    }

    private static <T> T onThreads(int threads, Supplier<T> work) {
        List<T> result = new ArrayList<>();
        TensorEngine.onThreads(threads, () -> result.add(work.get()));
        return result.get(0);
    }

    private static Outcome trained(Plan plan, double clipNorm, @Nullable Blend blend, boolean pulled) {
        try (Examples examples = new Examples(new ArrayRows(plan.rows(), COUNT), List.of(), labels());
                TrainableNetwork network = network(plan, clipNorm, pulled)) {
            List<Double> losses = new ArrayList<>();
            for (int step = 0; step < 4; step++) {
                CrossEntropy.Outcome outcome = network.step(examples, ALL, blend, step, 1);
                losses.add(outcome.lossSum());
            }
            return new Outcome(network.weights(), losses);
        }
    }

    private static TrainableNetwork network(Plan plan, double clipNorm, boolean pulled) {
        WeightSet start = Initialization.GLOROT_UNIFORM.initialize(plan.plan().parameters(), 3);
        Map<String, Double> rates = new HashMap<>();
        start.names().forEach(name -> rates.put(name, RATE));
        StepSettings settings = new StepSettings(ADAM, rates, clipNorm);
        if (pulled) {
            Map<String, WeightPenalty> penalties = new HashMap<>();
            for (ParameterSpec spec : plan.plan().parameters()) {
                float[] half = start.get(spec.name()).values().clone();
                IntStream.range(0, half.length).forEach(i -> half[i] /= 2);
                penalties.put(spec.name(), new WeightPenalty(0.3, new FloatTensor(spec.shapeArray(), half)));
            }
            settings = settings.withPenalties(penalties);
        }
        return new TrainableNetwork(plan.plan(), start, settings);
    }

    private static Plan pictures(float dropout) {
        List<Layer> head = new ArrayList<>();
        if (dropout > 0) {
            head.add(new Layer.Dropout(dropout));
        }
        head.add(new Layer.Linear("head", 9 * 8, 3));
        TrainingPlan plan = new TrainingPlan(
                ActivationShape.map(1, SIDE, SIDE),
                List.of(new Stage(
                        "conv",
                        List.of(
                                new Layer.Conv2d("conv", 1, 8, 3, 1, 1, true),
                                new Layer.Relu(),
                                new Layer.MaxPool2d(2, 2, 0),
                                new Layer.Flatten()))),
                List.of(new Tap("conv", Pooling.NONE)),
                head,
                3);
        return new Plan(plan, values(COUNT * SIDE * SIDE));
    }

    private static Plan texts() {
        TrainingPlan plan = new TrainingPlan(
                ActivationShape.sequence(TOKENS, 1),
                List.of(new Stage(
                        "words",
                        List.of(
                                new TokenEmbedding("words", VOCABULARY, "places", TOKENS, 0, "types", 2, 8),
                                SequencePool.MEAN))),
                List.of(new Tap("words", Pooling.NONE)),
                List.of(new Layer.Linear("head", 8, 3)),
                3);
        float[] rows = new float[COUNT * (TOKENS + 1)];
        for (int i = 0; i < COUNT; i++) {
            int length = 1 + i % TOKENS;
            rows[i * (TOKENS + 1)] = length;
            for (int k = 0; k < length; k++) {
                rows[i * (TOKENS + 1) + 1 + k] = (i * 7 + k * 3) % VOCABULARY;
            }
        }
        return new Plan(plan, rows);
    }

    private static WeightSet normalized() {
        WeightSet data = Reference.load("residual-expected");
        int count = data.get("labels").values().length;
        int[] labels = new int[count];
        IntStream.range(0, count)
                .forEach(i -> labels[i] = (int) data.get("labels").values()[i]);
        TrainingPlan plan = Reference.residualPlan();
        Map<String, Double> rates = new HashMap<>();
        Reference.RESIDUAL.parameters().forEach(parameter -> rates.put(parameter.name(), RATE));
        try (Examples examples = new Examples(ArrayRows.of(data.get("input")), List.of(), labels);
                TrainableNetwork network = new TrainableNetwork(
                        plan,
                        Reference.load("residual-weights"),
                        new StepSettings(ADAM, rates, Double.POSITIVE_INFINITY))) {
            // Twice the batch, so that there would be enough for two shares.
            int[] twice = IntStream.range(0, 2 * count).map(i -> i / 2).toArray();
            network.step(examples, twice, 0, 1);
            return network.weights();
        }
    }

    private static int[] labels() {
        return IntStream.range(0, COUNT).map(i -> i * 5 % 3).toArray();
    }

    private static float[] values(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) Math.sin(i * 0.7 + (i % 5));
        }
        return values;
    }
}
