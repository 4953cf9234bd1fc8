package dev.graft.weights;

import dev.graft.error.Problem;
import dev.graft.error.WeightsFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonParser.NumberType;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** Reads the JSON of one safetensors header token by token, so that nothing is built that is not wanted. */
final class HeaderParser {
    private static final String DAMAGED =
            "the header is damaged: download the file again," + " or write it again with the safetensors library";

    private final ByteSource source;
    private final long headerEnd;
    private final List<TensorInfo> tensors = new ArrayList<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    HeaderParser(ByteSource source, long headerEnd) {
        this.source = source;
        this.headerEnd = headerEnd;
    }

    List<TensorInfo> tensors() {
        return tensors;
    }

    Map<String, String> metadata() {
        return metadata;
    }

    void parse() {
        try (JsonParser json = open()) {
            expect(json, json.nextToken(), JsonToken.START_OBJECT, null);
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                checkName(json, name);
                if (name.equals(SafetensorsHeader.METADATA)) {
                    readMetadata(json);
                } else {
                    if (tensors.size() == Limits.TENSORS) {
                        throw refusal(json, "it has too many tensors", null)
                                .expectedFound("at most " + Limits.TENSORS + " tensors in a file", "more");
                    }
                    tensors.add(readTensor(json, name));
                }
            }
            expect(json, json.currentToken(), JsonToken.END_OBJECT, null);
            if (json.nextToken() != null) {
                throw refusal(json, "something follows the header's closing brace", null)
                        .expectedFound("spaces up to byte " + headerEnd, "more JSON");
            }
        } catch (JacksonException e) {
            long at = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
            throw new WeightsFileException(
                    source.problem("its header is not the JSON it should be")
                            .where(at < 0 ? "the header" : "byte " + (SafetensorsHeader.LENGTH_BYTES + at))
                            .expected("one JSON object with unique keys")
                            .found(Names.quote(String.valueOf(e.getOriginalMessage())))
                            .fix(DAMAGED),
                    e);
        }
    }

    private JsonParser open() {
        // A factory of its own for each header: names of one file leave no trace in memory.
        JsonFactory factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
                .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(4)
                        .maxDocumentLength(Limits.HEADER_BYTES)
                        .maxNumberLength(32)
                        .maxNameLength(8 * Limits.NAME_CHARACTERS)
                        .maxStringLength(Limits.METADATA_CHARACTERS)
                        .build())
                .build();
        return factory.createParser(
                ObjectReadContext.empty(), new SourceStream(source, SafetensorsHeader.LENGTH_BYTES, headerEnd));
    }

    private void readMetadata(JsonParser json) {
        if (json.nextToken() == JsonToken.VALUE_NULL) {
            return;
        }
        expect(json, json.currentToken(), JsonToken.START_OBJECT, SafetensorsHeader.METADATA);
        long characters = 0;
        for (String key = json.nextName(); key != null; key = json.nextName()) {
            checkName(json, key);
            json.nextToken();
            expect(json, json.currentToken(), JsonToken.VALUE_STRING, SafetensorsHeader.METADATA);
            String value = json.getString();
            characters += value.length();
            if (characters > Limits.METADATA_CHARACTERS || metadata.size() == Limits.METADATA_ENTRIES) {
                throw refusal(json, "its metadata is too large", SafetensorsHeader.METADATA)
                        .expectedFound(
                                "at most " + Limits.METADATA_ENTRIES + " entries and " + Limits.METADATA_CHARACTERS
                                        + " characters",
                                "more");
            }
            metadata.put(key, value);
        }
        expect(json, json.currentToken(), JsonToken.END_OBJECT, SafetensorsHeader.METADATA);
    }

    private TensorInfo readTensor(JsonParser json, String name) {
        json.nextToken();
        expect(json, json.currentToken(), JsonToken.START_OBJECT, name);
        TensorType type = null;
        long[] shape = null;
        long[] offsets = null;
        for (String key = json.nextName(); key != null; key = json.nextName()) {
            json.nextToken();
            switch (key) {
                case "dtype" -> type = readType(json, name);
                case "shape" -> shape = readLongs(json, name, "shape", Limits.RANK);
                case "data_offsets" -> offsets = readLongs(json, name, "data_offsets", 2);
                default ->
                    throw refusal(json, "a tensor's entry has a key that the format does not know", name)
                            .expectedFound("dtype, shape and data_offsets", Names.quote(key));
            }
        }
        expect(json, json.currentToken(), JsonToken.END_OBJECT, name);
        if (type == null || shape == null || offsets == null) {
            String missing = type == null ? "dtype" : shape == null ? "shape" : "data_offsets";
            throw refusal(json, "a tensor's entry is not complete", name)
                    .expectedFound("dtype, shape and data_offsets", "no " + missing);
        }
        if (offsets.length != 2 || offsets[0] > offsets[1]) {
            throw refusal(json, "a tensor's data_offsets are not a range", name)
                    .expectedFound("[begin, end] with begin at most end", Arrays.toString(offsets));
        }
        return new TensorInfo(name, type, shape, offsets[0], offsets[1]);
    }

    private TensorType readType(JsonParser json, String name) {
        expect(json, json.currentToken(), JsonToken.VALUE_STRING, name);
        String type = json.getString();
        return TensorType.named(type).orElseThrow(() -> refusal(json, "a tensor has an unknown element type", name)
                .expectedFound("one of " + TensorType.allNames(), Names.quote(type)));
    }

    private long[] readLongs(JsonParser json, String name, String key, int most) {
        expect(json, json.currentToken(), JsonToken.START_ARRAY, name);
        long[] values = new long[most];
        int count = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            expect(json, json.currentToken(), JsonToken.VALUE_NUMBER_INT, name);
            boolean tooLarge = json.getNumberType() == NumberType.BIG_INTEGER;
            if (tooLarge || json.getLongValue() < 0) {
                throw refusal(json, "a number in a tensor's " + key + " is out of range", name)
                        .expectedFound("0 to " + Long.MAX_VALUE, json.getString());
            }
            if (count == most) {
                throw refusal(json, "a tensor's " + key + " is too long", name)
                        .expectedFound("at most " + most + " numbers", "more");
            }
            values[count++] = json.getLongValue();
        }
        return Arrays.copyOf(values, count);
    }

    private void checkName(JsonParser json, String name) {
        if (name.length() > Limits.NAME_CHARACTERS) {
            throw refusal(json, "a name is too long", name)
                    .expectedFound("at most " + Limits.NAME_CHARACTERS + " characters", name.length() + " characters");
        }
        if (!Names.wellFormed(name)) {
            throw refusal(json, "a name holds half of a surrogate pair", name)
                    .expectedFound("Unicode text", "an escape such as \\ud800 without its other half");
        }
    }

    private void expect(JsonParser json, @Nullable JsonToken found, JsonToken expected, @Nullable String name) {
        if (found != expected) {
            throw refusal(json, "its header is not built as the format says", name)
                    .expectedFound(describe(expected), found == null ? "the end of the header" : describe(found));
        }
    }

    private static String describe(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case END_OBJECT -> "the end of an object";
            case START_ARRAY -> "an array";
            case END_ARRAY -> "the end of an array";
            case PROPERTY_NAME -> "a key";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT -> "an integer";
            case VALUE_NUMBER_FLOAT -> "a number with a fraction or exponent";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            default -> "something else";
        };
    }

    private Refusal refusal(JsonParser json, String rule, @Nullable String name) {
        long at = SafetensorsHeader.LENGTH_BYTES + json.currentTokenLocation().getByteOffset();
        Problem problem = source.problem(rule);
        return new Refusal((name == null ? problem : problem.with("tensor", Names.quote(name))).where("byte " + at));
    }

    /** A problem that still lacks what was expected and found. */
    private record Refusal(Problem problem) {
        WeightsFileException expectedFound(String expected, String found) {
            return new WeightsFileException(
                    problem.expected(expected).found(found).fix(DAMAGED));
        }
    }
}
