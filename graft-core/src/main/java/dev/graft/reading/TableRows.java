package dev.graft.reading;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.graft.error.DataException;
import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import dev.graft.reading.TableFile.RowTaker;
import dev.graft.reading.TableHead.Form;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
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

/** The rows of a table, checked one by one and handed on. */
final class TableRows {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Reads one object after the other, and leaves what follows to the next. */
    private static final JsonMapper ELEMENTS = JSON.rebuild()
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final TableFile file;
    private final TableHead head;
    private final int[] places;
    private final RowTaker taker;
    private boolean headerPassed;

    TableRows(TableFile file, TableHead head, int[] places, RowTaker taker) {
        this.file = file;
        this.head = head;
        this.places = places.clone();
        this.taker = taker;
        this.headerPassed = !file.header();
    }

    void readRecords(Reader reader) throws IOException {
        try (CsvReader<CsvRecord> records = csv(head.form(), new BufferedReader(reader))) {
            for (CsvRecord fields : records) {
                addFields(fields.getStartingLineNumber(), fields.getFields());
            }
        } catch (CsvParseException e) {
            if (e.getCause() instanceof StrictReader.MalformedTextException malformed) {
                throw malformed;
            }
            throw new DataException(
                    Problem.of("A table is not CSV that can be read.")
                            .where(file.path())
                            .expected("rows of at most " + TableFile.LONGEST_ROW + " characters, every quote closed")
                            .found(e)
                            .fix("close the quote, or shorten the field"),
                    e);
        }
    }

    private static CsvReader<CsvRecord> csv(Form form, Reader reader) {
        return CsvReader.builder()
                .fieldSeparator(form.separator())
                .maxBufferSize(TableFile.LONGEST_ROW)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .ofCsvRecord(reader);
    }

    /** A line is a row; it ends with LF, CR LF, or CR alone. */
    void readLines(Reader reader) throws IOException {
        BufferedReader buffered = new BufferedReader(reader);
        StringBuilder line = new StringBuilder();
        long number = 1;
        boolean afterReturn = false;
        for (int c = buffered.read(); c >= 0; c = buffered.read()) {
            boolean secondOfTwo = afterReturn && c == '\n';
            afterReturn = c == '\r';
            if (secondOfTwo) {
                continue;
            }
            if (c == '\n' || c == '\r') {
                takeLine(number, line);
                number++;
                continue;
            }
            if (line.length() == TableFile.LONGEST_ROW) {
                throw new DataException(Problem.of("A line in a table is too long.")
                        .where(file.path() + ", line " + number)
                        .expected("at most " + TableFile.LONGEST_ROW + " characters")
                        .found("more")
                        .fix("shorten it, or check that the file has line ends"));
            }
            line.append((char) c);
        }
        takeLine(number, line);
    }

    private void takeLine(long number, StringBuilder line) {
        String whole = line.toString();
        line.setLength(0);
        if (whole.isEmpty()) {
            return;
        }
        if (head.form() == Form.TAB_LINES) {
            addFields(number, List.of(whole.split("\t", -1)));
            return;
        }
        JsonNode object;
        try {
            object = JSON.readTree(whole);
        } catch (JacksonException e) {
            throw brokenRow(number, "a JSON object", Excerpt.of(e.getOriginalMessage()));
        }
        addObject(number, object, whole);
    }

    /** The objects of an array, one after the other. */
    void readArray(Reader reader) {
        try (JsonParser parser = ELEMENTS.createParser(reader)) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken() == null) {
                    throw brokenRow(line(parser), "']' at the end of the array", "the end of the file");
                }
                long line = line(parser);
                JsonNode object = ELEMENTS.readTree(parser);
                addObject(line, object, object.toString());
            }
        } catch (JacksonException e) {
            long line =
                    e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
            throw brokenRow(line, "a JSON array of objects", Excerpt.of(e.getOriginalMessage()));
        }
    }

    private static long line(JsonParser parser) {
        return Math.max(1, parser.currentTokenLocation().getLineNr());
    }

    private void addObject(long number, JsonNode object, String text) {
        if (!object.isObject()) {
            throw brokenRow(number, "a JSON object", Excerpt.of(text));
        }
        List<String> fields = new ArrayList<>();
        for (int place : places) {
            fields.add(value(number, object, head.columns().get(place)));
        }
        taker.take(number, fields);
    }

    private String value(long number, JsonNode object, String key) {
        JsonNode value = object.get(key);
        if (value == null) {
            throw new DataException(Problem.of("An object in a table lacks the key '" + Excerpt.of(key) + "'.")
                    .where(file.path() + ", line " + number)
                    .expected("the keys that the objects before have")
                    .found(new TableHead(
                                    file.path(),
                                    head.form(),
                                    head.charset(),
                                    List.copyOf(object.propertyNames()),
                                    List.of(),
                                    List.of())
                            .shown())
                    .fix("add the key, or take the object out"));
        }
        if (value.isNull()) {
            return "";
        }
        if (!value.isValueNode()) {
            throw brokenRow(
                    number, "a text as " + Excerpt.of(key), value.getNodeType().toString());
        }
        String text = value.asString();
        if (text.length() > TableFile.LONGEST_ROW) {
            throw brokenRow(number, "at most " + TableFile.LONGEST_ROW + " characters", text.length() + " characters");
        }
        return text;
    }

    private void addFields(long number, List<String> fields) {
        if (!headerPassed) {
            headerPassed = true;
            return;
        }
        if (fields.size() != head.columns().size()) {
            throw new DataException(Problem.of("A row in a table has another number of fields.")
                    .where(file.path() + ", line " + number)
                    .expected(head.columns().size() + ", as in the first line")
                    .found(fields.size())
                    .fix(
                            head.form() == Form.TAB_LINES
                                    ? "take tabs out of the texts"
                                    : "put values with '" + head.form().separator() + "' in them into quotes"));
        }
        List<String> wanted = new ArrayList<>();
        for (int place : places) {
            wanted.add(fields.get(place));
        }
        taker.take(number, wanted);
    }

    private DataException brokenRow(long number, String expected, @Nullable String found) {
        return new DataException(Problem.of("A row in a table cannot be read.")
                .where(file.path() + ", line " + number)
                .expected(expected)
                .found(found)
                .fix("mend the row, or take it out"));
    }

    /** The fields of the first rows of a text, as many as can be told. */
    static List<List<String>> sample(Form form, String text, int most) {
        List<List<String>> rows = new ArrayList<>();
        if (form == Form.TAB_LINES) {
            text.lines()
                    .filter(line -> !line.isEmpty())
                    .limit(most)
                    .forEach(line -> rows.add(List.of(line.split("\t", -1))));
            return rows;
        }
        try (CsvReader<CsvRecord> records = csv(form, new StringReader(text))) {
            for (CsvRecord fields : records) {
                rows.add(List.copyOf(fields.getFields()));
                if (rows.size() == most) {
                    break;
                }
            }
        } catch (CsvParseException e) {
            // A quote that is open at the end of what was looked at; whoever reads all of it says so if it stays open.
            return rows;
        } catch (IOException e) {
            throw new AssertionError("a text in memory can be read", e);
        }
        return rows;
    }

    /** The first objects of a text, put into a list as far as they are whole. */
    static void sample(Form form, String text, boolean whole, int most, List<JsonNode> objects) {
        if (form == Form.JSON_LINES) {
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
