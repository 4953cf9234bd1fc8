package dev.graft.reading;

import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.weights.InputFiles;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** The rows of a file, whatever its form; what the reading of text and files throws becomes a problem of the file. */
final class FileRows implements RowCursor {
    private final TableFile file;
    private final Charset charset;
    private final Source source;

    private FileRows(TableFile file, Charset charset, Source source) {
        this.file = file;
        this.charset = charset;
        this.source = source;
    }

    /** Rows in one form. */
    interface Source extends Closeable {
        /** The next row's wanted fields, or null after the last. */
        @Nullable
        Row next() throws IOException;
    }

    static FileRows open(TableFile file, int[] places) {
        TableLook.Look look = TableLook.at(file);
        try {
            Reader reader = new StrictReader(InputFiles.open(file.path()), look.charset());
            return new FileRows(
                    file,
                    look.charset(),
                    switch (look.form()) {
                        case TAB_LINES -> SeparatedRows.lines(file, look, places, reader);
                        case JSON_LINES -> JsonRows.lines(file, look.head(), places, reader);
                        case JSON_ARRAY -> JsonRows.array(file, look.head(), places, reader);
                        default -> SeparatedRows.records(file, look, places, reader);
                    });
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }

    @Override
    public @Nullable Row next() {
        try {
            return source.next();
        } catch (StrictReader.MalformedTextException e) {
            throw wrongEncoding(e);
        } catch (UncheckedIOException e) {
            throw e.getCause() instanceof StrictReader.MalformedTextException malformed
                    ? wrongEncoding(malformed)
                    : file.unreadable(e);
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }

    @Override
    public void close() {
        try {
            source.close();
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }

    private DataException wrongEncoding(StrictReader.MalformedTextException e) {
        return new DataException(
                Problem.of("A table is not in the encoding that was said.")
                        .where(file.path() + ", byte " + e.offset())
                        .expected("text in " + charset)
                        .found("a byte that has no meaning there")
                        .fix("give its encoding, a Charset such as GB18030 or windows-1252, or save the file as UTF-8"),
                e);
    }
}
