package dev.graft.item;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.weights.InputFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a CSV file (RFC 4180), as far as they are wanted.
 *
 * @param rows the wanted columns' fields of each row, in the order asked for
 */
record CsvTable(List<Row> rows) {
    /** The longest row, in characters: a thousand pages, and far below what a missing quote would swallow. */
    private static final int LONGEST_ROW = 1 << 21;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /**
     * A row.
     *
     * @param line where it begins, from 1
     */
    record Row(long line, List<String> fields) {}

    static CsvTable read(Path file, Charset charset, List<String> columns) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(InputFiles.open(file), charset.newDecoder()))) {
            reader.mark(1);
            if (reader.read() != BYTE_ORDER_MARK) {
                reader.reset();
            }
            return parse(file, reader, columns);
        } catch (CharacterCodingException e) {
            throw wrongEncoding(file, charset);
        } catch (UncheckedIOException e) {
            throw e.getCause() instanceof CharacterCodingException ? wrongEncoding(file, charset) : unreadable(file, e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static CsvTable parse(Path file, BufferedReader reader, List<String> columns) throws IOException {
        try (CsvReader<CsvRecord> records = CsvReader.builder()
                .maxBufferSize(LONGEST_ROW)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .ofCsvRecord(reader)) {
            List<Row> rows = new ArrayList<>();
            List<String> header = List.of();
            int[] places = {};
            for (CsvRecord fields : records) {
                if (header.isEmpty()) {
                    header = fields.getFields().stream().map(String::strip).toList();
                    places = places(file, header, columns);
                    continue;
                }
                if (fields.getFieldCount() != header.size()) {
                    throw new DataException(Problem.of("A row in a file of items has another number of fields.")
                            .where(file + ", line " + fields.getStartingLineNumber())
                            .expected(header.size() + ", as in the first line")
                            .found(fields.getFieldCount())
                            .fix("put values with a comma into quotes"));
                }
                List<String> wanted = new ArrayList<>();
                for (int place : places) {
                    wanted.add(fields.getField(place));
                }
                rows.add(new Row(fields.getStartingLineNumber(), wanted));
            }
            if (header.isEmpty()) {
                places(file, header, columns);
            }
            return new CsvTable(rows);
        } catch (CsvParseException e) {
            if (e.getCause() instanceof CharacterCodingException coding) {
                throw coding;
            }
            throw new DataException(
                    Problem.of("A file of items is not CSV that can be read.")
                            .where(file)
                            .expected("rows of at most " + LONGEST_ROW + " characters, every quote closed")
                            .found(e.getMessage())
                            .fix("close the quote, or shorten the field"),
                    e);
        }
    }

    private static int[] places(Path file, List<String> header, List<String> columns) {
        for (String column : columns) {
            if (header.indexOf(column) < 0 || header.indexOf(column) != header.lastIndexOf(column)) {
                throw new DataException(Problem.of(
                                header.contains(column)
                                        ? "A file of items has the column '" + column + "' twice."
                                        : "A file of items lacks the column '" + column + "'.")
                        .where(file + ", line 1")
                        .expected(String.join(", ", columns))
                        .found(header.isEmpty() ? "an empty file" : String.join(", ", header))
                        .fix("name the columns that the first line has"));
            }
        }
        return columns.stream().mapToInt(header::indexOf).toArray();
    }

    private static DataException unreadable(Path file, Exception e) {
        return new DataException(
                Problem.of("A file of items cannot be read.")
                        .where(file.toAbsolutePath())
                        .found(e)
                        .fix("check the path and its permissions"),
                e);
    }

    private static DataException wrongEncoding(Path file, Charset charset) {
        return new DataException(Problem.of("A file of items is not text in the encoding that was said.")
                .where(file)
                .expected("text in " + charset)
                .found("a byte that has no meaning there")
                .fix("name the encoding, such as --charset GB18030, or save the file as UTF-8"));
    }
}
