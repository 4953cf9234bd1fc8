package dev.graft.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.graft.optimization.DesignMatrix;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The rows of a regression in native memory, multiplied by the engine: float64 while they are few, else float32. Whoever made it
 * closes it. Safe for use by several threads, and so is closing it meanwhile.
 */
public final class EngineMatrix implements DesignMatrix {
    // Below it a call into the engine costs more than it saves.
    private static final int WORTH_A_CALL = 16_384;
    private static final int MOST_DOUBLES = 16 << 20;

    private final NDManager scope = TensorEngine.newScope();
    private final Lifetime lifetime = new Lifetime("matrix", scope::close);
    private final NDArray values;
    private final DataType type;
    private final int rows;
    private final int width;

    private EngineMatrix(float[] values, int width, DataType type) {
        this.width = width;
        this.type = type;
        rows = values.length / width;
        this.values = Lifetime.inScope(scope, () -> converted(values));
    }

    private NDArray converted(float[] source) {
        NDArray floats = scope.create(source, new Shape(rows, width));
        NDArray converted = floats.toType(type, false);
        if (converted != floats) {
            floats.close();
        }
        return converted;
    }

    /** A matrix in native memory, or in Java's where that is faster. */
    public static DesignMatrix of(float[] rows, int width) {
        return of(rows, width, rows.length <= MOST_DOUBLES ? DataType.FLOAT64 : DataType.FLOAT32);
    }

    /** A matrix in native memory in float32, for answers that need fewer digits. */
    public static DesignMatrix single(float[] rows, int width) {
        return of(rows, width, DataType.FLOAT32);
    }

    private static DesignMatrix of(float[] rows, int width, DataType type) {
        return rows.length < WORTH_A_CALL ? DesignMatrix.inJava(rows, width) : new EngineMatrix(rows, width, type);
    }

    /** The inner products of all rows with all rows: (rows, rows), row after row. */
    public static double[] innerProducts(float[] values, int width) {
        int count = values.length / width;
        try (NDManager scope = TensorEngine.newScope()) {
            NDArray rows = scope.create(values, new Shape(count, width));
            NDArray columns = rows.transpose();
            columns.attach(scope);
            float[] products = product(scope, rows, columns).toFloatArray();
            double[] exact = new double[products.length];
            Arrays.setAll(exact, i -> products[i]);
            return exact;
        }
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public double squaredLength() {
        double[] sum = new double[1];
        inStep(step -> {
            NDArray flat = values.flatten();
            flat.attach(step);
            NDArray product = flat.dot(flat);
            product.attach(step);
            sum[0] = type == DataType.FLOAT64 ? product.getDouble() : product.getFloat();
        });
        return sum[0];
    }

    @Override
    public void multiply(double[] weights, int logits, double[] target) {
        inStep(step -> {
            NDArray factors = array(step, Arrays.copyOf(weights, logits * width), new Shape(logits, width));
            NDArray right = factors.transpose();
            right.attach(step);
            write(product(step, values, right), target);
        });
    }

    @Override
    public void multiplyTransposed(double[] residuals, int logits, double[] target) {
        inStep(step -> {
            NDArray factors = array(step, residuals, new Shape(rows, logits));
            NDArray left = factors.transpose();
            left.attach(step);
            write(product(step, left, values), target);
        });
    }

    private void inStep(Consumer<NDManager> work) {
        lifetime.during(() -> {
            try (NDManager step = scope.newSubManager()) {
                work.accept(step);
            }
        });
    }

    private static NDArray product(NDManager step, NDArray left, NDArray right) {
        NDArray product = left.matMul(right);
        product.attach(step);
        return product;
    }

    private NDArray array(NDManager step, double[] source, Shape shape) {
        if (type == DataType.FLOAT64) {
            return step.create(source, shape);
        }
        float[] floats = new float[source.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) source[i];
        }
        return step.create(floats, shape);
    }

    private void write(NDArray product, double[] target) {
        if (type == DataType.FLOAT64) {
            double[] found = product.toDoubleArray();
            System.arraycopy(found, 0, target, 0, found.length);
            return;
        }
        float[] found = product.toFloatArray();
        for (int i = 0; i < found.length; i++) {
            target[i] = found[i];
        }
    }

    /** To close it twice does nothing. */
    @Override
    public void close() {
        lifetime.close();
    }
}
