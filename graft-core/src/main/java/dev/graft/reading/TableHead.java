package dev.graft.reading;

import dev.graft.error.DataException;
import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What the beginning of a table tells: its columns, and its first rows.
 *
 * @param table what messages call the table
 * @param where where its columns are named, for messages
 * @param named whether the columns have names; if not, they are called 1, 2 and so on
 * @param columns the columns' names; of JSON, the keys of the first objects
 * @param sample the first rows' fields, as far as a look goes; empty where there is none
 * @param notes what was guessed, in sentences
 */
public record TableHead(
        String table,
        String where,
        boolean named,
        List<String> columns,
        List<List<String>> sample,
        List<String> notes) {
    /** Copies the lists. */
    public TableHead {
        columns = List.copyOf(columns);
        sample = List.copyOf(sample);
        notes = List.copyOf(notes);
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
                .where(where)
                .expected("one column of this name")
                .found(shown())
                .fix(fix));
    }

    int[] places(Predicate<String> wanted) {
        return IntStream.range(0, columns.size())
                .filter(i -> wanted.test(columns.get(i)))
                .toArray();
    }

    /** A column's name in quotes, not more of it than can be read. */
    String quoted(int place) {
        return "'" + Excerpt.of(columns.get(place)) + "'";
    }

    /** The columns in a line, not more of them than can be read. */
    public String shown() {
        return columns.isEmpty() ? "an empty file" : Excerpt.list(columns);
    }

    /** Refuses a row that has another number of fields than there are columns. */
    static void requireWidth(Table table, long row, int columns, int fields, String fix) {
        if (fields != columns) {
            throw new DataException(Problem.of("A row in a table has another number of fields.")
                    .where(table.where(row))
                    .expected(columns + ", as in the first line")
                    .found(fields)
                    .fix(fix));
        }
    }
}
