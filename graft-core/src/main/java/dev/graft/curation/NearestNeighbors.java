package dev.graft.curation;

import dev.graft.engine.EngineMatrix;
import dev.graft.optimization.DesignMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The examples that are most alike, by the cosine of their vectors: exact, in blocks, so that memory does not grow with the number of
 * examples. Each query is compared with all of them, which takes some seconds for a hundred thousand. Safe for use by several threads.
 */
public final class NearestNeighbors {
    private static final int BLOCK_VALUES = 4 << 20;
    private static final int QUERIES_AT_ONCE = 512;

    private final Embeddings examples;

    /** Searches among some examples. */
    public NearestNeighbors(Embeddings examples) {
        this.examples = examples;
    }

    /**
     * An example that is like a query.
     *
     * @param index its place among the examples
     * @param similarity the cosine of the angle between it and the query, -1 to 1
     */
    public record Neighbor(int index, double similarity) {
        private static final Comparator<Neighbor> NEAREST_FIRST =
                Comparator.comparingDouble(Neighbor::similarity).reversed().thenComparingInt(Neighbor::index);
    }

    /** Which examples may be given for which query. */
    @FunctionalInterface
    public interface Filter {
        /** Whether an example may be among the neighbours of a query, both given by their places. */
        boolean allows(int query, int example);
    }

    /** The nearest examples of each query, the nearest first. */
    public List<List<Neighbor>> of(Embeddings queries, int most) {
        return of(queries, most, (query, example) -> true);
    }

    /**
     * The nearest examples of each query among those that a filter allows.
     *
     * @param queries vectors as wide as the examples'
     * @param most how many for each query, at least 1; fewer where there are no more
     * @return of each query its neighbours, the nearest first; of equally near ones the first
     */
    public List<List<Neighbor>> of(Embeddings queries, int most, Filter filter) {
        List<PriorityQueue<Neighbor>> found = new ArrayList<>();
        for (int i = 0; i < queries.count(); i++) {
            found.add(new PriorityQueue<>(Neighbor.NEAREST_FIRST.reversed()));
        }
        int block = Math.max(1, BLOCK_VALUES / examples.width());
        for (int from = 0; from < examples.count(); from += block) {
            int to = Math.min(examples.count(), from + block);
            try (DesignMatrix rows = EngineMatrix.single(examples.vectors(from, to), examples.width())) {
                for (int first = 0; first < queries.count(); first += QUERIES_AT_ONCE) {
                    int last = Math.min(queries.count(), first + QUERIES_AT_ONCE);
                    search(rows, from, queries, first, last, most, filter, found);
                }
            }
        }
        return found.stream()
                .map(one -> one.stream().sorted(Neighbor.NEAREST_FIRST).toList())
                .toList();
    }

    private static void search(
            DesignMatrix rows,
            int from,
            Embeddings queries,
            int first,
            int last,
            int most,
            Filter filter,
            List<PriorityQueue<Neighbor>> found) {
        int count = last - first;
        float[] vectors = queries.vectors(first, last);
        double[] weights = new double[vectors.length];
        Arrays.setAll(weights, i -> vectors[i]);
        double[] products = new double[rows.rows() * count];
        rows.multiply(weights, count, products);
        for (int row = 0; row < rows.rows(); row++) {
            for (int query = 0; query < count; query++) {
                PriorityQueue<Neighbor> own = found.get(first + query);
                double similarity = products[row * count + query];
                boolean near = own.size() < most || similarity > own.element().similarity();
                if (near && filter.allows(first + query, from + row)) {
                    own.add(new Neighbor(from + row, Math.max(-1, Math.min(1, similarity))));
                    if (own.size() > most) {
                        own.remove();
                    }
                }
            }
        }
    }
}
