package dev.graft.item;

import dev.graft.reading.ColumnRole;
import dev.graft.reading.TableFile;
import dev.graft.reading.TableHead;
import java.util.ArrayList;
import java.util.List;

/** The rows of a table of items, as far as they are wanted. */
final class ItemRows {
    private static final String FIX = "name the columns that the first line has";

    private ItemRows() {}

    /**
     * A row.
     *
     * @param line where it begins, from 1
     * @param fields of the item's columns in their order, and after them the label, if labels are read
     */
    record Row(long line, List<String> fields) {}

    static List<Row> read(ItemFile file, boolean labeled) {
        List<Row> rows = new ArrayList<>();
        TableFile.of(file.path())
                .withCharset(file.charset())
                .read(head -> places(file, head, labeled), (line, fields) -> rows.add(new Row(line, fields)));
        return rows;
    }

    private static int[] places(ItemFile file, TableHead head, boolean labeled) {
        List<Integer> places = new ArrayList<>();
        file.columns().all().forEach(column -> places.add(head.place(column, FIX)));
        if (labeled) {
            places.add(
                    file.labelColumn().equals(ColumnRole.LABEL.usualName())
                            ? ColumnRole.LABEL.require(head, FIX)
                            : head.place(file.labelColumn(), FIX));
        }
        return places.stream().mapToInt(Integer::intValue).toArray();
    }
}
