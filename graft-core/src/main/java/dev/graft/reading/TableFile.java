package dev.graft.reading;

import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.weights.InputFiles;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that holds a table: CSV with any separator (RFC 4180), tab-separated lines, JSON lines or a JSON array of objects,
 * in the encoding that is given or that its first bytes name. How it is written is told by its content, and said where its
 * name says otherwise.
 *
 * @param path the file
 * @param charset its encoding, where its first bytes name no other
 * @param header whether its first line names the columns; if not, they are called 1, 2 and so on
 */
public record TableFile(Path path, Charset charset, boolean header) {
    /** The longest row, in characters: a thousand pages, and far below what a missing quote would swallow. */
    public static final int LONGEST_ROW = 1 << 21;

    private static final Logger LOG = LoggerFactory.getLogger(TableFile.class);

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

    /** Says which columns are wanted. */
    @FunctionalInterface
    public interface ColumnChooser {
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
    public interface RowTaker {
        /**
         * Takes a row.
         *
         * @param line where it begins, from 1
         * @param fields of the wanted columns, in the order in which they were chosen
         */
        void take(long line, List<String> fields);
    }

    /**
     * Looks at the beginning of the file.
     *
     * @throws DataException if it is missing, is no regular file, cannot be read, or is a known kind of file that is no table
     */
    public TableHead head() {
        return TableLook.at(this);
    }

    /**
     * Reads all rows. What was guessed of the file is logged.
     *
     * @throws DataException as {@link #head}; also if a byte has no meaning in its encoding, a row has too many or too few
     *     fields or is too long, a quote is never closed, JSON is broken, or the chooser or the taker refuses
     */
    public void read(ColumnChooser chooser, RowTaker taker) {
        TableHead head = head();
        head.notes().forEach(note -> LOG.warn("{}: {}", path, note));
        int[] places = chooser.choose(head);
        try (Reader reader = new StrictReader(InputFiles.open(path), head.charset())) {
            TableRows rows = new TableRows(this, head, places, taker);
            switch (head.form()) {
                case TAB_LINES, JSON_LINES -> rows.readLines(reader);
                case JSON_ARRAY -> rows.readArray(reader);
                default -> rows.readRecords(reader);
            }
        } catch (StrictReader.MalformedTextException e) {
            throw wrongEncoding(e, head.charset());
        } catch (UncheckedIOException e) {
            throw e.getCause() instanceof StrictReader.MalformedTextException malformed
                    ? wrongEncoding(malformed, head.charset())
                    : unreadable(e);
        } catch (IOException e) {
            throw unreadable(e);
        }
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

    private DataException wrongEncoding(StrictReader.MalformedTextException e, Charset tried) {
        return new DataException(
                Problem.of("A table is not in the encoding that was said.")
                        .where(path + ", byte " + e.offset())
                        .expected("text in " + tried)
                        .found("a byte that has no meaning there")
                        .fix("give its encoding, a Charset such as GB18030 or windows-1252, or save the file as UTF-8"),
                e);
    }
}
