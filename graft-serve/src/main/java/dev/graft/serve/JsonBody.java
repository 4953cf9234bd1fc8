package dev.graft.serve;

import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import dev.graft.error.Reason;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads examples from JSON, value by value: an object with one of {@code text}, {@code texts}, {@code items} and
 * {@code images}. Nothing is made of what has another shape, or is deeper than these are.
 */
final class JsonBody {
    private static final int DEEPEST = 8;
    private static final String SHAPES =
            "{\"texts\": [\"…\"]}, {\"text\": \"…\"}, {\"items\": [{\"column\": \"value\"}]} or {\"images\": [\"base64\"]}";

    private final JsonParser parser;
    private final int mostExamples;

    private JsonBody(JsonParser parser, int mostExamples) {
        this.parser = parser;
        this.mostExamples = mostExamples;
    }

    /**
     * Reads examples.
     *
     * @throws Refusal if it is not JSON of this form, or holds too many
     */
    static Examples read(byte[] body, int mostExamples) {
        JsonFactory factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNumberLength(1000)
                        .build())
                .build();
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), body)) {
            return new JsonBody(parser, mostExamples).whole();
        } catch (JacksonException e) {
            throw new Refusal(
                    400,
                    Problem.of("The body is not JSON that can be read.")
                            .where("line " + e.getLocation().getLineNr() + ", column "
                                    + e.getLocation().getColumnNr())
                            .expected(SHAPES)
                            .found(Reason.of(e))
                            .fix("correct the JSON"));
        }
    }

    private Examples whole() {
        require(parser.nextToken(), JsonToken.START_OBJECT, "the body", "an object");
        JsonToken token = parser.nextToken();
        if (token != JsonToken.PROPERTY_NAME) {
            throw shape("the body", SHAPES, "an empty object");
        }
        String key = parser.currentName();
        parser.nextToken();
        Examples examples =
                switch (key) {
                    case "text" -> new Examples.Texts(List.of(string("text")));
                    case "texts" -> new Examples.Texts(strings("texts"));
                    case "images" -> pictures();
                    case "items" -> items();
                    default -> throw shape("the body", SHAPES, "the key " + Excerpt.of(key));
                };
        if (parser.nextToken() != JsonToken.END_OBJECT) {
            throw shape("the body", "one key", "the keys " + key + " and " + parser.currentName());
        }
        if (parser.nextToken() != null) {
            throw shape("the body", "one object", "something after it");
        }
        if (examples.count() == 0) {
            throw shape(key, "at least one example", "an empty list");
        }
        return examples;
    }

    private String string(String where) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw shape(where, "a string", told());
        }
        return parser.getString();
    }

    private List<String> strings(String key) {
        require(parser.currentToken(), JsonToken.START_ARRAY, key, "a list of strings");
        List<String> strings = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            requireRoom(strings.size(), mostExamples);
            strings.add(string(key + "[" + strings.size() + "]"));
        }
        return strings;
    }

    private Examples pictures() {
        List<Examples.Picture> pictures = new ArrayList<>();
        require(parser.currentToken(), JsonToken.START_ARRAY, "images", "a list of strings");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            requireRoom(pictures.size(), mostExamples);
            String where = "images[" + pictures.size() + "]";
            pictures.add(new Examples.Picture(null, base64(string(where), where)));
        }
        return new Examples.Pictures(pictures);
    }

    private Examples items() {
        require(parser.currentToken(), JsonToken.START_ARRAY, "items", "a list of objects");
        List<Map<String, Object>> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            requireRoom(items.size(), mostExamples);
            String where = "items[" + items.size() + "]";
            require(parser.currentToken(), JsonToken.START_OBJECT, where, "an object");
            Map<String, Object> item = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String column = parser.currentName();
                parser.nextToken();
                item.put(column, value(where + "." + Excerpt.of(column)));
            }
            items.add(item);
        }
        return new Examples.Items(items);
    }

    private Object value(String where) {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(where);
            case VALUE_NULL -> Examples.Missing.VALUE;
            default -> throw shape(where, "a string, a number or null", told());
        };
    }

    private double number(String where) {
        double number = parser.getDoubleValue();
        if (!Double.isFinite(number)) {
            throw shape(where, "a finite number", "one that is too large");
        }
        return number;
    }

    /**
     * The bytes that a text stands for, which may be a {@code data:} address with them in it; no address is ever opened.
     *
     * @throws Refusal if it is not Base64
     */
    static byte[] base64(String text, String where) {
        int comma = text.startsWith("data:") ? text.indexOf(";base64,") : -1;
        try {
            return Base64.getMimeDecoder()
                    .decode(requireAlphabet(comma < 0 ? text : text.substring(comma + ";base64,".length())));
        } catch (IllegalArgumentException e) {
            throw shape(where, "a picture's file in Base64", "a text that is not Base64");
        }
    }

    /** Passes over nothing but line breaks, where the decoder would pass over anything. */
    private static String requireAlphabet(String text) {
        for (int i = 0; i < text.length(); i++) {
            char sign = text.charAt(i);
            boolean known = (sign >= 'A' && sign <= 'Z')
                    || (sign >= 'a' && sign <= 'z')
                    || (sign >= '0' && sign <= '9')
                    || sign == '+'
                    || sign == '/'
                    || sign == '='
                    || sign == '\n'
                    || sign == '\r';
            if (!known) {
                throw new IllegalArgumentException("no Base64");
            }
        }
        return text;
    }

    /**
     * Refuses one example too many.
     *
     * @param before how many there are before it
     */
    static void requireRoom(int before, int mostExamples) {
        if (before >= mostExamples) {
            throw new Refusal(
                    413,
                    Problem.of("There are too many examples in one request.")
                            .expected("at most " + mostExamples)
                            .found("more")
                            .fix("send them in several requests"));
        }
    }

    private void require(JsonToken token, JsonToken wanted, String where, String expected) {
        if (token != wanted) {
            throw shape(where, expected, told());
        }
    }

    private String told() {
        JsonToken token = parser.currentToken();
        return token == null
                ? "nothing"
                : switch (token) {
                    case START_OBJECT -> "an object";
                    case START_ARRAY -> "a list";
                    case VALUE_STRING -> "a string";
                    case VALUE_NULL -> "null";
                    case VALUE_TRUE, VALUE_FALSE -> "a truth value";
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
                    default -> "something else";
                };
    }

    private static Refusal shape(String where, String expected, String found) {
        return new Refusal(
                400,
                Problem.of("The JSON has another shape than is taken.")
                        .where(where)
                        .expected(expected)
                        .found(found)
                        .fix("correct it; /openapi.json describes what is taken"));
    }
}
