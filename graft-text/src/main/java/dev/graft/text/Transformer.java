package dev.graft.text;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Initialization;
import dev.graft.layer.Layer;
import dev.graft.layer.LayerNorm;
import dev.graft.layer.PointwiseLinear;
import dev.graft.layer.SelfAttention;
import dev.graft.layer.SequencePool;
import dev.graft.layer.SkipConnection;
import dev.graft.layer.Stage;
import dev.graft.layer.TokenEmbedding;
import dev.graft.layer.UnitLength;
import dev.graft.preparation.Tokenization;
import java.util.ArrayList;
import java.util.List;

/**
 * Transformers as named stages: {@code embeddings}, {@code layer0} and so on, {@code pooled}. They were trained without
 * classes: in a classifier's place stands {@code sentence}, the pooled vector at unit length, whose cosines tell how alike
 * two texts are. Tensors have the names of the public checkpoints.
 */
final class Transformer {
    /** The stage that gives one vector for a text. */
    static final String POOLED = "pooled";

    private final TransformerConfig config;

    private Transformer(TransformerConfig config) {
        this.config = config;
    }

    /**
     * The network.
     *
     * @param id its name
     * @param tokenization how a text becomes its tokens
     * @param pooling how its tokens become one vector
     */
    static Architecture architecture(
            String id, TransformerConfig config, Tokenization tokenization, SequencePool pooling) {
        Transformer transformer = new Transformer(config);
        List<Stage> stages = new ArrayList<>();
        stages.add(new Stage("embeddings", transformer.embeddings()));
        for (int i = 0; i < config.layers(); i++) {
            stages.add(new Stage("layer" + i, transformer.layer(i)));
        }
        stages.add(
                config.family() == TransformerConfig.Family.GPT2
                        ? Stage.of(POOLED, transformer.norm("ln_f"), pooling)
                        : Stage.of(POOLED, pooling));
        stages.add(Stage.of("sentence", new UnitLength()));
        return new Architecture(id, tokenization, stages, Initialization.GLOROT_UNIFORM);
    }

    private List<Layer> embeddings() {
        boolean gpt2 = config.family() == TransformerConfig.Family.GPT2;
        Layer table = new TokenEmbedding(
                gpt2 ? "wte" : "embeddings.word_embeddings",
                config.vocabulary(),
                gpt2 ? "wpe" : "embeddings.position_embeddings",
                config.positions(),
                config.firstPosition(),
                "embeddings.token_type_embeddings",
                config.types(),
                config.width());
        return gpt2 ? List.of(table, drop()) : List.of(table, norm("embeddings.LayerNorm"), drop());
    }

    private List<Layer> layer(int index) {
        return switch (config.family()) {
            case BERT, ROBERTA -> bert("encoder.layer." + index + ".");
            case DISTILBERT -> distilBert("transformer.layer." + index + ".");
            case GPT2 -> gpt2("h." + index + ".");
        };
    }

    private List<Layer> bert(String at) {
        return List.of(
                new SkipConnection(List.of(
                        attention(
                                at + "attention.self.query",
                                at + "attention.self.key",
                                at + "attention.self.value",
                                at + "attention.output.dense"),
                        drop())),
                norm(at + "attention.output.LayerNorm"),
                new SkipConnection(List.of(
                        new PointwiseLinear(at + "intermediate.dense", config.width(), config.inner()),
                        config.activation(),
                        new PointwiseLinear(at + "output.dense", config.inner(), config.width()),
                        drop())),
                norm(at + "output.LayerNorm"));
    }

    private List<Layer> distilBert(String at) {
        return List.of(
                // This family drops nothing of what its attention adds.
                new SkipConnection(List.of(attention(
                        at + "attention.q_lin",
                        at + "attention.k_lin",
                        at + "attention.v_lin",
                        at + "attention.out_lin"))),
                norm(at + "sa_layer_norm"),
                new SkipConnection(List.of(
                        new PointwiseLinear(at + "ffn.lin1", config.width(), config.inner()),
                        config.activation(),
                        new PointwiseLinear(at + "ffn.lin2", config.inner(), config.width()),
                        drop())),
                norm(at + "output_layer_norm"));
    }

    private List<Layer> gpt2(String at) {
        int width = config.width();
        return List.of(
                new SkipConnection(List.of(
                        norm(at + "ln_1"),
                        new SelfAttention(
                                List.of(new PointwiseLinear(at + "attn.c_attn", width, 3 * width, true)),
                                new PointwiseLinear(at + "attn.c_proj", width, width, true),
                                config.heads(),
                                true,
                                config.attentionDropout()),
                        drop())),
                new SkipConnection(List.of(
                        norm(at + "ln_2"),
                        new PointwiseLinear(at + "mlp.c_fc", width, config.inner(), true),
                        config.activation(),
                        new PointwiseLinear(at + "mlp.c_proj", config.inner(), width, true),
                        drop())));
    }

    private SelfAttention attention(String query, String key, String value, String output) {
        int width = config.width();
        return new SelfAttention(
                List.of(
                        new PointwiseLinear(query, width, width),
                        new PointwiseLinear(key, width, width),
                        new PointwiseLinear(value, width, width)),
                new PointwiseLinear(output, width, width),
                config.heads(),
                false,
                config.attentionDropout());
    }

    private LayerNorm norm(String name) {
        return new LayerNorm(name, config.width(), config.epsilon());
    }

    private Layer drop() {
        return new Layer.Dropout(config.dropout());
    }
}
