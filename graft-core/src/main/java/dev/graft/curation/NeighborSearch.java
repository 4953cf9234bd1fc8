package dev.graft.curation;

import dev.graft.curation.NearestNeighbors.Neighbor;
import dev.graft.data.LabeledExamples;
import dev.graft.feature.FeatureCache;
import dev.graft.prediction.Prediction;
import dev.graft.reading.LabeledFiles;
import dev.graft.result.NeighborResult;
import dev.graft.result.SearchResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A search among examples for those that are like others, with what a network predicts of these. */
public final class NeighborSearch {
    /** Up to so many examples an exact search is as fast as anyone wants. */
    private static final int MANY = 300_000;

    private final EmbeddingModel model;
    private final FeatureCache cache;
    private final int most;

    /**
     * Prepares a search.
     *
     * @param model turns examples into vectors
     * @param cache keeps their features
     * @param most how many neighbours each query has, at least 1
     */
    public NeighborSearch(EmbeddingModel model, FeatureCache cache, int most) {
        this.model = model;
        this.cache = cache;
        this.most = most;
    }

    /** What is to be said of a search among so many examples; nothing of few. */
    public static Optional<String> note(int examples) {
        return examples <= MANY
                ? Optional.empty()
                : Optional.of(examples
                        + " examples are searched one by one, exactly, which takes long: an index of another"
                        + " library over the same features is faster for more than " + MANY);
    }

    /**
     * The nearest examples of each query. A picture that is searched for is not its own neighbour.
     *
     * @param queries what is searched for, as a network takes it
     * @param shownQueries the same, as it is named
     * @param predictions what a network says of each query; empty if none was asked
     * @param data what is searched, as a network takes it
     * @param shown the same, as it is named
     * @param labels the label of each searched example, empty where it has none
     * @throws dev.graft.error.SettingsException if the model takes examples of another kind
     */
    public SearchResult of(
            LabeledExamples queries,
            ShownExamples shownQueries,
            List<Prediction> predictions,
            LabeledExamples data,
            ShownExamples shown,
            List<String> labels) {
        Embeddings vectors = model.embed(data, data.size(), cache);
        Embeddings wanted = model.embed(queries, data.size(), cache);
        List<List<Neighbor>> found = new NearestNeighbors(vectors)
                .of(
                        wanted,
                        most,
                        (query, example) -> !isSame(shownQueries.examples(), query, shown.examples(), example));
        List<SearchResult.Query> results = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            Prediction prediction = predictions.isEmpty() ? null : predictions.get(i);
            results.add(new SearchResult.Query(
                    shownQueries.name(i),
                    prediction == null || prediction.noneOfThese() ? null : prediction.label(),
                    prediction == null ? null : prediction.confidence(),
                    found.get(i).stream()
                            .map(one -> new NeighborResult(
                                    one.index(), shown.name(one.index()), labels.get(one.index()), one.similarity()))
                            .toList()));
        }
        return new SearchResult(data.name(), data.size(), model.name(), results);
    }

    private static boolean isSame(LabeledExamples queries, int query, LabeledExamples examples, int example) {
        return queries instanceof LabeledFiles some
                && examples instanceof LabeledFiles others
                && path(some.file(query)).equals(path(others.file(example)));
    }

    private static Path path(Path file) {
        return file.toAbsolutePath().normalize();
    }
}
