package dev.graft.reading;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives the rows of a table one after the other. For one thread; closed by whoever opened it. */
public interface RowCursor extends AutoCloseable {
    /**
     * A row.
     *
     * @param number which row it is; of a file the line where it begins, from 1
     * @param fields of the wanted columns, in the order in which they were asked for; empty where there is none
     */
    record Row(long number, List<String> fields) {}

    /**
     * The next row, or null after the last.
     *
     * @throws dev.graft.error.DataException if the row is broken, or the source can no longer be read
     */
    @Nullable
    Row next();

    @Override
    void close();
}
