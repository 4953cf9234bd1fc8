package dev.graft.reading;

import dev.graft.error.DataException;
import dev.graft.error.Problem;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A file that holds a table: CSV with any separator (RFC 4180), tab-separated lines, JSON lines or a JSON array of objects,
 * in the encoding that is given or that its first bytes name. How it is written is told by its content, and said where its
 * name says otherwise. Reading refuses a byte that has no meaning in the encoding, a row with too many or too few fields or
 * too long, a quote that is never closed, and broken JSON.
 *
 * @param path the file
 * @param charset its encoding, where its first bytes name no other
 * @param header whether its first line names the columns; if not, they are called 1, 2 and so on
 */
public record TableFile(Path path, Charset charset, boolean header) implements Table {
    /** The longest row, in characters: a thousand pages, and far below what a missing quote would swallow. */
    public static final int LONGEST_ROW = 1 << 21;

    /** A table in UTF-8 whose first line names the columns. */
    public static TableFile of(Path path) {
        return new TableFile(path, StandardCharsets.UTF_8, true);
    }

    /** Another encoding. */
    public TableFile withCharset(Charset other) {
        return new TableFile(path, other, header);
    }

    /** Without a line of column names. */
    public TableFile withoutHeader() {
        return new TableFile(path, charset, false);
    }

    @Override
    public String name() {
        return path.toString();
    }

    /** The file's name without its ending. */
    @Override
    public String title() {
        Path name = path.getFileName();
        String shown = name == null ? path.toString() : name.toString();
        int dot = shown.lastIndexOf('.');
        return dot > 0 ? shown.substring(0, dot) : shown;
    }

    /** The folder that the file lies in. */
    @Override
    public Path folder() {
        Path absolute = path.toAbsolutePath();
        Path parent = absolute.getParent();
        return parent == null ? absolute : parent;
    }

    @Override
    public String rowWord() {
        return "line";
    }

    /**
     * Looks at the beginning of the file.
     *
     * @throws DataException if it is missing, is no regular file, cannot be read, or is a known kind of file that is no table
     */
    @Override
    public TableHead head() {
        return TableLook.at(this).head();
    }

    @Override
    public RowCursor rows(int... places) {
        return FileRows.open(this, places);
    }

    DataException unreadable(Exception e) {
        return new DataException(
                Problem.of("A table cannot be read.")
                        .where(path.toAbsolutePath())
                        .expected("a CSV, TSV or JSON file")
                        .found(e)
                        .fix("check the path and its permissions"),
                e);
    }
}
