package dev.graft.text;

import dev.graft.error.Problem;
import dev.graft.error.WeightsFileException;
import dev.graft.layer.SequencePool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * What a model made by sentence-transformers does with its tokens (Reimers and Gurevych 2019): {@code modules.json} names its
 * parts, {@code 1_Pooling/config.json} says how tokens become one vector, {@code sentence_bert_config.json} how many there are.
 */
final class SentenceModules {
    private static final Logger LOG = LoggerFactory.getLogger(SentenceModules.class);
    private static final String POOLING = "1_Pooling";

    /** The name of a folder, which leads nowhere else. */
    private static final String FOLDER = "[A-Za-z0-9_][A-Za-z0-9_.-]*";

    private static final int MOST_MODULES = 32;

    /** The ways that are built, under both of the names that they have had. */
    private static final Map<String, SequencePool> WAYS = Map.of(
            "cls", SequencePool.FIRST,
            "mean", SequencePool.MEAN,
            "lasttoken", SequencePool.LAST,
            "cls_token", SequencePool.FIRST,
            "mean_tokens", SequencePool.MEAN);

    private final Path directory;
    private final Path transformer;

    /**
     * The modules of a directory.
     *
     * @param transformer where the files of the transformer lie, as {@link #transformer} finds it
     */
    SentenceModules(Path directory, Path transformer) {
        this.directory = directory;
        this.transformer = transformer;
    }

    /** Where a model's transformer lies: in its directory, or, as old ones have it, in a folder that modules.json names. */
    static Path transformer(Path directory) {
        SideFile modules = SideFile.read(directory.resolve("modules.json"));
        if (Files.exists(directory.resolve("config.json")) || !modules.json().isArray()) {
            return directory;
        }
        String path = modules.json().path(0).path("path").asString("");
        boolean inside =
                path.matches(FOLDER) && Files.exists(directory.resolve(path).resolve("config.json"));
        return inside ? directory.resolve(path) : directory;
    }

    /**
     * How the model makes one vector of its tokens; empty if it does not say.
     *
     * @throws WeightsFileException if it does so in a way that is not built
     */
    Optional<SequencePool> pooling() {
        SideFile modules = SideFile.read(directory.resolve("modules.json"));
        if (!modules.isThere()) {
            SideFile config = SideFile.read(directory.resolve(POOLING).resolve("config.json"));
            return config.isThere() ? Optional.of(pooling(config)) : Optional.empty();
        }
        if (!modules.json().isArray() || modules.json().size() > MOST_MODULES) {
            throw modules.malformed("a list of modules", modules.json().toString());
        }
        Optional<SequencePool> pooling = Optional.empty();
        List<String> leftOut = new ArrayList<>();
        for (JsonNode module : modules.json()) {
            String type = module.path("type").asString("");
            switch (type.substring(type.lastIndexOf('.') + 1)) {
                case "Transformer" -> {}
                case "Pooling" -> pooling = Optional.of(pooling(config(modules, module)));
                // Vectors of unit length are what the last stage gives.
                case "Normalize" -> {}
                default -> leftOut.add(module.path("path").asString("") + " (" + type + ")");
            }
        }
        if (!leftOut.isEmpty()) {
            LOG.warn(
                    "{}: modules that Graft does not build are left out: {}",
                    modules.file(),
                    String.join(", ", leftOut));
        }
        return pooling;
    }

    private SideFile config(SideFile modules, JsonNode module) {
        String path = module.path("path").asString("");
        if (!path.matches(FOLDER)) {
            throw modules.malformed("a folder's name as the path of its pooling", path);
        }
        SideFile config = SideFile.read(directory.resolve(path).resolve("config.json"));
        if (!config.isThere()) {
            throw modules.malformed("a file " + path + "/config.json, since it names that module", "none");
        }
        return config;
    }

    private static SequencePool pooling(SideFile config) {
        TreeSet<String> ways = new TreeSet<>();
        JsonNode named = config.json().path("pooling_mode");
        if (named.isString()) {
            ways.add(named.asString());
        } else if (named.isArray()) {
            named.forEach(way -> ways.add(way.asString("")));
        }
        for (String key : config.json().propertyNames()) {
            if (key.startsWith("pooling_mode_") && config.flag(key, false)) {
                ways.add(key.substring("pooling_mode_".length()));
            }
        }
        SequencePool pool = ways.size() == 1 ? WAYS.get(ways.first()) : null;
        if (pool == null) {
            throw new WeightsFileException(Problem.of(
                            "A model makes one vector of its tokens in a way that is not built.")
                    .where(config.file())
                    .expected("one of the first token (cls), the mean of all (mean), the last (lasttoken)")
                    .found(ways.isEmpty() ? "none of them" : String.join(" and ", ways))
                    .fix("name a pooling when the model is opened; without this file the mean of all tokens is taken"));
        }
        return pool;
    }

    /** The most tokens that the model was made for, as far as its files say. */
    int maxTokens(int usual) {
        SideFile sentence = SideFile.read(transformer.resolve("sentence_bert_config.json"));
        SideFile tokenizer = SideFile.read(transformer.resolve("tokenizer_config.json"));
        return Math.min(Math.min(usual, limit(sentence, "max_seq_length")), limit(tokenizer, "model_max_length"));
    }

    /** Files write a number far above all integers for no limit. */
    private static int limit(SideFile file, String key) {
        JsonNode value = file.json().path(key);
        if (value.isMissingNode() || value.isNull()) {
            return Integer.MAX_VALUE;
        }
        if (!value.isNumber() || !(value.asDouble() >= 3)) {
            throw file.malformed("a number of at least 3 as " + key, value.toString());
        }
        return (int) Math.min(Integer.MAX_VALUE, value.asDouble());
    }
}
