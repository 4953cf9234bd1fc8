package dev.graft.image;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.weights.InputFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a manifest, checked one by one.
 *
 * @param rows those that have a path and a label
 * @param rejected how many have not
 * @param firstRejected the line of the first of them, 0 if there is none
 */
record ManifestRows(List<Row> rows, int rejected, long firstRejected) {
    /** The longest row, in characters: far beyond any path, far below what a missing quote would swallow. */
    private static final int LONGEST_ROW = 1 << 20;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /**
     * One row.
     *
     * @param line where it begins, from 1
     */
    record Row(long line, String path, String label, ImageDataset.Part part) {}

    List<Row> of(ImageDataset.Part part) {
        return rows.stream().filter(row -> row.part() == part).toList();
    }

    static ManifestRows read(Path csv, Charset charset) {
        try (InputStream in = InputFiles.open(csv);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, charset.newDecoder()))) {
            reader.mark(1);
            if (reader.read() != BYTE_ORDER_MARK) {
                reader.reset();
            }
            return parse(csv, reader);
        } catch (CharacterCodingException e) {
            throw wrongEncoding(csv, charset);
        } catch (UncheckedIOException e) {
            throw e.getCause() instanceof CharacterCodingException ? wrongEncoding(csv, charset) : unreadable(csv, e);
        } catch (IOException e) {
            throw unreadable(csv, e);
        }
    }

    private static ManifestRows parse(Path csv, BufferedReader reader) throws IOException {
        try (CsvReader<CsvRecord> records = CsvReader.builder()
                .maxBufferSize(LONGEST_ROW)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .ofCsvRecord(reader)) {
            Iterator<CsvRecord> iterator = records.iterator();
            Columns columns = Columns.of(csv, iterator.hasNext() ? iterator.next() : null);
            List<Row> rows = new ArrayList<>();
            // One text a class, and not one a row.
            Map<String, String> labels = new HashMap<>();
            int rejected = 0;
            long firstRejected = 0;
            while (iterator.hasNext()) {
                CsvRecord fields = iterator.next();
                Row row = columns.row(csv, fields, labels);
                if (row != null) {
                    rows.add(row);
                } else {
                    firstRejected = rejected == 0 ? fields.getStartingLineNumber() : firstRejected;
                    rejected++;
                }
            }
            return new ManifestRows(rows, rejected, firstRejected);
        } catch (CsvParseException e) {
            if (e.getCause() instanceof CharacterCodingException coding) {
                throw coding;
            }
            throw new DataException(
                    Problem.of("A list of images is not a CSV file that can be read.")
                            .where(csv)
                            .expected("rows of at most " + LONGEST_ROW + " characters, every quote closed")
                            .found(e.getMessage())
                            .fix("close the quote, or shorten the field"),
                    e);
        }
    }

    /** Which column is what. */
    private record Columns(int count, int path, int label, int split) {
        static Columns of(Path csv, @Nullable CsvRecord header) {
            List<String> names = header == null
                    ? List.of()
                    : header.getFields().stream()
                            .map(name -> name.strip().toLowerCase(Locale.ROOT))
                            .toList();
            for (String needed : List.of("path", "label")) {
                if (!names.contains(needed)) {
                    throw new DataException(Problem.of("A list of images lacks the column '" + needed + "'.")
                            .where(csv + ", line 1")
                            .expected("path,label or path,label,split, among others")
                            .found(names.isEmpty() ? "an empty file" : String.join(", ", names))
                            .fix("give the columns these names in the first line"));
                }
            }
            return new Columns(names.size(), names.indexOf("path"), names.indexOf("label"), names.indexOf("split"));
        }

        @Nullable
        Row row(Path csv, CsvRecord fields, Map<String, String> labels) {
            long line = fields.getStartingLineNumber();
            if (fields.getFieldCount() != count) {
                throw new DataException(Problem.of("A row in a list of images has another number of fields.")
                        .where(csv + ", line " + line)
                        .expected(count + ", as in the first line")
                        .found(fields.getFieldCount())
                        .fix("put values with a comma into quotes"));
            }
            String name = fields.getField(path).strip();
            String labelText = fields.getField(label).strip();
            if (name.indexOf('\n') >= 0 || labelText.indexOf('\n') >= 0) {
                throw new DataException(Problem.of("A value in a list of images goes over several lines.")
                        .where(csv + ", line " + line)
                        .expected("a path and a label in one line")
                        .with("likely", "a quote that is opened and never closed")
                        .fix("close the quote"));
            }
            if (name.isEmpty() || labelText.isEmpty()) {
                return null;
            }
            String file = requirePath(csv, line, name);
            String shared = labels.computeIfAbsent(labelText, text -> text);
            return new Row(line, file, shared, part(csv, line, split < 0 ? "train" : fields.getField(split)));
        }

        private static String requirePath(Path csv, long line, String name) {
            try {
                return Path.of(name).toString();
            } catch (InvalidPathException e) {
                throw new DataException(
                        Problem.of("A list of images names an impossible path.")
                                .where(csv + ", line " + line)
                                .found(e.getMessage()),
                        e);
            }
        }

        private static ImageDataset.Part part(Path csv, long line, String name) {
            ImageDataset.Part part = ImageDataset.part(name);
            if (part == null) {
                throw new DataException(Problem.of("A list of images names a part that there is not.")
                        .where(csv + ", line " + line + ", column split")
                        .expected("train, val or test")
                        .found("'" + name + "'"));
            }
            return part;
        }
    }

    private static DataException unreadable(Path csv, Exception e) {
        return new DataException(
                Problem.of("A list of images cannot be read.")
                        .where(csv.toAbsolutePath())
                        .found(e)
                        .fix("check the path and its permissions"),
                e);
    }

    private static DataException wrongEncoding(Path csv, Charset charset) {
        return new DataException(Problem.of("A list of images is not text in the encoding that was said.")
                .where(csv + ", byte " + firstInvalid(csv, charset))
                .expected("text in " + charset)
                .found("a byte that has no meaning there")
                .fix("name the encoding, such as --charset GB18030, or save the file as UTF-8"));
    }

    /** The offset of the first byte that cannot be decoded. */
    private static long firstInvalid(Path csv, Charset charset) {
        CharsetDecoder decoder = charset.newDecoder();
        CharBuffer characters = CharBuffer.allocate(1 << 13);
        ByteBuffer bytes = ByteBuffer.allocate(1 << 13);
        long before = 0;
        try (InputStream in = InputFiles.open(csv)) {
            while (true) {
                int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
                bytes.limit(bytes.position() + Math.max(0, count)).position(0);
                characters.clear();
                CoderResult result = decoder.decode(bytes, characters, count < 0);
                if (result.isError() || count < 0) {
                    return before + bytes.position();
                }
                before += bytes.position();
                bytes.compact();
            }
        } catch (IOException e) {
            throw unreadable(csv, e);
        }
    }
}
