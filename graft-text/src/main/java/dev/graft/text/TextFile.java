package dev.graft.text;

import dev.graft.data.LabeledTexts;
import dev.graft.error.DataException;
import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import dev.graft.reading.Part;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of labelled texts: CSV with any separator (RFC 4180), tab-separated lines, one JSON object a line, or a JSON array
 * of objects; which of these, its content says. Labels are text, also where they look like numbers, and classes are taken in
 * the order of text. Rows whose text or label is empty are left out and counted. A column {@code split} divides the texts.
 *
 * @param path the file
 * @param textColumn the column, or the JSON key, of the text; null for the one with a usual name, such as {@code text}
 * @param labelColumn the column, or the JSON key, of the label; null for the one with a usual name, such as {@code label}
 * @param header whether the first line names the columns; if not, they are called 1, 2 and so on, texts first
 * @param charset its encoding, where its first bytes name no other
 */
public record TextFile(
        Path path, @Nullable String textColumn, @Nullable String labelColumn, boolean header, Charset charset) {
    private static final Logger LOG = LoggerFactory.getLogger(TextFile.class);

    /** A file in UTF-8 whose first line names columns as people usually call them. */
    public static TextFile of(Path path) {
        return new TextFile(path, null, null, true, StandardCharsets.UTF_8);
    }

    /** Other columns; null for those with usual names. */
    public TextFile withColumns(@Nullable String text, @Nullable String label) {
        return new TextFile(path, text, label, header, charset);
    }

    /** Without a line of column names: the text is in column 1, its label in column 2, where no others are named. */
    public TextFile withoutHeader() {
        return new TextFile(path, textColumn, labelColumn, false, charset);
    }

    /** Another encoding. */
    public TextFile withCharset(Charset other) {
        return new TextFile(path, textColumn, labelColumn, header, other);
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
            return warningsOf(rejected, firstRejected);
        }
    }

    /**
     * What was read of a file that may come divided.
     *
     * @param train the texts to learn from; all there are, if no column divides them
     * @param validation the texts to choose by; null if there are none of their own
     * @param test the texts to judge by; null if there are none of their own
     * @param rejected how many rows lack a text or a label
     * @param firstRejected the line of the first of them, 0 if there is none
     */
    public record Divided(
            LabeledTexts train,
            @Nullable LabeledTexts validation,
            @Nullable LabeledTexts test,
            int rejected,
            long firstRejected) {
        /** What the user should know. */
        public List<String> warnings() {
            return warningsOf(rejected, firstRejected);
        }
    }

    private TextRows rows() {
        TextRows rows = TextRows.read(this);
        warningsOf(rows.rejected(), rows.firstRejected()).forEach(warning -> LOG.warn("{}: {}", path, warning));
        return rows;
    }

    private static List<String> warningsOf(int rejected, long firstRejected) {
        return rejected == 0
                ? List.of()
                : List.of(
                        rejected + " rows without a text or a label were left out, the first in line " + firstRejected);
    }

    /**
     * Reads all rows, whatever part they belong to; the classes are those that they name.
     *
     * @throws DataException if the file cannot be read, a column is missing or could be several, a row is broken, or there
     *     are fewer than two classes
     */
    public Read read() {
        TextRows rows = rows();
        return new Read(labeled(rows.rows(), classNames(rows.rows())), rows.rejected(), rows.firstRejected());
    }

    /**
     * Reads all rows as examples of classes that are known, such as the training file's.
     *
     * @throws DataException as {@link #read()}; also if a row names another class
     */
    public Read read(List<String> classNames) {
        TextRows rows = rows();
        return new Read(known(rows.rows(), classNames), rows.rejected(), rows.firstRejected());
    }

    /**
     * Reads all rows, divided by the column {@code split} if there is one; the classes are those of the training part.
     *
     * @throws DataException as {@link #read()}; also if another part has a class that the training part lacks
     */
    public Divided readDivided() {
        TextRows rows = rows();
        List<TextRows.Row> train = rows.rows().stream()
                .filter(row -> row.part() == null || row.part() == Part.TRAIN)
                .toList();
        List<String> classNames = classNames(train);
        return new Divided(
                labeled(train, classNames),
                part(rows, Part.VALIDATION, classNames),
                part(rows, Part.TEST, classNames),
                rows.rejected(),
                rows.firstRejected());
    }

    private @Nullable LabeledTexts part(TextRows rows, Part part, List<String> classNames) {
        List<TextRows.Row> chosen =
                rows.rows().stream().filter(row -> row.part() == part).toList();
        return chosen.isEmpty() ? null : known(chosen, classNames);
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

    private List<String> classNames(List<TextRows.Row> rows) {
        TreeSet<String> names = new TreeSet<>();
        rows.forEach(row -> names.add(row.label()));
        if (names.size() < 2) {
            throw new DataException(Problem.of("A file of texts has fewer than two classes to learn.")
                    .where(path)
                    .expected("two different labels or more")
                    .found(names.isEmpty() ? "no usable row" : "'" + Excerpt.of(names.first()) + "' alone")
                    .fix("add texts of another class; one class leaves nothing to tell apart"));
        }
        return List.copyOf(names);
    }

    private LabeledTexts known(List<TextRows.Row> rows, List<String> classNames) {
        for (TextRows.Row row : rows) {
            if (!classNames.contains(row.label())) {
                throw new DataException(Problem.of("A part of the data has a class that the training part lacks.")
                        .where(path + ", line " + row.line())
                        .expected(Excerpt.list(classNames))
                        .found(Excerpt.of(row.label()))
                        .fix("add training texts of this class, or remove its rows here"));
            }
        }
        return labeled(rows, classNames);
    }

    private LabeledTexts labeled(List<TextRows.Row> rows, List<String> classNames) {
        List<String> texts = new ArrayList<>();
        int[] labels = new int[rows.size()];
        for (int i = 0; i < labels.length; i++) {
            texts.add(rows.get(i).text());
            labels[i] = classNames.indexOf(rows.get(i).label());
        }
        Path name = path.getFileName();
        String shown = name == null ? path.toString() : name.toString();
        int dot = shown.lastIndexOf('.');
        return LabeledTexts.of(dot > 0 ? shown.substring(0, dot) : shown, classNames, texts, labels);
    }
}
