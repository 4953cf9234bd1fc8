package dev.graft.benchmark.parts;

import dev.graft.feature.FeatureCache;
import dev.graft.feature.FeatureKey;
import dev.graft.feature.Rows;
import dev.graft.optimization.LogisticSolver;
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
import org.openjdk.jmh.annotations.Warmup;

/** What Graft does in Java beside the engine. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class JavaParts {
    private static final int ROWS = 500;
    private static final int WIDTH = 288;

    /** Where the cached rows lie. */
    @Param({"memory", "file"})
    @SuppressWarnings("NullAway.Init") // JMH sets it
    private String place;

    private final float[] features = new float[ROWS * WIDTH];
    private final int[] labels = new int[ROWS];
    private final float[] row = new float[WIDTH];
    private FeatureCache cache = new FeatureCache(0);
    private List<Rows> stored = List.of();

    /** Draws features whose mean depends on the label, and stores them. */
    @Setup(Level.Trial)
    public void setUp() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < ROWS; i++) {
            labels[i] = i % 10;
            for (int f = 0; f < WIDTH; f++) {
                features[i * WIDTH + f] = (float) (random.nextDouble() + (f % 10 == labels[i] ? 0.5 : 0));
            }
        }
        cache = new FeatureCache(place.equals("memory") ? 1L << 30 : 0);
        FeatureKey key = new FeatureKey("weights", "stage", "none", "preprocessing", "images");
        stored = cache.get(
                List.of(new FeatureCache.Wanted(key, WIDTH)), ROWS, (missing, sink) -> sink.append(key, features));
    }

    /** Deletes the file. */
    @TearDown(Level.Trial)
    public void tearDown() {
        cache.close();
    }

    /** Reads all 500 rows. */
    @Benchmark
    public float cacheRead() {
        float sum = 0;
        for (int i = 0; i < ROWS; i++) {
            stored.get(0).read(i, row, 0);
            sum += row[0];
        }
        return sum;
    }

    /** Logistic regression of 500 rows of 288 features, 10 classes, to convergence. */
    @Benchmark
    public float logisticSolver() {
        return LogisticSolver.solve(features, WIDTH, labels, 10, 1).biases()[0];
    }
}
