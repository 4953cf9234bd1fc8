package dev.graft.reading;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.reading.RowCursor.Row;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows whose fields a character separates, each with as many of them as the first line. */
final class SeparatedRows implements FileRows.Source {
    private final TableFile file;
    private final int columns;
    private final int[] places;
    private final String fix;
    private final Raw raw;
    private final Closeable closing;
    private boolean headerPassed;

    private SeparatedRows(TableFile file, TableLook.Look look, int[] places, Raw raw, Closeable closing) {
        this.file = file;
        this.columns = look.head().columns().size();
        this.places = places.clone();
        this.fix = look.form() == TableForm.TAB_LINES
                ? "take tabs out of the texts"
                : "put values with '" + look.form().separator() + "' in them into quotes";
        this.raw = raw;
        this.closing = closing;
        this.headerPassed = !file.header();
    }

    /** All fields of the next row, or null at the end. */
    private interface Raw {
        @Nullable
        Row next() throws IOException;
    }

    /** Tab-separated lines, in which quotes are ordinary characters. */
    static SeparatedRows lines(TableFile file, TableLook.Look look, int[] places, Reader reader) {
        LineReader lines = new LineReader(file, reader);
        Raw raw = () -> {
            String line = lines.next();
            return line == null ? null : new Row(lines.number(), List.of(line.split("\t", -1)));
        };
        return new SeparatedRows(file, look, places, raw, lines);
    }

    /** CSV, whatever separates its fields. */
    static SeparatedRows records(TableFile file, TableLook.Look look, int[] places, Reader reader) {
        CsvReader<CsvRecord> csv = csv(look.form(), new BufferedReader(reader));
        CloseableIterator<CsvRecord> records = csv.iterator();
        Raw raw = () -> {
            try {
                if (!records.hasNext()) {
                    return null;
                }
                CsvRecord fields = records.next();
                return new Row(fields.getStartingLineNumber(), fields.getFields());
            } catch (CsvParseException e) {
                if (e.getCause() instanceof StrictReader.MalformedTextException malformed) {
                    throw malformed;
                }
                throw broken(file, e);
            }
        };
        return new SeparatedRows(file, look, places, raw, records);
    }

    private static DataException broken(TableFile file, CsvParseException e) {
        return new DataException(
                Problem.of("A table is not CSV that can be read.")
                        .where(file.path())
                        .expected("rows of at most " + TableFile.LONGEST_ROW + " characters, every quote closed")
                        .found(e)
                        .fix("close the quote, or shorten the field"),
                e);
    }

    private static CsvReader<CsvRecord> csv(TableForm form, Reader reader) {
        return CsvReader.builder()
                .fieldSeparator(form.separator())
                .maxBufferSize(TableFile.LONGEST_ROW)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .ofCsvRecord(reader);
    }

    @Override
    public @Nullable Row next() throws IOException {
        Row row = raw.next();
        if (row != null && !headerPassed) {
            headerPassed = true;
            row = raw.next();
        }
        if (row == null) {
            return null;
        }
        TableHead.requireWidth(file, row.number(), columns, row.fields().size(), fix);
        List<String> all = row.fields();
        List<String> wanted = new ArrayList<>(places.length);
        for (int place : places) {
            wanted.add(all.get(place));
        }
        return new Row(row.number(), wanted);
    }

    @Override
    public void close() throws IOException {
        closing.close();
    }

    /** The fields of the first rows of a text, as many as can be told. */
    static List<List<String>> sample(TableForm form, String text, int most) {
        List<List<String>> rows = new ArrayList<>();
        if (form == TableForm.TAB_LINES) {
            text.lines()
                    .filter(line -> !line.isEmpty())
                    .limit(most)
                    .forEach(line -> rows.add(List.of(line.split("\t", -1))));
            return rows;
        }
        try (CsvReader<CsvRecord> records = csv(form, new StringReader(text))) {
            for (CsvRecord fields : records) {
                rows.add(List.copyOf(fields.getFields()));
                if (rows.size() == most) {
                    break;
                }
            }
        } catch (CsvParseException e) {
            // A quote that is open at the end of what was looked at; whoever reads all of it says so if it stays open.
            return rows;
        } catch (IOException e) {
            throw new AssertionError("a text in memory can be read", e);
        }
        return rows;
    }
}
