package dev.graft.text;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.backbone.BackboneCard;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.error.StorageException;
import dev.graft.error.WeightsFileException;
import dev.graft.error.WeightsMismatchException;
import dev.graft.layer.SequencePool;
import dev.graft.tokenizer.Tokenizer;
import dev.graft.weights.OnnxFile;
import dev.graft.weights.TensorFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Source models for texts: those that modules bring, and directories in the Hugging Face hub's shape. */
public final class TextBackbones {
    /** Enough for a few sentences; what is longer costs with the square of its length. */
    public static final int DEFAULT_MAX_TOKENS = 128;

    private static final List<EmbeddedModel> EMBEDDED = List.of(EmbeddedModel.MINILM_L6, EmbeddedModel.BGE_SMALL_ZH);
    private static final String UNKNOWN = "unknown";
    private static final Logger LOG = LoggerFactory.getLogger(TextBackbones.class);

    /** Tables have a few rows to spare, so that their number divides well. */
    private static final int MOST_UNUSED_ROWS = 1024;

    private TextBackbones() {}

    /** The ids of the models that need no hub. */
    public static List<String> ids() {
        return EMBEDDED.stream().map(EmbeddedModel::id).toList();
    }

    /** Loads a model as {@link #load(String, int)} does, with {@value #DEFAULT_MAX_TOKENS} tokens. */
    public static Backbone load(String id) {
        return load(id, DEFAULT_MAX_TOKENS);
    }

    /**
     * Loads a model from the module that brings its weights, {@code graft-text-minilm} or {@code graft-text-bge-small-zh}, which must
     * be on the class path.
     *
     * @param id {@code minilm-l6} for English, or {@code bge-small-zh} for Chinese
     * @param maxTokens the most tokens of a text, at least 3; its end is left out if it has more
     * @throws SettingsException if there is no such model, or its module is not there
     */
    public static Backbone load(String id, int maxTokens) {
        EmbeddedModel model = EMBEDDED.stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new SettingsException(Problem.of("There is no embedded text model '" + id + "'.")
                        .expected(String.join(", ", ids()))
                        .found(id)
                        .fix("choose one of these, or open a model's directory")));
        String tokens = model.id() + "/" + EmbeddedModel.TOKENIZER;
        Tokenizer tokenizer = Tokenizer.of(EmbeddedWeights.read(model, EmbeddedModel.TOKENIZER), tokens, maxTokens);
        Architecture architecture = Transformer.architecture(model.id(), model.config(), tokenizer, model.pooling());
        String weights = model.id() + "/" + EmbeddedModel.WEIGHTS;
        ByteBuffer content = ByteBuffer.wrap(EmbeddedWeights.read(model, EmbeddedModel.WEIGHTS));
        try (OnnxFile file = OnnxFile.parse(content, weights)) {
            BackboneCard card = card("embedded", model.data(), model.source(), model.license());
            return new Backbone(architecture, PublishedTensors.read(architecture, file, weights), card);
        }
    }

    /**
     * Opens a directory as {@link #open(Path, SequencePool, int)} does, as the model's own files say: with their pooling
     * ({@code 1_Pooling/config.json}), else the mean of an encoder's tokens or a decoder's last; with up to
     * {@value #DEFAULT_MAX_TOKENS} tokens, or as many as the model is made for ({@code max_position_embeddings},
     * {@code max_seq_length}, {@code model_max_length}).
     *
     * @throws StorageException if a file is not there or cannot be read
     * @throws WeightsFileException if a file is malformed, or the model is of another kind or pools in a way that is not built
     * @throws WeightsMismatchException if the files do not belong together
     */
    public static Backbone open(Path directory) {
        Path transformer = SentenceModules.transformer(directory);
        TransformerConfig config =
                config(transformer, ModelFiles.in(transformer).weights());
        SentenceModules modules = new SentenceModules(directory, transformer);
        boolean decoder = config.family() == TransformerConfig.Family.GPT2;
        int most = Math.min(DEFAULT_MAX_TOKENS, config.positions() - config.firstPosition());
        return open(
                directory,
                modules.pooling().orElse(decoder ? SequencePool.LAST : SequencePool.MEAN),
                modules.maxTokens(most));
    }

    /**
     * Opens a model of the BERT, RoBERTa, DistilBERT or GPT-2 family: {@code config.json}; {@code tokenizer.json}, or
     * {@code vocab.txt} of word pieces; and {@code model.safetensors}, or its shards with
     * {@code model.safetensors.index.json}. What {@code tokenizer_config.json} says of case and accents is done.
     *
     * @param pooling how a text's tokens become one vector, whatever the model's files say
     * @param maxTokens the most tokens of a text, at least 3; its end is left out if it has more
     * @throws StorageException if a file is not there or cannot be read
     * @throws WeightsFileException if a file is malformed, or the model is of another kind
     * @throws WeightsMismatchException if the files do not belong together
     */
    public static Backbone open(Path directory, SequencePool pooling, int maxTokens) {
        Path transformer = SentenceModules.transformer(directory);
        Path weights = ModelFiles.in(transformer).weights();
        TransformerConfig config = config(transformer, weights);
        Tokenizer tokenizer = PublishedTokenizer.read(transformer, config.family(), maxTokens);
        requireRows(config, tokenizer, directory);
        Path name = directory.toAbsolutePath().normalize().getFileName();
        Architecture architecture =
                Transformer.architecture(name == null ? "text" : name.toString(), config, tokenizer, pooling);
        try (TensorFile file = TensorFile.open(weights)) {
            BackboneCard card = card("file", UNKNOWN, directory.toString(), UNKNOWN);
            return new Backbone(architecture, PublishedTensors.read(architecture, file, weights.toString()), card);
        }
    }

    private static TransformerConfig config(Path directory, Path weights) {
        return TransformerConfig.read(directory.resolve("config.json"), () -> {
            try (TensorFile file = TensorFile.open(weights)) {
                return FamilyGuess.of(file.tensors());
            }
        });
    }

    private static void requireRows(TransformerConfig config, Tokenizer tokenizer, Path directory) {
        int unused = config.vocabulary() - 1 - tokenizer.highestId();
        if (unused > MOST_UNUSED_ROWS) {
            LOG.warn(
                    "{}: the tokeniser gives numbers up to {}, and the table of tokens has {} rows; check that the two are of one"
                            + " model",
                    directory,
                    tokenizer.highestId(),
                    config.vocabulary());
        }
        if (tokenizer.highestId() >= config.vocabulary()) {
            throw new WeightsMismatchException(Problem.of("A model's tokeniser and its weights are not of one model.")
                    .where(directory)
                    .expected("tokens with numbers below " + config.vocabulary() + ", the vocab_size of config.json")
                    .found("numbers up to " + tokenizer.highestId() + " in the tokeniser")
                    .fix("use the tokenizer.json that belongs to these weights"));
        }
    }

    /** Trained without classes; accuracy, epochs and time are not stated. */
    private static BackboneCard card(String origin, String data, String source, String license) {
        return BackboneCard.of(origin, data).withCommand(source).withLicense(license);
    }
}
