package dev.graft.text;

import dev.graft.error.Problem;
import dev.graft.error.StorageException;
import dev.graft.error.WeightsFileException;
import dev.graft.layer.Activation;
import dev.graft.layer.Layer;
import dev.graft.weights.InputFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The sizes of a transformer, as {@code config.json} of a Hugging Face checkpoint states them.
 *
 * @param family whose layers and names it has
 * @param vocabulary how many tokens there are
 * @param width length of a token's vector
 * @param layers how many layers
 * @param heads attention's heads in each
 * @param inner width between the two dense layers
 * @param positions rows of the positions' table
 * @param firstPosition the row of the first token
 * @param types rows of the token types' table, 0 for none
 * @param epsilon of the layer norms
 * @param activation between the two dense layers
 * @param dropout of what a block adds
 * @param attentionDropout of attention's weights
 */
record TransformerConfig(
        Family family,
        int vocabulary,
        int width,
        int layers,
        int heads,
        int inner,
        int positions,
        int firstPosition,
        int types,
        float epsilon,
        Layer activation,
        float dropout,
        float attentionDropout) {
    private static final Logger LOG = LoggerFactory.getLogger(TransformerConfig.class);
    /** A name that stands there twice is refused: programs differ in which of the two they take. */
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final long LARGEST_BYTES = 1 << 20;
    private static final int LARGEST_SIZE = 1 << 24;

    /** Far above the longest texts that one of these families takes; keeps a batch of them within memory. */
    private static final int MOST_POSITIONS = 1 << 17;

    /** What fits into one Java array. */
    private static final long MOST_ELEMENTS = Integer.MAX_VALUE - 8;

    /** Far above the deepest of these families, far below what would take long to describe. */
    private static final int MOST_LAYERS = 1024;

    /** Where RoBERTa's own vocabulary has its padding. */
    private static final int ROBERTA_PADDING = 1;

    /** The kinds of transformers, by the names of their tensors. */
    enum Family {
        /** BERT (Devlin et al. 2019) and what has its names: MiniLM, BGE. */
        BERT,
        /** RoBERTa (Liu et al. 2019), whose positions are counted from after the padding's number. */
        ROBERTA,
        /** DistilBERT (Sanh et al. 2019): no token types, names of its own. */
        DISTILBERT,
        /** GPT-2 (Radford et al. 2019): a decoder, which normalises before each block. */
        GPT2
    }

    /**
     * Reads a {@code config.json}.
     *
     * @throws WeightsFileException if it is not of one of the families, or asks for something that is not built
     */
    static TransformerConfig read(Path file) {
        return read(file, Optional::empty);
    }

    /**
     * Reads a {@code config.json} that may lack its {@code model_type}.
     *
     * @param guess the family that the weights tell of; asked only then
     * @throws WeightsFileException as {@link #read(Path)}
     */
    static TransformerConfig read(Path file, Supplier<Optional<Family>> guess) {
        try {
            if (Files.size(file) > LARGEST_BYTES) {
                throw malformed(file, "at most " + LARGEST_BYTES + " bytes", Files.size(file) + " bytes");
            }
            return new Reading(file.toString(), JSON.readTree(InputFiles.readAllBytes(file)), guess).config();
        } catch (JacksonException e) {
            throw malformed(file, "JSON", e.getOriginalMessage());
        } catch (IOException e) {
            throw new StorageException(
                    Problem.of("A model's config.json cannot be read.")
                            .where(file)
                            .found(e)
                            .fix("a model for texts needs this file beside its weights"),
                    e);
        }
    }

    /**
     * Reads settings under the names of a {@code config.json}.
     *
     * @param where what to call them in messages
     * @throws WeightsFileException as {@link #read}
     */
    static TransformerConfig of(Map<String, Object> settings, String where) {
        return new Reading(where, JSON.valueToTree(settings), Optional::empty).config();
    }

    private static WeightsFileException malformed(Object file, String expected, String found) {
        return new WeightsFileException(Problem.of("A model's config.json cannot be used.")
                .where(file)
                .expected(expected)
                .found(found)
                .fix("choose another model"));
    }

    private record Reading(String file, JsonNode json, Supplier<Optional<Family>> guess) {
        TransformerConfig config() {
            Family family = family();
            refuseUnless("position_embedding_type", text("position_embedding_type", "absolute"), "absolute");
            refuseUnless("is_decoder", text("is_decoder", "false"), "false");
            refuseWhatChangesTheArithmetic();
            TransformerConfig config =
                    switch (family) {
                        case BERT, ROBERTA -> encoder(family);
                        case DISTILBERT -> distilBert();
                        case GPT2 -> gpt2();
                    };
            requireBuildable(config);
            return config;
        }

        /** Sizes that are each in range and do not go together. */
        private void requireBuildable(TransformerConfig config) {
            if (config.positions() > MOST_POSITIONS || config.firstPosition() >= config.positions()) {
                throw malformed(
                        file,
                        "at most " + MOST_POSITIONS + " positions, the first of them, " + config.firstPosition()
                                + ", among them",
                        config.positions() + " positions");
            }
            requireElements("the table of tokens", config.vocabulary(), config.width());
            requireElements("the table of positions", config.positions(), config.width());
            requireElements("a block's matrices", config.inner(), config.width());
            requireElements("attention's matrices", 3L * config.width(), config.width());
        }

        private void requireElements(String what, long rows, long columns) {
            if (rows * columns > MOST_ELEMENTS) {
                throw malformed(
                        file,
                        "at most " + MOST_ELEMENTS + " numbers in " + what,
                        rows + " x " + columns + " = " + rows * columns);
            }
        }

        private void refuseWhatChangesTheArithmetic() {
            for (String key : new String[] {"pruned_heads", "quantization_config"}) {
                if (!json.path(key).isEmpty()) {
                    throw malformed(file, "none as " + key + ", all that is built", found(key));
                }
            }
            if (json.path("auto_map").has("AutoModel")) {
                throw malformed(
                        file,
                        "a model that the Hugging Face library builds by itself",
                        "one with code of its own: " + json.path("auto_map").path("AutoModel"));
            }
        }

        private Family family() {
            if (!json.isObject()) {
                throw malformed(file, "an object", "something else");
            }
            if (!json.hasNonNull("model_type")) {
                Family family = guess.get()
                        .orElseThrow(() -> malformed(
                                file,
                                "an entry model_type: the weights do not tell which network they are of",
                                "none"));
                LOG.warn("{}: no model_type; taken for {} by the names of its weights", file, family);
                return family;
            }
            String type = json.path("model_type").asString("none");
            return switch (type) {
                case "bert" -> Family.BERT;
                case "roberta", "xlm-roberta", "camembert" -> Family.ROBERTA;
                case "distilbert" -> Family.DISTILBERT;
                case "gpt2" -> Family.GPT2;
                default ->
                    throw malformed(
                            file, "a model_type of bert, roberta, xlm-roberta, camembert, distilbert or gpt2", type);
            };
        }

        private TransformerConfig encoder(Family family) {
            // RoBERTa's positions follow the number of the padding token, which takes a row of the table itself.
            int first = family == Family.ROBERTA ? padding() + 1 : 0;
            return new TransformerConfig(
                    family,
                    size("vocab_size"),
                    size("hidden_size"),
                    layers("num_hidden_layers"),
                    heads("num_attention_heads", "hidden_size"),
                    size("intermediate_size"),
                    size("max_position_embeddings"),
                    first,
                    size("type_vocab_size"),
                    epsilon("layer_norm_eps", 1e-12),
                    activation("hidden_act", "gelu"),
                    rate("hidden_dropout_prob"),
                    rate("attention_probs_dropout_prob"));
        }

        private TransformerConfig distilBert() {
            return new TransformerConfig(
                    Family.DISTILBERT,
                    size("vocab_size"),
                    size("dim"),
                    layers("n_layers"),
                    heads("n_heads", "dim"),
                    size("hidden_dim"),
                    size("max_position_embeddings"),
                    0,
                    0,
                    // The value in the model's code; its config has none.
                    1e-12f,
                    activation("activation", "gelu"),
                    rate("dropout"),
                    rate("attention_dropout"));
        }

        private TransformerConfig gpt2() {
            refuseUnless("scale_attn_weights", text("scale_attn_weights", "true"), "true");
            refuseUnless("scale_attn_by_inverse_layer_idx", text("scale_attn_by_inverse_layer_idx", "false"), "false");
            refuseUnless("add_cross_attention", text("add_cross_attention", "false"), "false");
            int width = size("n_embd");
            JsonNode inner = json.path("n_inner");
            return new TransformerConfig(
                    Family.GPT2,
                    size("vocab_size"),
                    width,
                    layers("n_layer"),
                    heads("n_head", "n_embd"),
                    inner.isNull() || inner.isMissingNode() ? 4 * width : size("n_inner"),
                    size("n_positions"),
                    0,
                    0,
                    epsilon("layer_norm_epsilon", 1e-5),
                    activation("activation_function", "gelu_new"),
                    rate("resid_pdrop"),
                    rate("attn_pdrop"));
        }

        /** The number of the padding; where the file does not say one, the family's usual number. */
        private int padding() {
            JsonNode value = json.path("pad_token_id");
            if (value.isMissingNode() || value.isNull()) {
                return ROBERTA_PADDING;
            }
            return whole("pad_token_id", 0, size("vocab_size") - 1);
        }

        private int size(String key) {
            return whole(key, 1, LARGEST_SIZE);
        }

        private int whole(String key, int least, int most) {
            JsonNode value = json.path(key);
            if (!value.isIntegralNumber()
                    || !value.canConvertToInt()
                    || value.asInt() < least
                    || value.asInt() > most) {
                throw malformed(file, "a whole number from " + least + " to " + most + " as " + key, found(key));
            }
            return value.asInt();
        }

        private int layers(String key) {
            return whole(key, 1, MOST_LAYERS);
        }

        private int heads(String key, String width) {
            int heads = whole(key, 1, MOST_LAYERS);
            if (size(width) % heads != 0) {
                throw malformed(file, "a divisor of " + width + ", " + size(width) + ", as " + key, found(key));
            }
            return heads;
        }

        private float epsilon(String key, double usual) {
            JsonNode value = json.path(key);
            double epsilon = value.isMissingNode() ? usual : value.isNumber() ? value.asDouble() : Double.NaN;
            if (!(epsilon > 0 && epsilon < 1)) {
                throw malformed(file, "a small number above 0 as " + key, found(key));
            }
            return (float) epsilon;
        }

        private float rate(String key) {
            JsonNode rate = json.path(key);
            double value = rate.isMissingNode() || rate.isNull() ? 0.1 : rate.isNumber() ? rate.asDouble() : Double.NaN;
            if (!(value >= 0 && value < 1)) {
                throw malformed(file, "a rate from 0 to below 1 as " + key, found(key));
            }
            return (float) value;
        }

        private Layer activation(String key, String usual) {
            String name = json.path(key).asString(usual);
            return switch (name) {
                case "gelu" -> Activation.GELU;
                case "gelu_new", "gelu_pytorch_tanh" -> Activation.GELU_TANH;
                case "relu" -> new Layer.Relu();
                case "silu", "swish" -> Activation.SILU;
                default -> throw malformed(file, "gelu, gelu_new, relu or silu as " + key, name);
            };
        }

        private void refuseUnless(String key, String value, String wanted) {
            if (!value.equals(wanted)) {
                throw malformed(file, wanted + " as " + key + ", all that is built", value);
            }
        }

        private String text(String key, String usual) {
            return json.hasNonNull(key) ? json.path(key).asString("") : usual;
        }

        private String found(String key) {
            JsonNode value = json.path(key);
            return value.isMissingNode() ? "none" : value.toString();
        }
    }
}
