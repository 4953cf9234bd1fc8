package dev.graft.reading;

import dev.graft.error.DataException;
import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import dev.graft.weights.InputFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Tells from a table's first bytes how it is written and which columns it has. */
final class TableLook {
    private static final int LOOKED_AT = 1 << 16;
    private static final int SAMPLE_ROWS = 200;

    private final TableFile file;
    private final String name;
    private final List<String> notes = new ArrayList<>();

    private TableLook(TableFile file) {
        this.file = file;
        this.name = file.path().toString().toLowerCase(Locale.ROOT);
    }

    /**
     * What the first bytes tell.
     *
     * @param form how the file is written
     * @param charset the encoding that it is read in
     * @param head its columns and first rows
     */
    record Look(TableForm form, Charset charset, TableHead head) {}

    static Look at(TableFile file) {
        return new TableLook(file).look();
    }

    private Look look() {
        byte[] start;
        try (InputStream in = InputFiles.open(file.path())) {
            start = in.readNBytes(LOOKED_AT);
        } catch (IOException e) {
            throw file.unreadable(e);
        }
        ForeignFile.refuse(file.path(), start);
        Charset charset = Encoding.of(start, file.charset());
        if (!charset.equals(file.charset())) {
            notes.add("its first bytes say that it is in " + charset + ", not " + file.charset());
        }
        String text = decoded(start, charset);
        if (text.indexOf('\0') >= 0) {
            throw new DataException(Problem.of("This file is no table that can be read.")
                    .where(file.path().toAbsolutePath())
                    .expected("CSV, tab-separated lines, JSON lines or a JSON array of objects")
                    .found("bytes that are no text")
                    .fix("save the table as CSV in UTF-8"));
        }
        boolean whole = start.length < LOOKED_AT;
        if (jsonArray(text)) {
            return json(TableForm.JSON_ARRAY, charset, text, whole);
        }
        if (jsonLines(text, whole)) {
            return json(TableForm.JSON_LINES, charset, text, whole);
        }
        return separated(charset, text, whole);
    }

    private static String decoded(byte[] start, Charset charset) {
        try {
            String text = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE)
                    .decode(ByteBuffer.wrap(start))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (IOException e) {
            throw new AssertionError("nothing is reported", e);
        }
    }

    private static boolean jsonArray(String text) {
        String stripped = text.stripLeading();
        return stripped.startsWith("[") && stripped.substring(1).stripLeading().matches("(?s)[{\\]\\[].*");
    }

    private boolean jsonLines(String text, boolean whole) {
        if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
            return true;
        }
        if (!text.stripLeading().startsWith("{")) {
            return false;
        }
        String first = text.stripLeading().lines().findFirst().orElse("");
        boolean cut = !whole && first.length() == text.stripLeading().length();
        if (cut || JsonRows.isObject(first)) {
            return true;
        }
        throw new DataException(Problem.of("A JSON file is no table of examples.")
                .where(file.path().toAbsolutePath())
                .expected("an array of objects, or an object in each line, each with a text and a label")
                .found("an object that goes over several lines: " + Excerpt.of(text))
                .fix("save the list of examples inside it as a file of its own"));
    }

    private Look json(TableForm form, Charset charset, String text, boolean whole) {
        if (form == TableForm.JSON_ARRAY && !name.endsWith(".json")) {
            notes.add("it is read as a JSON array of objects");
        } else if (form == TableForm.JSON_LINES && !name.endsWith(".jsonl") && !name.endsWith(".ndjson")) {
            notes.add("it is read as a JSON object in each line");
        }
        List<JsonNode> objects = new ArrayList<>();
        String broken = "";
        try {
            JsonRows.sample(form, text, whole, SAMPLE_ROWS, objects);
        } catch (JacksonException e) {
            // Where it is broken after its first object, says whoever reads all of it.
            broken = Excerpt.of(e.getOriginalMessage()) + ": ";
        }
        if (objects.isEmpty() && !text.isBlank()) {
            throw new DataException(Problem.of("A table in JSON does not begin with an object.")
                    .where(file.path() + ", line 1")
                    .expected(form == TableForm.JSON_ARRAY ? "a JSON array of objects" : "a JSON object in each line")
                    .found(broken + Excerpt.of(text))
                    .fix("write each example as an object with a text and a label"));
        }
        Set<String> keys = new LinkedHashSet<>();
        objects.forEach(object -> keys.addAll(object.propertyNames()));
        List<String> columns = List.copyOf(keys);
        List<List<String>> sample = objects.stream()
                .map(object -> columns.stream()
                        .map(key -> object.path(key).isValueNode()
                                ? object.path(key).asString("")
                                : "")
                        .toList())
                .toList();
        return look(form, charset, columns, sample);
    }

    private Look separated(Charset charset, String text, boolean whole) {
        TableForm expected = name.endsWith(".tsv") || name.endsWith(".tab") ? TableForm.TAB_LINES : TableForm.COMMA;
        List<List<String>> rows = rows(expected, text, whole);
        TableForm form = expected;
        if (!even(rows)) {
            for (TableForm other : List.of(TableForm.COMMA, TableForm.TAB, TableForm.SEMICOLON, TableForm.BAR)) {
                List<List<String>> tried =
                        other.separator() == expected.separator() ? List.of() : rows(other, text, whole);
                if (even(tried) || (width(rows) < 2 && width(tried) > 1)) {
                    rows = tried;
                    form = other;
                    break;
                }
            }
        }
        if (form != expected) {
            notes.add("its columns are separated by "
                    + (form.separator() == '\t' ? "tabs" : "'" + form.separator() + "'"));
        }
        if (rows.isEmpty()) {
            return look(form, charset, List.of(), List.of());
        }
        List<String> first = rows.get(0);
        List<String> columns = file.header()
                ? first.stream().map(String::strip).toList()
                : IntStream.rangeClosed(1, first.size())
                        .mapToObj(String::valueOf)
                        .toList();
        List<List<String>> sample = file.header() ? rows.subList(1, rows.size()) : rows;
        return look(form, charset, columns, sample);
    }

    private Look look(TableForm form, Charset charset, List<String> columns, List<List<String>> sample) {
        boolean named = file.header() || form.json();
        return new Look(form, charset, new TableHead(file.name(), file.where(1), named, columns, sample, notes));
    }

    private static List<List<String>> rows(TableForm form, String text, boolean whole) {
        List<List<String>> rows = SeparatedRows.sample(form, text, SAMPLE_ROWS + 1);
        // What was cut off in the middle tells nothing of a row's fields.
        return !whole && rows.size() > 1 && rows.size() <= SAMPLE_ROWS ? rows.subList(0, rows.size() - 1) : rows;
    }

    private static int width(List<List<String>> rows) {
        return rows.isEmpty() ? 0 : rows.get(0).size();
    }

    /** Whether rows have columns, and all have as many. */
    private static boolean even(List<List<String>> rows) {
        return width(rows) > 1
                && Collections.frequency(rows.stream().map(List::size).toList(), width(rows)) == rows.size();
    }
}
