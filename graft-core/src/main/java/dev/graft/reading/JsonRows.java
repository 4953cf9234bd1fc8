package dev.graft.reading;

import dev.graft.error.DataException;
import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import dev.graft.reading.RowCursor.Row;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rows that are JSON objects. */
abstract sealed class JsonRows implements FileRows.Source {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Reads one object after the other, and leaves what follows to the next. */
    private static final JsonMapper ELEMENTS = JSON.rebuild()
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final TableFile file;
    private final List<String> keys = new ArrayList<>();

    private JsonRows(TableFile file, TableHead head, int[] places) {
        this.file = file;
        for (int place : places) {
            keys.add(head.columns().get(place));
        }
    }

    /** An object in each line. */
    static JsonRows lines(TableFile file, TableHead head, int[] places, Reader reader) {
        return new Lines(file, head, places, reader);
    }

    /** The objects of an array, one after the other. */
    static JsonRows array(TableFile file, TableHead head, int[] places, Reader reader) {
        return new Elements(file, head, places, reader);
    }

    private static final class Lines extends JsonRows {
        private final LineReader lines;

        Lines(TableFile file, TableHead head, int[] places, Reader reader) {
            super(file, head, places);
            lines = new LineReader(file, reader);
        }

        @Override
        public @Nullable Row next() throws IOException {
            String line = lines.next();
            if (line == null) {
                return null;
            }
            try {
                return row(lines.number(), JSON.readTree(line), line);
            } catch (JacksonException e) {
                throw broken(lines.number(), "a JSON object", Excerpt.of(e.getOriginalMessage()));
            }
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    private static final class Elements extends JsonRows {
        private final Reader reader;
        private @Nullable JsonParser parser;

        Elements(TableFile file, TableHead head, int[] places, Reader reader) {
            super(file, head, places);
            this.reader = reader;
        }

        @Override
        public @Nullable Row next() {
            try {
                JsonParser open = parser;
                if (open == null) {
                    open = ELEMENTS.createParser(reader);
                    parser = open;
                    open.nextToken();
                }
                JsonToken token = open.nextToken();
                if (token == JsonToken.END_ARRAY) {
                    return null;
                }
                long line = Math.max(1, open.currentTokenLocation().getLineNr());
                if (token == null) {
                    throw broken(line, "']' at the end of the array", "the end of the file");
                }
                JsonNode object = ELEMENTS.readTree(open);
                return row(line, object, object.toString());
            } catch (JacksonException e) {
                long line = e.getLocation() == null
                        ? 1
                        : Math.max(1, e.getLocation().getLineNr());
                throw broken(line, "a JSON array of objects", Excerpt.of(e.getOriginalMessage()));
            }
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }

    /** The wanted values of an object. */
    Row row(long number, JsonNode object, String text) {
        if (!object.isObject()) {
            throw broken(number, "a JSON object", Excerpt.of(text));
        }
        List<String> fields = new ArrayList<>(keys.size());
        for (String key : keys) {
            fields.add(value(number, object, key));
        }
        return new Row(number, fields);
    }

    private String value(long number, JsonNode object, String key) {
        JsonNode value = object.get(key);
        if (value == null) {
            throw new DataException(Problem.of("An object in a table lacks the key '" + Excerpt.of(key) + "'.")
                    .where(file.where(number))
                    .expected("the keys that the objects before have")
                    .found(Excerpt.list(List.copyOf(object.propertyNames())))
                    .fix("add the key, or take the object out"));
        }
        if (value.isNull()) {
            return "";
        }
        if (!value.isValueNode()) {
            throw broken(
                    number, "a text as " + Excerpt.of(key), value.getNodeType().toString());
        }
        String text = value.asString();
        if (text.length() > TableFile.LONGEST_ROW) {
            throw broken(number, "at most " + TableFile.LONGEST_ROW + " characters", text.length() + " characters");
        }
        return text;
    }

    DataException broken(long number, String expected, @Nullable String found) {
        return new DataException(Problem.of("A row in a table cannot be read.")
                .where(file.where(number))
                .expected(expected)
                .found(found)
                .fix("mend the row, or take it out"));
    }

    /** The first objects of a text, put into a list as far as they are whole. */
    static void sample(TableForm form, String text, boolean whole, int most, List<JsonNode> objects) {
        if (form == TableForm.JSON_LINES) {
            List<String> lines =
                    text.lines().filter(line -> !line.isBlank()).limit(most).toList();
            for (int i = 0; i < lines.size() - (whole || lines.size() == most ? 0 : 1); i++) {
                JsonNode object = JSON.readTree(lines.get(i));
                if (object.isObject()) {
                    objects.add(object);
                }
            }
            return;
        }
        try (JsonParser parser = ELEMENTS.createParser(text)) {
            parser.nextToken();
            while (objects.size() < most && parser.nextToken() == JsonToken.START_OBJECT) {
                objects.add(ELEMENTS.readTree(parser));
            }
        }
    }

    /** Whether a line is a whole JSON object. */
    static boolean isObject(String line) {
        try {
            return JSON.readTree(line).isObject();
        } catch (JacksonException e) {
            return false;
        }
    }
}
