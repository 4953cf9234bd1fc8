package dev.graft.example;

import dev.graft.backbone.Backbone;
import dev.graft.curation.EmbeddingModel;
import dev.graft.curation.Embeddings;
import dev.graft.curation.NearestNeighbors;
import dev.graft.data.LabeledTexts;
import dev.graft.feature.FeatureCache;
import dev.graft.source.Backbones;
import java.util.Collections;
import java.util.List;

/** A search by meaning, without any training: the sentences whose vectors are nearest to a question's. */
public final class Search {
    private static final List<String> SENTENCES = List.of(
            "The library opens at nine in the morning.",
            "Dogs must be kept on a lead in the park.",
            "You can return shoes within thirty days.",
            "The train to the airport leaves every ten minutes.",
            "Our kitchen closes at ten in the evening.",
            "Lost luggage is kept at the counter for a month.");

    private Search() {}

    /** Prints what comes nearest to a question. */
    public static void main(String[] args) {
        run("Until when do you serve food?").forEach(System.out::println);
    }

    static List<String> run(String question) {
        Backbone backbone = Backbones.load("minilm-l6");
        EmbeddingModel model = EmbeddingModel.of(backbone);
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            Embeddings sentences = model.embed(unlabeled("sentences", SENTENCES), SENTENCES.size(), cache);
            Embeddings asked = model.embed(unlabeled("question", List.of(question)), SENTENCES.size(), cache);
            return new NearestNeighbors(sentences)
                    .of(asked, 3).get(0).stream()
                            .map(found -> SENTENCES.get(found.index()))
                            .toList();
        }
    }

    /** What is searched needs no classes: one for all will do. */
    private static LabeledTexts unlabeled(String name, List<String> texts) {
        return LabeledTexts.of(name, texts, Collections.nCopies(texts.size(), "any"));
    }
}
