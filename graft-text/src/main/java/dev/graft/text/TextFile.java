package dev.graft.text;

import dev.graft.data.LabeledTexts;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * A file of labelled texts: CSV (RFC 4180), tab-separated lines, or one JSON object a line. Labels are text, also where
 * they look like numbers, and classes are taken in the order of text. Rows whose text or label is empty are left out and
 * counted.
 *
 * @param path the file
 * @param format how it is written
 * @param textColumn the column, or the JSON key, of the text
 * @param labelColumn the column, or the JSON key, of the label
 * @param header whether the first line names the columns; if not, they are called 1, 2 and so on
 * @param charset its encoding
 */
public record TextFile(
        Path path, Format format, String textColumn, String labelColumn, boolean header, Charset charset) {
    /** How a file is written. */
    public enum Format {
        /** Comma-separated; a field in quotes may hold commas and line ends. */
        CSV,
        /** Tab-separated; a line is a row, and quotes are ordinary characters. */
        TSV,
        /** A JSON object in each line. */
        JSON_LINES
    }

    /**
     * A file with the columns {@code text} and {@code label}, in UTF-8, whose name ends in .csv, .tsv, .jsonl or .ndjson.
     *
     * @throws DataException if its name says no format
     */
    public static TextFile of(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        Format format;
        if (name.endsWith(".csv")) {
            format = Format.CSV;
        } else if (name.endsWith(".tsv") || name.endsWith(".tab")) {
            format = Format.TSV;
        } else if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
            format = Format.JSON_LINES;
        } else {
            throw new DataException(Problem.of("The name of a file of texts does not say how it is written.")
                    .where(path)
                    .expected(".csv, .tsv or .jsonl at its end")
                    .found(path.getFileName())
                    .fix("rename it; the name is all that decides"));
        }
        return new TextFile(path, format, "text", "label", true, StandardCharsets.UTF_8);
    }

    /** The same with other columns. */
    public TextFile withColumns(String text, String label) {
        return new TextFile(path, format, text, label, header, charset);
    }

    /** The same without a line of column names: the text is in column 1, its label in column 2. */
    public TextFile withoutHeader() {
        return new TextFile(path, format, "1", "2", false, charset);
    }

    /** The same in another encoding. */
    public TextFile withCharset(Charset other) {
        return new TextFile(path, format, textColumn, labelColumn, header, other);
    }

    /**
     * What was read.
     *
     * @param texts the texts that can be used
     * @param rejected how many rows lack a text or a label
     * @param firstRejected the line of the first of them, 0 if there is none
     */
    public record Read(LabeledTexts texts, int rejected, long firstRejected) {
        /** What the user should know. */
        public List<String> warnings() {
            return rejected == 0
                    ? List.of()
                    : List.of(rejected + " rows without a text or a label were left out, the first in line "
                            + firstRejected);
        }
    }

    /**
     * Reads all rows; the classes are those that they name.
     *
     * @throws DataException if the file cannot be read, a column is missing, a row is broken, or there are fewer than two
     *     classes
     */
    public Read read() {
        TextRows rows = TextRows.read(this);
        TreeSet<String> names = new TreeSet<>();
        rows.rows().forEach(row -> names.add(row.label()));
        if (names.size() < 2) {
            throw new DataException(Problem.of("A file of texts has fewer than two classes to learn.")
                    .where(path)
                    .expected("two different labels or more")
                    .found(names.isEmpty() ? "no usable row" : "'" + names.first() + "' alone")
                    .fix("add texts of another class; one class leaves nothing to tell apart"));
        }
        return labeled(rows, List.copyOf(names));
    }

    /**
     * Reads all rows as examples of classes that are known, such as the training file's.
     *
     * @throws DataException as {@link #read()}; also if a row names another class
     */
    public Read read(List<String> classNames) {
        TextRows rows = TextRows.read(this);
        for (TextRows.Row row : rows.rows()) {
            if (!classNames.contains(row.label())) {
                throw new DataException(Problem.of("A part of the data has a class that the training part lacks.")
                        .where(path + ", line " + row.line())
                        .expected(String.join(", ", classNames))
                        .found(row.label())
                        .fix("add training texts of this class, or remove its rows here"));
            }
        }
        return labeled(rows, classNames);
    }

    /**
     * Reads the texts alone, in the file's order, empty ones too; no label is needed.
     *
     * @throws DataException if the file cannot be read, the text's column is missing, or a row is broken
     */
    public List<String> readTexts() {
        return TextRows.readUnlabeled(this).rows().stream()
                .map(TextRows.Row::text)
                .toList();
    }

    private Read labeled(TextRows rows, List<String> classNames) {
        List<String> texts = new ArrayList<>();
        int[] labels = new int[rows.rows().size()];
        for (int i = 0; i < labels.length; i++) {
            texts.add(rows.rows().get(i).text());
            labels[i] = classNames.indexOf(rows.rows().get(i).label());
        }
        Path name = path.getFileName();
        String shown = name == null ? path.toString() : name.toString();
        int dot = shown.lastIndexOf('.');
        LabeledTexts data = LabeledTexts.of(dot > 0 ? shown.substring(0, dot) : shown, classNames, texts, labels);
        return new Read(data, rows.rejected(), rows.firstRejected());
    }
}
