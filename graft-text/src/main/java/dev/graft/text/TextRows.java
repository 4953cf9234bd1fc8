package dev.graft.text;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.weights.InputFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rows of a file of texts, checked one by one. */
final class TextRows {
    /** The longest row, in characters: a thousand pages, and far below what a missing quote would swallow. */
    static final int LONGEST_ROW = 1 << 21;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final TextFile file;
    private final boolean labeled;
    private final List<Row> rows = new ArrayList<>();
    // One text a class, and not one a row.
    private final Map<String, String> labels = new HashMap<>();
    private int rejected;
    private long firstRejected;
    private int columns;
    private int text;
    private int label;

    private TextRows(TextFile file, boolean labeled) {
        this.file = file;
        this.labeled = labeled;
    }

    /**
     * One row.
     *
     * @param line where it begins, from 1
     */
    record Row(long line, String text, String label) {}

    List<Row> rows() {
        return rows;
    }

    int rejected() {
        return rejected;
    }

    long firstRejected() {
        return firstRejected;
    }

    /** Reads texts with their labels. */
    static TextRows read(TextFile file) {
        return read(file, true);
    }

    /** Reads the texts alone, empty ones too; their labels are empty. */
    static TextRows readUnlabeled(TextFile file) {
        return read(file, false);
    }

    private static TextRows read(TextFile file, boolean labeled) {
        TextRows rows = new TextRows(file, labeled);
        try (Reader reader = new StrictReader(InputFiles.open(file.path()), file.charset())) {
            switch (file.format()) {
                case CSV -> rows.readCsv(reader);
                case TSV -> rows.readLines(reader, rows::addTabbed);
                case JSON_LINES -> rows.readLines(reader, rows::addJson);
            }
            return rows;
        } catch (StrictReader.MalformedTextException e) {
            throw rows.wrongEncoding(e);
        } catch (UncheckedIOException e) {
            throw e.getCause() instanceof StrictReader.MalformedTextException malformed
                    ? rows.wrongEncoding(malformed)
                    : rows.unreadable(e);
        } catch (IOException e) {
            throw rows.unreadable(e);
        }
    }

    private void readCsv(Reader reader) throws IOException {
        try (CsvReader<CsvRecord> records = CsvReader.builder()
                .maxBufferSize(LONGEST_ROW)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .ofCsvRecord(reader)) {
            for (CsvRecord fields : records) {
                addFields(fields.getStartingLineNumber(), fields.getFields());
            }
            requireHeader();
        } catch (CsvParseException e) {
            if (e.getCause() instanceof StrictReader.MalformedTextException malformed) {
                throw malformed;
            }
            throw new DataException(
                    Problem.of("A file of texts is not CSV that can be read.")
                            .where(file.path())
                            .expected("rows of at most " + LONGEST_ROW + " characters, every quote closed")
                            .found(e.getMessage())
                            .fix("close the quote, or shorten the field"),
                    e);
        }
    }

    /** Takes a line. */
    private interface LineReader {
        void take(long number, String line);
    }

    private void readLines(Reader reader, LineReader taker) throws IOException {
        BufferedReader buffered = new BufferedReader(reader);
        StringBuilder line = new StringBuilder();
        long number = 1;
        for (int c = buffered.read(); c >= 0; c = buffered.read()) {
            if (c != '\n') {
                if (line.length() == LONGEST_ROW) {
                    throw new DataException(Problem.of("A line in a file of texts is too long.")
                            .where(file.path() + ", line " + number)
                            .expected("at most " + LONGEST_ROW + " characters")
                            .found("more")
                            .fix("shorten it, or check that the file has line ends"));
                }
                line.append((char) c);
                continue;
            }
            take(taker, number, line);
            number++;
        }
        take(taker, number, line);
        requireHeader();
    }

    private static void take(LineReader taker, long number, StringBuilder line) {
        int end = line.length() - (line.length() > 0 && line.charAt(line.length() - 1) == '\r' ? 1 : 0);
        String whole = line.substring(0, end);
        line.setLength(0);
        if (!whole.isEmpty()) {
            taker.take(number, whole);
        }
    }

    private void addTabbed(long number, String line) {
        addFields(number, List.of(line.split("\t", -1)));
    }

    private void addJson(long number, String line) {
        try {
            JsonNode object = JSON.readTree(line);
            if (!object.isObject()) {
                throw brokenRow(number, "a JSON object", line.substring(0, Math.min(40, line.length())));
            }
            for (String key : needed()) {
                if (!object.has(key)) {
                    throw missing(number, key, List.copyOf(object.propertyNames()));
                }
            }
            add(
                    number,
                    value(number, object, file.textColumn()),
                    labeled ? value(number, object, file.labelColumn()) : "");
        } catch (JacksonException e) {
            throw brokenRow(number, "a JSON object", String.valueOf(e.getOriginalMessage()));
        }
    }

    private String value(long number, JsonNode object, String key) {
        JsonNode value = object.path(key);
        if (value.isNull()) {
            return "";
        }
        if (!value.isValueNode()) {
            throw brokenRow(number, "a text as " + key, value.getNodeType().toString());
        }
        return value.asString();
    }

    private void addFields(long number, List<String> fields) {
        if (columns == 0) {
            columns = fields.size();
            locate(number, fields);
            if (file.header()) {
                return;
            }
        }
        if (fields.size() != columns) {
            throw new DataException(Problem.of("A row in a file of texts has another number of fields.")
                    .where(file.path() + ", line " + number)
                    .expected(columns + ", as in the first line")
                    .found(fields.size())
                    .fix(
                            file.format() == TextFile.Format.CSV
                                    ? "put texts with a comma into quotes"
                                    : "take tabs out of the texts"));
        }
        add(number, fields.get(text), labeled ? fields.get(label) : "");
    }

    private void locate(long number, List<String> first) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            names.add(file.header() ? first.get(i).strip() : String.valueOf(i + 1));
        }
        text = names.indexOf(file.textColumn());
        label = names.indexOf(file.labelColumn());
        if (text < 0 || (labeled && label < 0)) {
            throw missing(number, text < 0 ? file.textColumn() : file.labelColumn(), names);
        }
    }

    private void requireHeader() {
        if (file.format() != TextFile.Format.JSON_LINES && columns == 0) {
            throw missing(1, file.textColumn(), List.of());
        }
    }

    private void add(long number, String content, String name) {
        if (!labeled) {
            rows.add(new Row(number, content, ""));
            return;
        }
        String stripped = name.strip();
        if (stripped.indexOf('\n') >= 0) {
            throw new DataException(Problem.of("A label in a file of texts goes over several lines.")
                    .where(file.path() + ", line " + number)
                    .expected("a label in one line")
                    .with("likely", "a quote that is opened and never closed")
                    .fix("close the quote"));
        }
        if (content.isBlank() || stripped.isEmpty()) {
            firstRejected = rejected == 0 ? number : firstRejected;
            rejected++;
            return;
        }
        rows.add(new Row(number, content, labels.computeIfAbsent(stripped, same -> same)));
    }

    private DataException missing(long number, String column, List<String> found) {
        return new DataException(Problem.of("A file of texts lacks the column '" + column + "'.")
                .where(file.path() + ", line " + number)
                .expected(String.join(" and ", needed()) + ", among others")
                .found(found.isEmpty() ? "an empty file" : String.join(", ", found))
                .fix("name the columns that hold the text and the label: --text-column, --label-column; --no-header if"
                        + " the first line is a text"));
    }

    private List<String> needed() {
        return labeled ? List.of(file.textColumn(), file.labelColumn()) : List.of(file.textColumn());
    }

    private DataException brokenRow(long number, String expected, @Nullable String found) {
        return new DataException(Problem.of("A line in a file of texts cannot be read.")
                .where(file.path() + ", line " + number)
                .expected(expected)
                .found(found)
                .fix("mend the line, or take it out"));
    }

    private DataException unreadable(Exception e) {
        return new DataException(
                Problem.of("A file of texts cannot be read.")
                        .where(file.path().toAbsolutePath())
                        .found(e)
                        .fix("check the path and its permissions"),
                e);
    }

    private DataException wrongEncoding(StrictReader.MalformedTextException e) {
        return new DataException(
                Problem.of("A file of texts is not in the encoding that was said.")
                        .where(file.path() + ", byte " + e.offset())
                        .expected("text in " + file.charset())
                        .found("a byte that has no meaning there")
                        .fix("name the encoding, such as --charset GB18030, or save the file as UTF-8"),
                e);
    }
}
