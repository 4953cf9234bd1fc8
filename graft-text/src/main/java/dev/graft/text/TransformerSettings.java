package dev.graft.text;

import dev.graft.backbone.Architecture;
import dev.graft.error.Problem;
import dev.graft.error.WeightsFileException;
import dev.graft.layer.Activation;
import dev.graft.layer.Layer;
import dev.graft.layer.LayerNorm;
import dev.graft.layer.PointwiseLinear;
import dev.graft.layer.SelfAttention;
import dev.graft.layer.SequencePool;
import dev.graft.layer.SkipConnection;
import dev.graft.layer.TokenEmbedding;
import dev.graft.text.TransformerConfig.Family;
import dev.graft.tokenizer.Tokenizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A transformer as the settings that a bundle keeps: those of a Hugging Face {@code config.json}, under its names, and
 * beside them how tokens become one vector and how many of them there may be.
 */
final class TransformerSettings {
    private static final String POOLING = "pooling";
    private static final String MAX_TOKENS = "max_tokens";

    private TransformerSettings() {}

    /** The settings that build exactly this network; empty if none do. */
    static Optional<Map<String, Object>> of(Architecture architecture) {
        if (!(architecture.preparation() instanceof Tokenizer tokenizer)) {
            return Optional.empty();
        }
        List<Layer> layers = architecture.stages().stream()
                .flatMap(stage -> flat(stage.layers()))
                .toList();
        Optional<SequencePool> pooling = first(layers, SequencePool.class);
        Optional<TransformerConfig> config = config(layers);
        if (pooling.isEmpty() || config.isEmpty()) {
            return Optional.empty();
        }
        Architecture again = Transformer.architecture(architecture.id(), config.get(), tokenizer, pooling.get());
        if (!again.stages().equals(architecture.stages())) {
            return Optional.empty();
        }
        Map<String, Object> settings = settings(config.get());
        settings.put(POOLING, pooling.get().name().toLowerCase(Locale.ROOT));
        settings.put(MAX_TOKENS, tokenizer.maxTokens());
        return Optional.of(settings);
    }

    /**
     * Builds the network.
     *
     * @throws WeightsFileException if the settings are not those of one
     */
    static Architecture build(String id, Map<String, Object> settings, byte[] tokenizerJson, String where) {
        TransformerConfig config = TransformerConfig.of(settings, where);
        SequencePool pooling = Stream.of(SequencePool.values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(settings.get(POOLING)))
                .findFirst()
                .orElseThrow(() -> malformed(where, POOLING, "mean, first or last", settings.get(POOLING)));
        if (!(settings.get(MAX_TOKENS) instanceof Integer maxTokens)
                || maxTokens < 3
                || maxTokens > config.positions() - config.firstPosition()) {
            throw malformed(
                    where,
                    MAX_TOKENS,
                    "a number from 3 to " + (config.positions() - config.firstPosition()),
                    settings.get(MAX_TOKENS));
        }
        Tokenizer tokenizer = Tokenizer.of(tokenizerJson, where + ", " + TransformerFamily.TOKENIZER, maxTokens);
        return Transformer.architecture(id, config, tokenizer, pooling);
    }

    private static WeightsFileException malformed(String where, String key, String expected, @Nullable Object found) {
        return new WeightsFileException(Problem.of("A bundle's network cannot be built of its settings.")
                .where(where + ", entry network.settings." + key)
                .expected(expected)
                .found(String.valueOf(found))
                .fix("restore the file, or write the bundle again"));
    }

    /** Reads the sizes off the layers. */
    private static Optional<TransformerConfig> config(List<Layer> layers) {
        Optional<TokenEmbedding> table = first(layers, TokenEmbedding.class);
        Optional<SelfAttention> attention = first(layers, SelfAttention.class);
        Optional<PointwiseLinear> inner = first(layers, PointwiseLinear.class);
        Optional<LayerNorm> norm = first(layers, LayerNorm.class);
        Optional<Layer> activation = layers.stream()
                .filter(layer -> layer instanceof Activation || layer instanceof Layer.Relu)
                .findFirst();
        if (table.isEmpty() || attention.isEmpty() || inner.isEmpty() || norm.isEmpty() || activation.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TransformerConfig(
                family(table.get(), attention.get()),
                table.get().vocabulary(),
                table.get().width(),
                (int) layers.stream().filter(SelfAttention.class::isInstance).count(),
                attention.get().heads(),
                inner.get().outChannels(),
                table.get().positionCount(),
                table.get().firstPosition(),
                table.get().typeCount(),
                norm.get().epsilon(),
                activation.get(),
                first(layers, Layer.Dropout.class).map(Layer.Dropout::rate).orElse(0f),
                attention.get().dropout()));
    }

    private static Family family(TokenEmbedding table, SelfAttention attention) {
        if (table.words().equals("wte")) {
            return Family.GPT2;
        } else if (attention.output().name().endsWith("out_lin")) {
            return Family.DISTILBERT;
        }
        return table.firstPosition() > 0 ? Family.ROBERTA : Family.BERT;
    }

    private static Stream<Layer> flat(List<Layer> layers) {
        return layers.stream()
                .flatMap(layer -> layer instanceof SkipConnection skip ? flat(skip.body()) : Stream.of(layer));
    }

    private static <T> Optional<T> first(List<Layer> layers, Class<T> kind) {
        return layers.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    private static Map<String, Object> settings(TransformerConfig config) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("vocab_size", config.vocabulary());
        switch (config.family()) {
            case BERT, ROBERTA -> encoder(config, settings);
            case DISTILBERT -> distilBert(config, settings);
            case GPT2 -> gpt2(config, settings);
        }
        return settings;
    }

    private static void encoder(TransformerConfig config, Map<String, Object> settings) {
        boolean roberta = config.family() == Family.ROBERTA;
        settings.put("model_type", roberta ? "roberta" : "bert");
        if (roberta) {
            settings.put("pad_token_id", config.firstPosition() - 1);
        }
        settings.put("hidden_size", config.width());
        settings.put("num_hidden_layers", config.layers());
        settings.put("num_attention_heads", config.heads());
        settings.put("intermediate_size", config.inner());
        settings.put("max_position_embeddings", config.positions());
        settings.put("type_vocab_size", config.types());
        settings.put("layer_norm_eps", exact(config.epsilon()));
        settings.put("hidden_act", name(config.activation()));
        settings.put("hidden_dropout_prob", exact(config.dropout()));
        settings.put("attention_probs_dropout_prob", exact(config.attentionDropout()));
    }

    private static void distilBert(TransformerConfig config, Map<String, Object> settings) {
        settings.put("model_type", "distilbert");
        settings.put("dim", config.width());
        settings.put("n_layers", config.layers());
        settings.put("n_heads", config.heads());
        settings.put("hidden_dim", config.inner());
        settings.put("max_position_embeddings", config.positions());
        settings.put("activation", name(config.activation()));
        settings.put("dropout", exact(config.dropout()));
        settings.put("attention_dropout", exact(config.attentionDropout()));
    }

    private static void gpt2(TransformerConfig config, Map<String, Object> settings) {
        settings.put("model_type", "gpt2");
        settings.put("n_embd", config.width());
        settings.put("n_layer", config.layers());
        settings.put("n_head", config.heads());
        settings.put("n_inner", config.inner());
        settings.put("n_positions", config.positions());
        settings.put("layer_norm_epsilon", exact(config.epsilon()));
        settings.put("activation_function", name(config.activation()));
        settings.put("resid_pdrop", exact(config.dropout()));
        settings.put("attn_pdrop", exact(config.attentionDropout()));
    }

    /** The shortest number that is read back as the same value. */
    private static double exact(float value) {
        return Double.parseDouble(Float.toString(value));
    }

    private static String name(Layer activation) {
        if (activation == Activation.GELU_TANH) {
            return "gelu_new";
        }
        return activation instanceof Activation one ? one.name().toLowerCase(Locale.ROOT) : "relu";
    }
}
