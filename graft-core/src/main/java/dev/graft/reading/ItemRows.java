package dev.graft.reading;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a table of items, as far as they are wanted. */
final class ItemRows {
    private static final String FIX = "name the columns that the first line has";

    private ItemRows() {}

    /**
     * A row.
     *
     * @param line where it begins, from 1
     * @param fields of the item's columns in their order, and after them the label, if labels are read
     * @param part the part of the data that it belongs to; null where the table does not come divided
     */
    record Row(long line, List<String> fields, @Nullable Part part) {}

    /** Chooses columns, and takes the rows. */
    private static final class Reading {
        private final ItemFile file;
        private final boolean labeled;
        private final List<Row> rows = new ArrayList<>();
        private @Nullable PartColumn parts;

        Reading(ItemFile file, boolean labeled) {
            this.file = file;
            this.labeled = labeled;
        }

        int[] choose(TableHead head) {
            List<Integer> places = new ArrayList<>();
            file.columns().all().forEach(column -> places.add(head.place(column, FIX)));
            if (labeled) {
                places.add(
                        file.labelColumn().equals(ColumnRole.LABEL.usualName())
                                ? ColumnRole.LABEL.require(head, FIX)
                                : head.place(file.labelColumn(), FIX));
                PartColumn found = PartColumn.of(head);
                // A column that is part of the items says nothing of their division.
                parts = found == null || places.contains(found.place()) ? null : found;
                if (parts != null) {
                    places.add(parts.place());
                }
            }
            return places.stream().mapToInt(Integer::intValue).toArray();
        }

        void take(long line, List<String> fields) {
            int last = fields.size() - 1;
            rows.add(
                    parts == null
                            ? new Row(line, fields, null)
                            : new Row(line, fields.subList(0, last), parts.part(line, fields.get(last))));
        }
    }

    static List<Row> read(ItemFile file, boolean labeled) {
        Reading reading = new Reading(file, labeled);
        TableFile.of(file.path()).withCharset(file.charset()).read(reading::choose, reading::take);
        return reading.rows;
    }
}
