package dev.graft.curation;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledExamples;
import dev.graft.engine.EngineMatrix;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.feature.Pooling;
import dev.graft.feature.Rows;
import dev.graft.optimization.DesignMatrix;
import dev.graft.selection.Probes;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.training.FeatureExtractor;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Examples as vectors of length 1, whose products are cosines: frozen features at a cut. Where several stages are joined,
 * each counts the same. Safe for use by several
 * threads, for as long as the cache is open that holds the features.
 */
public final class Embeddings {
    private static final int SIGNS_AT_ONCE = 128;
    private static final int ROWS_AT_ONCE = 1024;

    private final List<Rows> parts;
    private final int width;
    private final int count;

    private Embeddings(List<Rows> parts) {
        this.parts = List.copyOf(parts);
        this.width = parts.stream().mapToInt(Rows::width).sum();
        this.count = parts.get(0).count();
    }

    /**
     * The cut for examples without labels, by which none can be chosen: of a network for pictures all stages, since what tells
     * pictures apart that are unlike those it was trained on lies in the early ones; of others the usual one.
     */
    public static Cut broadCut(Architecture architecture) {
        return architecture.inputShape().isMap()
                ? new Cut(Probes.stages(architecture), Pooling.MEAN_MAX_STD)
                : FeatureExtraction.usualCut(architecture);
    }

    /** Features of a source model at a cut, which the cache keeps. */
    static Embeddings of(Backbone backbone, Cut cut, LabeledExamples data, FeatureCache cache) {
        return of(FeatureExtractor.extract(backbone, cut, data, cache));
    }

    /** Features of one stage or several. */
    static Embeddings of(List<Rows> stages) {
        return new Embeddings(stages);
    }

    /**
     * Vectors that were computed elsewhere, which are brought to length 1.
     *
     * @param values (examples, width), row after row
     */
    public static Embeddings of(float[] values, int width) {
        return new Embeddings(List.of(new Values(values, width)));
    }

    /** Some of the vectors, in this order, as a set of their own. */
    public Embeddings some(int[] examples) {
        return new Embeddings(List.of(new Values(vectors(examples), width)));
    }

    /**
     * Fewer values for each vector, between which the angles are about the same: products with random vectors of signs (Achlioptas
     * 2003, Database-friendly random projections).
     *
     * @param values how many; fewer than {@link #width()}
     * @param seed draws the signs
     */
    Embeddings projected(int values, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] target = new float[Math.multiplyExact(count, values)];
        for (int first = 0; first < values; first += SIGNS_AT_ONCE) {
            int some = Math.min(SIGNS_AT_ONCE, values - first);
            double[] signs = new double[some * width];
            Arrays.setAll(signs, i -> random.nextBoolean() ? 1 : -1);
            for (int from = 0; from < count; from += ROWS_AT_ONCE) {
                int to = Math.min(count, from + ROWS_AT_ONCE);
                double[] products = new double[(to - from) * some];
                try (DesignMatrix rows = EngineMatrix.single(vectors(from, to), width)) {
                    rows.multiply(signs, some, products);
                }
                for (int i = 0; i < products.length; i++) {
                    target[(from + i / some) * values + first + i % some] = (float) products[i];
                }
            }
        }
        return new Embeddings(List.of(new Values(target, values)));
    }

    /** The number of examples. */
    public int count() {
        return count;
    }

    /** The values of a vector. */
    public int width() {
        return width;
    }

    /** The vectors of examples {@code from} to {@code to - 1}, row after row; of an example without any feature zeros. */
    public float[] vectors(int from, int to) {
        return vectors(IntStream.range(from, to).toArray());
    }

    /** The vectors of some examples, row after row; of an example without any feature zeros. */
    public float[] vectors(int[] examples) {
        float[] vectors = new float[Math.multiplyExact(examples.length, width)];
        double scale = 1 / Math.sqrt(parts.size());
        for (int i = 0; i < examples.length; i++) {
            int start = i * width;
            for (Rows part : parts) {
                part.read(examples[i], vectors, start);
                normalize(vectors, start, part.width(), scale);
                start += part.width();
            }
        }
        return vectors;
    }

    private static void normalize(float[] values, int start, int length, double scale) {
        double squares = 0;
        for (int i = start; i < start + length; i++) {
            squares += (double) values[i] * values[i];
        }
        double factor = squares > 0 ? scale / Math.sqrt(squares) : 0;
        for (int i = start; i < start + length; i++) {
            values[i] = (float) (values[i] * factor);
        }
    }

    /** Rows that were computed elsewhere. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Values(float[] values, int width) implements Rows {
        @Override
        public int count() {
            return values.length / width;
        }

        @Override
        public void read(int row, float[] target, int offset) {
            System.arraycopy(values, row * width, target, offset, width);
        }
    }
}
