package dev.graft.benchmark.parts;

import dev.graft.backbone.Architectures;
import dev.graft.data.Image;
import dev.graft.image.LevelTable;
import dev.graft.image.Preprocessing;
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
import org.openjdk.jmh.annotations.Warmup;

/** Preparing one image that has the input's size. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class PreparationParts {
    /** Whose input. */
    @Param({"digits-cnn", "cifar-resnet"})
    @SuppressWarnings("NullAway.Init") // JMH sets it
    private String backbone;

    @SuppressWarnings("NullAway.Init") // set up before the first call
    private Preprocessing preprocessing;

    @SuppressWarnings("NullAway.Init") // set up before the first call
    private LevelTable table;

    @SuppressWarnings("NullAway.Init") // set up before the first call
    private Image image;

    private float[] row = new float[0];

    /** Draws the image. */
    @Setup(Level.Trial)
    public void setUp() {
        preprocessing = Architectures.named(backbone).preprocessing();
        table = new LevelTable(preprocessing);
        row = new float[preprocessing.elements()];
        byte[] pixels = new byte[preprocessing.elements()];
        new SplittableRandom(1).nextBytes(pixels);
        image = new Image(preprocessing.height(), preprocessing.width(), preprocessing.channels(), pixels);
    }

    /** Level by level from a table. */
    @Benchmark
    public float byTable() {
        table.apply(image, row, 0);
        return row[0];
    }

    /** Pixel by pixel, as images of another size are. */
    @Benchmark
    public float byArithmetic() {
        preprocessing.apply(image, row, 0);
        return row[0];
    }
}
