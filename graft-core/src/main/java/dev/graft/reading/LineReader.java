package dev.graft.reading;

import dev.graft.error.DataException;
import dev.graft.error.Problem;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** Reads lines of bounded length, which end with LF, CR LF, or CR alone; empty ones are passed over, and counted. */
final class LineReader implements Closeable {
    private final TableFile file;
    private final BufferedReader reader;
    private final StringBuilder line = new StringBuilder();
    private long begun;
    private boolean afterReturn;

    LineReader(TableFile file, Reader reader) {
        this.file = file;
        this.reader = new BufferedReader(reader);
    }

    /** The number of the last line that was read, from 1. */
    long number() {
        return begun;
    }

    /** The next line that is not empty, or null at the end. */
    @Nullable
    String next() throws IOException {
        line.setLength(0);
        begun++;
        for (int c = reader.read(); c >= 0; c = reader.read()) {
            boolean secondOfTwo = afterReturn && c == '\n';
            afterReturn = c == '\r';
            if (secondOfTwo) {
                continue;
            }
            if (c == '\n' || c == '\r') {
                if (line.length() > 0) {
                    return line.toString();
                }
                begun++;
                continue;
            }
            if (line.length() == TableFile.LONGEST_ROW) {
                throw new DataException(Problem.of("A line in a table is too long.")
                        .where(file.where(begun))
                        .expected("at most " + TableFile.LONGEST_ROW + " characters")
                        .found("more")
                        .fix("shorten it, or check that the file has line ends"));
            }
            line.append((char) c);
        }
        return line.length() > 0 ? line.toString() : null;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
