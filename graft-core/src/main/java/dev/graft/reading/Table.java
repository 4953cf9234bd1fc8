package dev.graft.reading;

import dev.graft.error.DataException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Rows with named columns, wherever they come from: a {@linkplain TableFile file}, or {@linkplain StreamTable whatever gives
 * rows} in Java. A new source implements the methods that have no default, and everything that reads tables can read it. The
 * rows are the same at each reading.
 */
public interface Table {
    /** What messages call the table, such as a file's path. */
    String name();

    /** A short name for the data in it, for reports; by default that of messages. */
    default String title() {
        return name();
    }

    /** The folder that the paths in the table are relative to; by default the one that the program was started in. */
    default Path folder() {
        return Path.of("").toAbsolutePath();
    }

    /** What the numbers of rows count, for messages; by default rows. */
    default String rowWord() {
        return "row";
    }

    /**
     * The table's columns and first rows.
     *
     * @throws DataException if the source cannot be read, or is no table
     */
    TableHead head();

    /**
     * Opens the rows, one by one. Whoever opens them closes them.
     *
     * @param places the columns whose fields are wanted, as places among those of the head, in the order in which they are
     *     wanted
     * @throws DataException if the source cannot be read
     */
    RowCursor rows(int... places);

    /** Where a row stands, for messages. */
    default String where(long row) {
        return name() + ", " + rowWord() + " " + row;
    }

    /** Says which columns are wanted. */
    @FunctionalInterface
    interface ColumnChooser {
        /**
         * Chooses columns.
         *
         * @return places among the columns of the head, in the order in which their fields are wanted
         * @throws DataException if the table lacks a column that is needed
         */
        int[] choose(TableHead head);
    }

    /** Takes the rows of a table, one after the other. */
    @FunctionalInterface
    interface RowTaker {
        /**
         * Takes a row.
         *
         * @param number which row it is; of a file the line where it begins, from 1
         * @param fields of the wanted columns, in the order in which they were chosen
         */
        void take(long number, List<String> fields);
    }

    /**
     * Reads all rows. What was guessed of the source is logged.
     *
     * @throws DataException if the source cannot be read, a row is broken, or the chooser or the taker refuses
     */
    default void read(ColumnChooser chooser, RowTaker taker) {
        TableHead head = head();
        head.notes().forEach(note -> LoggerFactory.getLogger(Table.class).warn("{}: {}", name(), note));
        each(chooser.choose(head), taker);
    }

    /**
     * Reads the fields of some columns of all rows.
     *
     * @param places as of {@link #rows}
     * @throws DataException if the source cannot be read, a row is broken, or the taker refuses
     */
    default void each(int[] places, RowTaker taker) {
        try (RowCursor rows = rows(places)) {
            for (RowCursor.Row row = rows.next(); row != null; row = rows.next()) {
                taker.take(row.number(), row.fields());
            }
        }
    }
}
