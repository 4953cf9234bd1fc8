package dev.graft.text;

import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.reading.ColumnRole;
import dev.graft.reading.Part;
import dev.graft.reading.PartColumn;
import dev.graft.reading.TableFile;
import dev.graft.reading.TableHead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of a file of texts, checked one by one. */
final class TextRows {
    private static final String FIX =
            "name the columns that hold the text and the label (TextFile.withColumns); if the first"
                    + " line is a text and no column names, say so (TextFile.withoutHeader)";

    private final TextFile file;
    private final boolean labeled;
    private final List<Row> rows = new ArrayList<>();
    // One text a class, and not one a row.
    private final Map<String, String> labels = new HashMap<>();
    private @Nullable PartColumn parts;
    private int rejected;
    private long firstRejected;

    private TextRows(TextFile file, boolean labeled) {
        this.file = file;
        this.labeled = labeled;
    }

    /**
     * One row.
     *
     * @param line where it begins, from 1
     * @param part the part of the data that it belongs to; null where the file does not come divided
     */
    record Row(
            long line, String text, String label, @Nullable Part part) {}

    List<Row> rows() {
        return rows;
    }

    int rejected() {
        return rejected;
    }

    long firstRejected() {
        return firstRejected;
    }

    /** Reads texts with their labels. */
    static TextRows read(TextFile file) {
        return read(file, true);
    }

    /** Reads the texts alone, empty ones too; their labels are empty. */
    static TextRows readUnlabeled(TextFile file) {
        return read(file, false);
    }

    private static TextRows read(TextFile file, boolean labeled) {
        TextRows rows = new TextRows(file, labeled);
        new TableFile(file.path(), file.charset(), file.header()).read(rows::choose, rows::take);
        return rows;
    }

    private int[] choose(TableHead head) {
        int text = place(head, file.textColumn(), ColumnRole.TEXT, 1);
        if (!labeled) {
            return new int[] {text};
        }
        int label = place(head, file.labelColumn(), ColumnRole.LABEL, 2);
        parts = file.header() ? PartColumn.of(head) : null;
        return parts == null ? new int[] {text, label} : new int[] {text, label, parts.place()};
    }

    /** Without a line of names, texts come first and labels second. */
    private int place(TableHead head, @Nullable String column, ColumnRole role, int number) {
        if (column != null) {
            return head.place(column, FIX);
        }
        return file.header() || head.form().json() ? role.require(head, FIX) : head.place(String.valueOf(number), FIX);
    }

    private void take(long number, List<String> fields) {
        String content = fields.get(0);
        if (!labeled) {
            rows.add(new Row(number, content, "", null));
            return;
        }
        String stripped = fields.get(1).strip();
        if (stripped.indexOf('\n') >= 0) {
            throw new DataException(Problem.of("A label in a file of texts goes over several lines.")
                    .where(file.path() + ", line " + number)
                    .expected("a label in one line")
                    .with("likely", "a quote that is opened and never closed")
                    .fix("close the quote"));
        }
        if (content.isBlank() || stripped.isEmpty()) {
            firstRejected = rejected == 0 ? number : firstRejected;
            rejected++;
            return;
        }
        Part part = parts == null ? null : parts.part(number, fields.get(2));
        rows.add(new Row(number, content, labels.computeIfAbsent(stripped, same -> same), part));
    }
}
