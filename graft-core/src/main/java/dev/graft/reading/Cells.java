package dev.graft.reading;

import dev.graft.data.ColumnKind;
import dev.graft.error.DataException;
import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the values of a table's rows, one by one. Not safe for use by several threads. */
final class Cells {
    private static final Logger LOG = LoggerFactory.getLogger(Cells.class);

    private final Table table;
    private final WrittenPaths paths;

    Cells(Table table) {
        this.table = table;
        this.paths = new WrittenPaths(table.folder());
    }

    /** A picture's path, relative to the table's folder if it was written so. */
    String path(ColumnPlan.Column column, long row, String field) {
        requireOneLine(row, field);
        if (field.isBlank()) {
            throw broken(column, row, "the path of an image file", "nothing");
        }
        return paths.read(field, where(column, row));
    }

    String text(ColumnPlan.Column column, long row, String field) {
        if (field.isBlank()) {
            throw broken(column, row, "a text", "nothing");
        }
        return field;
    }

    /** A number, NaN if it is missing. */
    double number(ColumnPlan.Column column, long row, String field) {
        String text = field.strip();
        double number = text.isEmpty() ? Double.NaN : ColumnContent.number(text);
        if (Double.isNaN(number) && !text.isEmpty()) {
            throw broken(
                    column, row, "a number such as 12.5, or nothing if it is missing", "'" + Excerpt.of(text) + "'");
        }
        return number;
    }

    /** Refuses a path or a label with a line end in it. */
    void requireOneLine(long row, String value) {
        if (value.indexOf('\n') >= 0 && value.strip().indexOf('\n') >= 0) {
            throw new DataException(Problem.of("A value in a table goes over several lines.")
                    .where(table.where(row))
                    .expected("a label or a path in one line")
                    .with("likely", "a quote that is opened and never closed")
                    .fix("close the quote"));
        }
    }

    String where(ColumnPlan.Column column, long row) {
        return table.where(row) + ", column " + Excerpt.of(column.name());
    }

    private DataException broken(ColumnPlan.Column column, long row, String expected, String found) {
        return new DataException(Problem.of("A value in a table cannot be used.")
                .where(where(column, row))
                .expected(expected)
                .found(found)
                .fix("mend the value, or take the row out"
                        + (column.kind() == ColumnKind.NUMBER
                                ? "; if the column holds no numbers, say what it holds (LabeledTable.withColumns)"
                                : "")));
    }

    /** Logs how paths were read that are not written as this system writes them. */
    void say() {
        paths.notes().forEach(note -> LOG.warn("{}: {}", table.name(), note));
    }
}
