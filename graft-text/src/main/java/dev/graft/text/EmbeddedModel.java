package dev.graft.text;

import dev.graft.layer.Activation;
import dev.graft.layer.SequencePool;

/**
 * A model that a module of its own brings: an ONNX file whose initialisers are its weights, and its tokeniser.
 *
 * @param id its name in Graft
 * @param config its sizes, as its authors publish them
 * @param pooling how its authors make one vector of a text
 * @param artifact the module that brings its files
 * @param data what it was trained on
 * @param source who publishes it
 * @param license its licence, as an SPDX identifier
 */
record EmbeddedModel(
        String id,
        TransformerConfig config,
        SequencePool pooling,
        String artifact,
        String data,
        String source,
        String license) {
    /** The names of the files that the module brings. */
    static final String WEIGHTS = "model.onnx";

    static final String TOKENIZER = "tokenizer.json";

    private static final int POSITIONS = 512;
    private static final float EPSILON = 1e-12f;
    private static final float DROPOUT = 0.1f;

    /** Wang et al. 2020, trained further on sentence pairs (Reimers and Gurevych 2019). */
    static final EmbeddedModel MINILM_L6 = new EmbeddedModel(
            "minilm-l6",
            bert(30522, 384, 6, 12),
            SequencePool.MEAN,
            "graft-text-minilm",
            "1 billion English sentence pairs",
            "sentence-transformers/all-MiniLM-L6-v2",
            "Apache-2.0");

    /** Xiao et al. 2023. */
    static final EmbeddedModel BGE_SMALL_ZH = new EmbeddedModel(
            "bge-small-zh",
            bert(21128, 512, 4, 8),
            SequencePool.FIRST,
            "graft-text-bge-small-zh",
            "Chinese text pairs",
            "BAAI/bge-small-zh-v1.5",
            "MIT");

    private static TransformerConfig bert(int vocabulary, int width, int layers, int heads) {
        return new TransformerConfig(
                TransformerConfig.Family.BERT,
                vocabulary,
                width,
                layers,
                heads,
                4 * width,
                POSITIONS,
                0,
                2,
                EPSILON,
                Activation.GELU,
                DROPOUT,
                DROPOUT);
    }
}
