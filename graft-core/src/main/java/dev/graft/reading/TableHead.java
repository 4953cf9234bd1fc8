package dev.graft.reading;

import dev.graft.error.DataException;
import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What the beginning of a table tells: how it is written, its columns, and its first rows.
 *
 * @param file the table's file
 * @param form how it is written
 * @param charset the encoding that it is read in
 * @param columns the columns' names, or 1, 2 and so on without a line of names; of JSON, the keys of the first objects
 * @param sample the first rows' fields, as far as a look goes; of JSON empty where an object lacks a key
 * @param notes what was guessed, in sentences
 */
public record TableHead(
        Path file, Form form, Charset charset, List<String> columns, List<List<String>> sample, List<String> notes) {
    /** Copies the lists. */
    public TableHead {
        columns = List.copyOf(columns);
        sample = List.copyOf(sample);
        notes = List.copyOf(notes);
    }

    /** How a table is written. */
    public enum Form {
        /** Comma-separated. */
        COMMA(','),
        /** Semicolon-separated, as spreadsheets write it where the comma is for decimals. */
        SEMICOLON(';'),
        /** Tab-separated, with quotes as in CSV. */
        TAB('\t'),
        /** Separated by vertical bars. */
        BAR('|'),
        /** Tab-separated lines, in which quotes are ordinary characters. */
        TAB_LINES('\t'),
        /** A JSON object in each line. */
        JSON_LINES(' '),
        /** A JSON array of objects. */
        JSON_ARRAY(' ');

        private final char separator;

        Form(char separator) {
            this.separator = separator;
        }

        char separator() {
            return separator;
        }

        /** Whether rows are JSON objects. */
        public boolean json() {
            return this == JSON_LINES || this == JSON_ARRAY;
        }
    }

    /**
     * The place of the column of a name: exactly that name, or the only one that differs in case alone.
     *
     * @param fix what the reader may do if there is none
     * @throws DataException if there is none, or it is there twice; the message lists the columns
     */
    public int place(String name, String fix) {
        int[] exact = places(column -> column.equals(name));
        int[] found = exact.length > 0 ? exact : places(column -> column.equalsIgnoreCase(name.strip()));
        if (found.length == 1) {
            return found[0];
        }
        throw new DataException(Problem.of(
                        found.length == 0
                                ? "A table lacks the column '" + Excerpt.of(name) + "'."
                                : "A table has the column '" + Excerpt.of(name) + "' twice.")
                .where(firstLine())
                .expected("one column of this name")
                .found(shown())
                .fix(fix));
    }

    int[] places(Predicate<String> wanted) {
        return IntStream.range(0, columns.size())
                .filter(i -> wanted.test(columns.get(i)))
                .toArray();
    }

    /** Where the columns are named, for messages. */
    public String firstLine() {
        return file + ", line 1";
    }

    /** The columns in a line, not more of them than can be read. */
    public String shown() {
        return columns.isEmpty() ? "an empty file" : Excerpt.list(columns);
    }
}
