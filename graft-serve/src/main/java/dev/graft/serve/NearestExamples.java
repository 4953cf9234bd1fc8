package dev.graft.serve;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.graft.curation.Embeddings;
import dev.graft.curation.NearestNeighbors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Known examples as one network sees them: a vector of each, and what is shown of it. Safe for use by several threads. */
final class NearestExamples {
    private final NearestNeighbors search;
    private final List<Shown> shown;
    private final long bytes;

    /**
     * What is kept of an example to be shown.
     *
     * @param label its label, in words
     * @param file the last name of its file's path; null of a text
     * @param picture a {@code data:} address of a small picture; null of a text
     * @param text its beginning; null of a picture
     */
    record Shown(
            String label,
            @Nullable String file,
            @Nullable String picture,
            @Nullable String text) {}

    /**
     * An example that is like what was asked about.
     *
     * @param label its label, in words
     * @param similarity the cosine of the angle between the two vectors, -1 to 1
     * @param file the last name of its file's path; null of a text
     * @param picture a {@code data:} address of a small picture; null of a text
     * @param text its beginning; null of a picture
     */
    record Near(
            String label,
            double similarity,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String file,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String picture,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String text) {}

    /**
     * Keeps examples.
     *
     * @param features (examples, width), row after row
     * @param shown what is shown of each
     * @param bytes about how much memory all of that takes
     */
    NearestExamples(float[] features, int width, List<Shown> shown, long bytes) {
        this.search = new NearestNeighbors(Embeddings.of(features, width));
        this.shown = List.copyOf(shown);
        this.bytes = bytes;
    }

    int count() {
        return shown.size();
    }

    long bytes() {
        return bytes;
    }

    /**
     * For each query the examples that are most like it, the nearest first.
     *
     * @param queries (queries, width), what the head of the same network takes of each
     */
    List<List<Near>> of(float[][] queries, int most) {
        int width = queries[0].length;
        float[] rows = new float[Math.multiplyExact(queries.length, width)];
        for (int i = 0; i < queries.length; i++) {
            System.arraycopy(queries[i], 0, rows, i * width, width);
        }
        return search.of(Embeddings.of(rows, width), most).stream()
                .map(found -> found.stream().map(this::near).toList())
                .toList();
    }

    private Near near(NearestNeighbors.Neighbor one) {
        Shown example = shown.get(one.index());
        return new Near(example.label(), one.similarity(), example.file(), example.picture(), example.text());
    }
}
