package dev.graft.engine;

import ai.djl.ndarray.NDArray;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * One learned tensor with its moments, as they lie in native memory. An update reads and writes each value once, where a
 * chain of the engine's operations would pass over all of them ten times and make as many copies.
 */
final class Moments {
    /** Four pieces of this size lie in a processor's first cache. */
    static final int CHUNK = 1024;

    private final FloatBuffer weight;
    private final FloatBuffer first;
    private final FloatBuffer second;

    Moments(NDArray weight, NDArray first, NDArray second) {
        this.weight = values(weight);
        this.first = values(first);
        this.second = values(second);
    }

    /**
     * The numbers of one update.
     *
     * @param rescale the gradient's factor
     * @param pulled how much of the weight joins the gradient
     * @param kept what is left of the weight before the update
     * @param rate the learning rate with the bias correction
     */
    record Update(float rescale, float pulled, float kept, float rate, float beta1, float beta2, float epsilon) {}

    /** An array's values in its own memory; of a kernel with the channels innermost, as all kernels here lie. */
    static FloatBuffer values(NDArray array) {
        NDArray ordered = array.getShape().dimension() == 4 ? array.transpose(0, 2, 3, 1) : array;
        try {
            return ordered.toByteBuffer(true).asFloatBuffer();
        } finally {
            if (ordered != array) {
                ordered.close();
            }
        }
    }

    int size() {
        return weight.limit();
    }

    /** Updates the values from one place to another, by chunks. The gradient is the sum of its parts. */
    void apply(Update update, List<FloatBuffer> gradient, int from, int to) {
        Scratch scratch = Scratch.OF_THREAD.get();
        for (int at = from; at < to; at += CHUNK) {
            int count = Math.min(CHUNK, to - at);
            gradient.get(0).get(at, scratch.gradient, 0, count);
            for (int part = 1; part < gradient.size(); part++) {
                gradient.get(part).get(at, scratch.more, 0, count);
                scratch.add(count);
            }
            apply(update, scratch, at, count);
        }
    }

    /** Updates a row of a table. */
    void applyRow(Update update, float[] gradient, int row) {
        Scratch scratch = Scratch.OF_THREAD.get();
        for (int at = 0; at < gradient.length; at += CHUNK) {
            int count = Math.min(CHUNK, gradient.length - at);
            System.arraycopy(gradient, at, scratch.gradient, 0, count);
            apply(update, scratch, row * gradient.length + at, count);
        }
    }

    /** What an update does to a row that never had a gradient. */
    void decayRow(Update update, int row, int width) {
        for (int at = row * width; at < (row + 1) * width; at++) {
            weight.put(at, weight.get(at) * update.kept());
        }
    }

    /** Whether a row's moments are all zero. */
    boolean untouched(int row, int width) {
        for (int at = row * width; at < (row + 1) * width; at++) {
            if (first.get(at) != 0 || second.get(at) != 0) {
                return false;
            }
        }
        return true;
    }

    private void apply(Update update, Scratch scratch, int at, int count) {
        weight.get(at, scratch.weight, 0, count);
        first.get(at, scratch.first, 0, count);
        second.get(at, scratch.second, 0, count);
        scratch.update(update, count);
        weight.put(at, scratch.weight, 0, count);
        first.put(at, scratch.first, 0, count);
        second.put(at, scratch.second, 0, count);
    }

    /** A chunk in Java's memory, where the compiler makes vector instructions of the loop. */
    private static final class Scratch {
        static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

        private final float[] weight = new float[CHUNK];
        private final float[] gradient = new float[CHUNK];
        private final float[] more = new float[CHUNK];
        private final float[] first = new float[CHUNK];
        private final float[] second = new float[CHUNK];

        void add(int count) {
            for (int i = 0; i < count; i++) {
                gradient[i] += more[i];
            }
        }

        void update(Update update, int count) {
            update(
                    weight,
                    gradient,
                    first,
                    second,
                    count,
                    update.rescale(),
                    update.pulled(),
                    update.kept(),
                    update.rate(),
                    update.beta1(),
                    update.beta2(),
                    update.epsilon());
        }

        private static void update(
                float[] weight,
                float[] gradient,
                float[] first,
                float[] second,
                int count,
                float rescale,
                float pulled,
                float kept,
                float rate,
                float beta1,
                float beta2,
                float epsilon) {
            float rest1 = 1 - beta1;
            float rest2 = 1 - beta2;
            for (int i = 0; i < count; i++) {
                float g = gradient[i] * rescale + pulled * weight[i];
                float m = beta1 * first[i] + rest1 * g;
                float v = beta2 * second[i] + rest2 * g * g;
                first[i] = m;
                second[i] = v;
                weight[i] = kept * weight[i] - rate * m / ((float) Math.sqrt(v) + epsilon);
            }
        }
    }
}
