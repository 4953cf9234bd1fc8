package dev.graft.benchmark.parts;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Architectures;
import dev.graft.engine.Examples;
import dev.graft.engine.StepSettings;
import dev.graft.engine.Tap;
import dev.graft.engine.TrainableNetwork;
import dev.graft.engine.TrainingPlan;
import dev.graft.feature.Pooling;
import dev.graft.feature.Rows;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.ParameterSpec;
import dev.graft.layer.Stage;
import dev.graft.optimization.Optimizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A training step on 32 cached maps through the end of EfficientNet-Lite0, from random weights, on all cores, with the running
 * statistics of batch normalisation.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 4)
@Measurement(iterations = 5, time = 4)
public class TrainedEnds {
    private static final int BATCH = 32;

    /** The last stage that is frozen, and the side of a picture in pixels. */
    @Param({"blocks.3 128", "blocks.3 224", "blocks.4 224"})
    @SuppressWarnings("NullAway.Init") // JMH sets it
    private String part;

    private int steps;

    @SuppressWarnings("NullAway.Init") // set up before the first call
    private Examples examples;

    @SuppressWarnings("NullAway.Init") // set up before the first call
    private TrainableNetwork network;

    /** Makes the network and its examples. */
    @Setup(Level.Trial)
    public void setUp() {
        String[] words = part.split(" ", -1);
        int side = Integer.parseInt(words[1]);
        Architecture architecture = Architectures.named("tf_efficientnet_lite0").withInputSize(side, side);
        List<Stage> stages = architecture.featureStages();
        List<Stage> trained = stages.subList(architecture.position(words[0]) + 1, stages.size());
        ActivationShape input = architecture.outputShape(words[0]);
        TrainingPlan plan = new TrainingPlan(
                input,
                trained,
                List.of(new Tap(trained.get(trained.size() - 1).name(), Pooling.NONE)),
                architecture.classifier().layers(),
                1000);
        Map<String, Double> rates = new HashMap<>();
        architecture.parameters().stream().filter(ParameterSpec::learned).forEach(spec -> rates.put(spec.name(), 1e-4));
        network = new TrainableNetwork(
                plan,
                architecture.weightInitialization().initialize(architecture.parameters(), 1),
                new StepSettings(Optimizer.adamW(0.01f), rates, 1).withRunningStatistics(true));
        examples = new Examples(Maps.ofWidth(input.rowLength()), List.of(), new int[BATCH]);
    }

    /** Gives the memory back. */
    @TearDown(Level.Trial)
    public void tearDown() {
        examples.close();
        network.close();
    }

    /** A step. */
    @Benchmark
    public double step() {
        return network.step(examples, IntStream.range(0, BATCH).toArray(), steps++, 1)
                .lossSum();
    }

    /** Positive noise, as activations are: (examples, values of a map). */
    @SuppressWarnings("ArrayRecordComponent")
    private record Maps(float[][] values) implements Rows {
        static Maps ofWidth(int width) {
            SplittableRandom random = new SplittableRandom(1);
            float[][] values = new float[BATCH][width];
            for (float[] map : values) {
                for (int i = 0; i < width; i++) {
                    map[i] = (float) random.nextDouble();
                }
            }
            return new Maps(values);
        }

        @Override
        public int count() {
            return values.length;
        }

        @Override
        public int width() {
            return values[0].length;
        }

        @Override
        public void read(int row, float[] target, int offset) {
            System.arraycopy(values[row], 0, target, offset, width());
        }
    }
}
