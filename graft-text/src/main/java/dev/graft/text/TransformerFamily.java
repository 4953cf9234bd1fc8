package dev.graft.text;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.bundle.NetworkFamily;
import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledTexts;
import dev.graft.error.Problem;
import dev.graft.error.WeightsFileException;
import dev.graft.tokenizer.Tokenizer;
import dev.graft.weights.InputFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code dev.graft.bundle} needs to know of transformers: found as a service, not for use by hand. */
public final class TransformerFamily implements NetworkFamily {
    static final String TOKENIZER = "tokenizer.json";
    private static final String CONFIG = "config.json";
    private static final JsonMapper JSON = TransformerConfig.JSON;
    private static final long LARGEST_CONFIG = 1 << 20;

    /** For {@link java.util.ServiceLoader}. */
    public TransformerFamily() {}

    @Override
    public String name() {
        return "transformer";
    }

    @Override
    public List<String> embedded() {
        return TextBackbones.ids();
    }

    @Override
    public Backbone load(String id) {
        return TextBackbones.load(id);
    }

    @Override
    public Optional<String> usual(LabeledExamples data) {
        return data instanceof LabeledTexts texts ? Optional.of(Script.usual(texts)) : Optional.empty();
    }

    /**
     * A Hugging Face checkpoint's config.json says its model_type, which none of Graft's own does; where it does not, the other
     * files tell.
     */
    @Override
    public boolean opens(Path directory) {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        ModelFiles files = ModelFiles.in(directory);
        if (!files.has(CONFIG)) {
            return files.isAdapter() || files.hasTexts();
        }
        Path config = directory.resolve(CONFIG);
        try {
            if (!Files.isRegularFile(config) || Files.size(config) > LARGEST_CONFIG) {
                return false;
            }
            JsonNode json = JSON.readTree(InputFiles.readAllBytes(config));
            boolean own = json.has("weightsSha256") || json.has("format");
            boolean images = json.has("pretrained_cfg");
            return json.isObject()
                    && !own
                    && !images
                    && (json.has("model_type") || json.has("vocab_size") || files.isAdapter() || files.hasTexts());
        } catch (IOException | JacksonException e) {
            // Whoever opens it as something else says what is wrong.
            return false;
        }
    }

    @Override
    public Backbone open(Path directory) {
        return TextBackbones.open(directory);
    }

    @Override
    public Optional<Description> describe(Architecture architecture) {
        if (!(architecture.preparation() instanceof Tokenizer tokenizer)) {
            return Optional.empty();
        }
        return TransformerSettings.of(architecture)
                .map(settings -> new Description(settings, Map.of(TOKENIZER, tokenizer.json())));
    }

    /** The tokeniser with its limit and padding, which the bundle keeps elsewhere. */
    @Override
    public Map<String, byte[]> filesForOtherPrograms(Architecture architecture, Description description) {
        return architecture.preparation() instanceof Tokenizer tokenizer
                ? Map.of(TOKENIZER, tokenizer.jsonForOtherPrograms())
                : description.files();
    }

    @Override
    public Architecture build(String id, Description description, String where) {
        byte[] json = description.files().get(TOKENIZER);
        if (json == null) {
            throw new WeightsFileException(Problem.of("A bundle of a network for texts lacks its tokeniser.")
                    .where(where)
                    .expected(TOKENIZER + " among its files")
                    .found(
                            description.files().isEmpty()
                                    ? "no files"
                                    : description.files().keySet())
                    .fix("restore the file, or write the bundle again"));
        }
        return TransformerSettings.build(id, description.settings(), json, where);
    }
}
