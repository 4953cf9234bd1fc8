package dev.graft.weights;

import dev.graft.error.Problem;
import dev.graft.error.WeightsFileException;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** Reads which shard each tensor lies in, from a file such as {@code model.safetensors.index.json}. */
final class ShardIndex {
    private static final String WEIGHT_MAP = "weight_map";
    private static final String EXPECTED = "an index of safetensors shards: one JSON object with a \"weight_map\" from"
            + " each tensor's name to a file name";
    private static final String DAMAGED = "the index is damaged: download it again";

    private final ByteSource source;
    private final Map<String, String> shards = new LinkedHashMap<>();

    private ShardIndex(ByteSource source) {
        this.source = source;
    }

    /** The file name of the shard of each tensor, in the index's order; every one is a plain file name. */
    static Map<String, String> read(ByteSource source) {
        if (source.size() > Limits.INDEX_BYTES) {
            throw new WeightsFileException(source.problem("it is too large for an index")
                    .where("the file's size")
                    .expected("at most " + Limits.INDEX_BYTES + " bytes")
                    .found(source.size() + " bytes")
                    .fix("pass the index, a file such as model.safetensors.index.json"));
        }
        ShardIndex index = new ShardIndex(source);
        index.parse();
        return index.shards;
    }

    private void parse() {
        boolean found = false;
        try (JsonParser json = open()) {
            require(json, json.nextToken() == JsonToken.START_OBJECT, "something that is not an object");
            for (String key = json.nextName(); key != null; key = json.nextName()) {
                json.nextToken();
                if (key.equals(WEIGHT_MAP)) {
                    found = true;
                    readWeightMap(json);
                } else {
                    json.skipChildren();
                }
            }
            require(json, json.currentToken() == JsonToken.END_OBJECT, "an object that does not end");
            require(json, found, "no \"weight_map\"");
            require(json, json.nextToken() == null, "something after the closing brace");
        } catch (JacksonException e) {
            WeightsFileException foreign = ForeignFormat.recognise(source, EXPECTED);
            if (foreign != null
                    && source.size() > 0
                    && e.getLocation() != null
                    && e.getLocation().getByteOffset() < 8) {
                throw foreign;
            }
            throw new WeightsFileException(
                    source.problem("it is not the JSON it should be")
                            .where("byte "
                                    + (e.getLocation() == null
                                            ? 0
                                            : e.getLocation().getByteOffset()))
                            .expected(EXPECTED)
                            .found(Names.quote(String.valueOf(e.getOriginalMessage())))
                            .fix(DAMAGED),
                    e);
        }
    }

    private JsonParser open() {
        JsonFactory factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
                .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(8)
                        .maxDocumentLength(Limits.INDEX_BYTES)
                        .maxNumberLength(32)
                        .maxNameLength(8 * Limits.NAME_CHARACTERS)
                        .maxStringLength(64 * 1024)
                        .build())
                .build();
        return factory.createParser(ObjectReadContext.empty(), new SourceStream(source, 0, source.size()));
    }

    private void readWeightMap(JsonParser json) {
        require(json, json.currentToken() == JsonToken.START_OBJECT, "a \"weight_map\" that is not an object");
        for (String tensor = json.nextName(); tensor != null; tensor = json.nextName()) {
            require(
                    json,
                    tensor.length() <= Limits.NAME_CHARACTERS && Names.wellFormed(tensor),
                    "a tensor's name that is too long or is not Unicode text");
            require(json, json.nextToken() == JsonToken.VALUE_STRING, "a shard's name that is not a string");
            require(json, shards.size() < Limits.TENSORS, "more than " + Limits.TENSORS + " tensors");
            String shard = json.getString();
            requirePlain(json, tensor, shard);
            shards.put(tensor, shard);
        }
        require(json, json.currentToken() == JsonToken.END_OBJECT, "a \"weight_map\" that does not end");
    }

    private void requirePlain(JsonParser json, String tensor, String shard) {
        boolean plain = shard.length() <= 255
                && shard.endsWith(".safetensors")
                && Names.wellFormed(shard)
                && !shard.startsWith(".")
                && shard.chars().noneMatch(c -> c == '/' || c == '\\' || c == ':' || Character.isISOControl(c));
        if (!plain) {
            throw new WeightsFileException(problem(json, "a shard lies outside the index's own folder")
                    .with("tensor", Names.quote(tensor))
                    .expected("a plain file name that ends in .safetensors, such as"
                            + " 'model-00001-of-00002.safetensors'")
                    .found(Names.quote(shard))
                    .fix("do not use this index unless you know who wrote it; put all shards beside it"));
        }
    }

    private void require(JsonParser json, boolean holds, String found) {
        if (!holds) {
            throw new WeightsFileException(problem(json, "it is not built as an index is")
                    .expected(EXPECTED)
                    .found(found)
                    .fix(DAMAGED));
        }
    }

    private Problem problem(JsonParser json, String rule) {
        return source.problem(rule).where("byte " + json.currentTokenLocation().getByteOffset());
    }
}
