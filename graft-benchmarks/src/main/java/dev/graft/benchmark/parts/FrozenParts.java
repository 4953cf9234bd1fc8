package dev.graft.benchmark.parts;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Architectures;
import dev.graft.engine.FrozenNetwork;
import dev.graft.engine.InferenceNetwork;
import dev.graft.engine.Tap;
import dev.graft.engine.TensorEngine;
import dev.graft.feature.Pooling;
import dev.graft.feature.Rows;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.Stage;
import dev.graft.weights.WeightSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Sixteen images through a backbone as far as a stage, from random weights and on one engine thread, while another does
 * the same, in the two ways that Graft has: frozen, with kernels laid out once, and operation by operation, as prediction
 * runs.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Threads(2)
public class FrozenParts {
    private static final int IMAGES = 16;

    /** Backbone and stage. */
    @Param({
        "digits-cnn conv1",
        "digits-cnn conv2",
        "resnet18 pool",
        "mobilenet_v2 pool",
        "efficientnet_b0 pool",
        "convnext_tiny pool"
    })
    @SuppressWarnings("NullAway.Init") // JMH sets it
    private String part;

    private float[] rows = new float[0];
    private int width;

    @SuppressWarnings("NullAway.Init") // set up before the first call
    private FrozenNetwork frozen;

    @SuppressWarnings("NullAway.Init") // set up before the first call
    private InferenceNetwork predicting;

    private final Rows given = new Rows() {
        @Override
        public int count() {
            return IMAGES;
        }

        @Override
        public int width() {
            return width;
        }

        @Override
        public void read(int row, float[] target, int offset) {
            System.arraycopy(rows, row * width, target, offset, width);
        }
    };

    /** Makes the networks. */
    @Setup(Level.Trial)
    public void setUp() {
        TensorEngine.useOneThread();
        String[] words = part.split(" ", -1);
        Architecture architecture = Architectures.named(words[0]);
        List<Stage> stages = architecture.stagesThrough(words[1]);
        WeightSet weights = architecture.weightInitialization().initialize(architecture.parameters(), 1);
        ActivationShape input = architecture.inputShape();
        List<Tap> taps = List.of(new Tap(words[1], Pooling.MEAN));
        width = input.rowLength();
        SplittableRandom random = new SplittableRandom(1);
        rows = new float[IMAGES * width];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (float) random.nextDouble(-1, 1);
        }
        frozen = new FrozenNetwork(input, stages, taps, weights);
        predicting = new InferenceNetwork(input, stages, taps, List.of(), weights);
    }

    /** Gives the memory back. */
    @TearDown(Level.Trial)
    public void tearDown() {
        frozen.close();
        predicting.close();
    }

    /** Frozen, as many images in a call as it says. */
    @Benchmark
    public float frozen() {
        int batch = Math.min(IMAGES, frozen.batch(IMAGES, 1, width));
        float last = 0;
        for (int from = 0; from < IMAGES; from += batch) {
            last = frozen.run(given, from, Math.min(IMAGES, from + batch), false)
                    .tapped()
                    .get(0)[0];
        }
        return last;
    }

    /** As a classifier runs it. */
    @Benchmark
    public float predicting() {
        return predicting.logits(rows, IMAGES)[0];
    }
}
