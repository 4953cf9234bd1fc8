package dev.graft.text;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.backbone.BackboneCard;
import dev.graft.backbone.SequencePool;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.error.StorageException;
import dev.graft.tokenizer.Tokenizer;
import dev.graft.weights.OnnxFile;
import dev.graft.weights.TensorFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Source models for texts: those inside Maven artifacts, and directories in the Hugging Face hub's shape. */
public final class TextBackbones {
    /** Enough for a few sentences; what is longer costs with the square of its length. */
    public static final int DEFAULT_MAX_TOKENS = 128;

    private static final List<EmbeddedModel> EMBEDDED = List.of(EmbeddedModel.MINILM_L6, EmbeddedModel.BGE_SMALL_ZH);
    private static final String UNKNOWN = "unknown";

    private TextBackbones() {}

    /** The ids of the models that need no hub. */
    public static List<String> ids() {
        return EMBEDDED.stream().map(EmbeddedModel::id).toList();
    }

    /** The same as {@link #load(String, int)} with {@value #DEFAULT_MAX_TOKENS} tokens. */
    public static Backbone load(String id) {
        return load(id, DEFAULT_MAX_TOKENS);
    }

    /**
     * Loads a model from its Maven artifact, which must be on the class path.
     *
     * @param id {@code minilm-l6} for English, or {@code bge-small-zh} for Chinese
     * @param maxTokens the most tokens of a text, at least 3; its end is left out if it has more
     * @throws SettingsException if there is no such model, or its artifact is not there
     */
    public static Backbone load(String id, int maxTokens) {
        EmbeddedModel model = EMBEDDED.stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new SettingsException(Problem.of("There is no embedded text model '" + id + "'.")
                        .expected(String.join(", ", ids()))
                        .found(id)
                        .fix("choose one of these, or open a model's directory")));
        Tokenizer tokenizer = Tokenizer.of(resource(model, model.tokenizer()), model.tokenizer(), maxTokens);
        Architecture architecture = Transformer.architecture(model.id(), model.config(), tokenizer, model.pooling());
        try (OnnxFile file = OnnxFile.parse(ByteBuffer.wrap(resource(model, model.weights())), model.weights())) {
            BackboneCard card = card("embedded", model.data(), model.source(), model.license());
            return new Backbone(architecture, PublishedTensors.read(architecture, file, model.weights()), card);
        }
    }

    /**
     * Opens a directory as {@link #open(Path, SequencePool, int)} does: an encoder's tokens are averaged, a decoder's last
     * one stands for the text, and a text has up to {@value #DEFAULT_MAX_TOKENS} tokens, or as many as the model knows.
     */
    public static Backbone open(Path directory) {
        TransformerConfig config = TransformerConfig.read(directory.resolve("config.json"));
        boolean decoder = config.family() == TransformerConfig.Family.GPT2;
        int most = Math.min(DEFAULT_MAX_TOKENS, config.positions() - config.firstPosition());
        return open(directory, decoder ? SequencePool.LAST : SequencePool.MEAN, most);
    }

    /**
     * Opens a model of the BERT, RoBERTa, DistilBERT or GPT-2 family: {@code config.json}, {@code tokenizer.json} and
     * {@code model.safetensors}, or its shards with {@code model.safetensors.index.json}.
     *
     * @param pooling how a text's tokens become one vector
     * @param maxTokens the most tokens of a text, at least 3; its end is left out if it has more
     * @throws StorageException if a file is not there or cannot be read
     * @throws dev.graft.error.WeightsFileException if a file is malformed, or the model is of another kind
     * @throws dev.graft.error.WeightsMismatchException if the weights do not fit the config
     */
    public static Backbone open(Path directory, SequencePool pooling, int maxTokens) {
        TransformerConfig config = TransformerConfig.read(directory.resolve("config.json"));
        Tokenizer tokenizer = Tokenizer.read(directory.resolve("tokenizer.json"), maxTokens);
        Path name = directory.toAbsolutePath().normalize().getFileName();
        Architecture architecture =
                Transformer.architecture(name == null ? "text" : name.toString(), config, tokenizer, pooling);
        Path whole = directory.resolve("model.safetensors");
        Path index = directory.resolve("model.safetensors.index.json");
        Path weights = Files.exists(whole) || !Files.exists(index) ? whole : index;
        try (TensorFile file = TensorFile.open(weights)) {
            BackboneCard card = card("file", UNKNOWN, directory.toString(), UNKNOWN);
            return new Backbone(architecture, PublishedTensors.read(architecture, file, weights.toString()), card);
        }
    }

    /** Trained without classes; accuracy, epochs and time are not stated. */
    private static BackboneCard card(String origin, String data, String source, String license) {
        return new BackboneCard(origin, data, "", List.of(), Double.NaN, 0, 0, 0, source, license);
    }

    private static byte[] resource(EmbeddedModel model, String name) {
        try (InputStream in = TextBackbones.class.getResourceAsStream("/" + name)) {
            if (in == null) {
                String[] artifact = model.artifact().split(":", -1);
                throw new SettingsException(Problem.of("The weights of " + model.id() + " are not on the class path.")
                        .where(name)
                        .expected("the Maven artifact " + model.artifact())
                        .found("no such file")
                        .fix("add <dependency><groupId>" + artifact[0] + "</groupId><artifactId>" + artifact[1]
                                + "</artifactId><version>" + artifact[2] + "</version></dependency>"));
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new StorageException(
                    Problem.of("The weights of " + model.id() + " cannot be read.")
                            .where(name)
                            .found(e),
                    e);
        }
    }
}
