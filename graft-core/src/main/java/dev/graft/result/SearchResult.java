package dev.graft.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The nearest examples of some queries.
 *
 * @param data the searched data's name
 * @param examples how many examples were searched
 * @param model the source model, or the network, whose features were compared
 * @param queries what was searched for, in order
 */
public record SearchResult(String data, int examples, String model, List<Query> queries) {
    /** Copies the list. */
    public SearchResult {
        queries = List.copyOf(queries);
    }

    /**
     * A query and what is like it.
     *
     * @param query its file, or its text
     * @param predicted what the network says that it is; null if none was asked, or it is none of the classes
     * @param confidence how sure the network is, 0 to 1; null if none was asked
     * @param neighbors the nearest examples, the nearest first
     */
    public record Query(
            String query,
            @Nullable String predicted,
            @Nullable Double confidence,
            List<NeighborResult> neighbors) {
        /** Copies the list. */
        public Query {
            neighbors = List.copyOf(neighbors);
        }
    }
}
