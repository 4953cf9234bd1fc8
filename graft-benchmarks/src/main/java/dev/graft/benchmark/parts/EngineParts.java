package dev.graft.benchmark.parts;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
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

/** Operations of one step of digits-cnn, batch 32, in either layout. Arrays are (batch, channels, height, width). */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class EngineParts {
    private static final int BATCH = 32;
    private static final int TOTAL = 4096;
    private static final Shape ONE = new Shape(1, 1);
    private static final Shape TWO = new Shape(2, 2);
    private static final Shape NONE = new Shape(0, 0);

    @Param({"channels-last", "channels-first"})
    @SuppressWarnings("NullAway.Init") // JMH sets it
    private String layout;

    private final NDManager scope = Engine.getEngine("PyTorch").newBaseManager();
    private NDArray images = scope.zeros(ONE);
    private NDArray maps = images;
    private NDArray convolved1 = images;
    private NDArray convolved2 = images;
    private NDArray weight1 = images;
    private NDArray weight2 = images;
    private NDArray bias1 = images;
    private NDArray bias2 = images;
    private NDArray all = images;
    private final NDArray[] adam = new NDArray[4];
    private final long[] indexes = new long[BATCH];

    /** Makes the arrays. */
    @Setup(Level.Trial)
    public void setUp() {
        JniUtils.setGradMode(false);
        images = array(BATCH, 1, 28, 28);
        maps = array(BATCH, 32, 13, 13);
        maps.setRequiresGradient(true);
        convolved1 = array(BATCH, 32, 26, 26);
        convolved1.setRequiresGradient(true);
        convolved2 = array(BATCH, 64, 11, 11);
        convolved2.setRequiresGradient(true);
        weight1 = learned(array(32, 1, 3, 3));
        weight2 = learned(array(64, 32, 3, 3));
        bias1 = learned(scope.zeros(new Shape(32)));
        bias2 = learned(scope.zeros(new Shape(64)));
        all = scope.randomUniform(0, 1, new Shape(TOTAL, 784));
        for (int i = 0; i < adam.length; i++) {
            adam[i] = scope.ones(new Shape(64, 1600));
        }
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < BATCH; i++) {
            indexes[i] = random.nextInt(TOTAL);
        }
    }

    /** Gives the memory back. */
    @TearDown(Level.Trial)
    public void tearDown() {
        scope.close();
    }

    /** Convolution 1 to 32 channels, 28x28. */
    @Benchmark
    public void conv1Forward() {
        forward(images, weight1, bias1);
    }

    /** A convolution with the gradients of its weights. */
    @Benchmark
    public void conv1ForwardBackward() {
        backward(images, weight1, bias1);
    }

    /** Convolution 32 to 64 channels, 13x13. */
    @Benchmark
    public void conv2Forward() {
        forward(maps, weight2, bias2);
    }

    /** A convolution with the gradients of weights and input. */
    @Benchmark
    public void conv2ForwardBackward() {
        backward(maps, weight2, bias2);
    }

    /** Max-pool 2 on 32x26x26, forward. */
    @Benchmark
    public void pool1Forward() {
        try (NDArray result = convolved1.getNDArrayInternal().maxPool(TWO, TWO, NONE, false)) {
            result.getShape();
        }
    }

    /** Pooling with the gradient of its input. */
    @Benchmark
    public void pool1ForwardBackward() {
        poolBackward(convolved1);
    }

    /** Max-pool 2 on 64x11x11 with the gradient of its input. */
    @Benchmark
    public void pool2ForwardBackward() {
        poolBackward(convolved2);
    }

    /** A batch of 32 images out of 4,096. */
    @Benchmark
    public void gather() {
        try (NDManager step = scope.newSubManager()) {
            NDArray index = step.create(indexes);
            index.getNDArrayInternal()
                    .embedding(index, all, SparseFormat.DENSE)
                    .singletonOrThrow()
                    .getShape();
        }
    }

    /** Adam on the largest tensor, 64 x 1600. */
    @Benchmark
    public void adamDense() {
        NDList state = new NDList(adam);
        adam[0].getNDArrayInternal()
                .adamUpdate(state, new NDList(adam[0]), 1e-3f, 1e-3f, 0f, 1f, -1f, 0.9f, 0.999f, 1e-7f, false, false);
    }

    private void forward(NDArray input, NDArray weight, NDArray bias) {
        try (NDList result = Conv2d.conv2d(input, weight, bias, ONE, NONE, ONE, 1)) {
            result.singletonOrThrow().getShape();
        }
    }

    private void backward(NDArray input, NDArray weight, NDArray bias) {
        JniUtils.setGradMode(true);
        try (NDList result = Conv2d.conv2d(input, weight, bias, ONE, NONE, ONE, 1)) {
            finish(result.singletonOrThrow());
        }
    }

    private void poolBackward(NDArray input) {
        JniUtils.setGradMode(true);
        try (NDArray result = input.getNDArrayInternal().maxPool(TWO, TWO, NONE, false)) {
            finish(result);
        }
    }

    private static void finish(NDArray result) {
        JniUtils.setGradMode(false);
        try (NDArray ones = result.onesLike()) {
            JniUtils.backward((PtNDArray) result, (PtNDArray) ones, false, false);
        }
    }

    private static NDArray learned(NDArray array) {
        array.setRequiresGradient(true);
        return array;
    }

    /** Random values; with the channels innermost in memory if the layout says so. */
    private NDArray array(int first, int channels, int height, int width) {
        if (layout.equals("channels-first")) {
            return scope.randomUniform(-1, 1, new Shape(first, channels, height, width));
        }
        return scope.randomUniform(-1, 1, new Shape(first, height, width, channels))
                .transpose(0, 3, 1, 2)
                .duplicate();
    }
}
