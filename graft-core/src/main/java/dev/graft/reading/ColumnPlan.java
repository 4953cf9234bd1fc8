package dev.graft.reading;

import dev.graft.data.ColumnKind;
import dev.graft.error.SettingsException;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of a table that are learned from, in the order of pictures, texts, numbers and categories.
 *
 * @param columns at least one
 */
record ColumnPlan(List<Column> columns) {
    static final String FIX = "say what its columns hold (LabeledTable.withColumns) and which is the label"
            + " (LabeledTable.withLabel); if the first line names no columns, say so (TableFile.withoutHeader)";

    /** Sorts the columns by their kind. */
    ColumnPlan {
        columns =
                columns.stream().sorted((a, b) -> a.kind().compareTo(b.kind())).toList();
    }

    /**
     * A column.
     *
     * @param name what the items call it
     * @param place where it stands in the table
     */
    record Column(String name, ColumnKind kind, int place) {}

    /** One column. */
    static ColumnPlan of(TableHead head, ColumnKind kind, int place) {
        return new ColumnPlan(List.of(new Column(head.columns().get(place), kind, place)));
    }

    /**
     * The columns that were named.
     *
     * @throws dev.graft.error.DataException if the table lacks one
     */
    static ColumnPlan of(TableHead head, ItemColumns named) {
        List<Column> columns = new ArrayList<>();
        for (ColumnKind kind : ColumnKind.values()) {
            for (String name : named.of(kind)) {
                columns.add(new Column(name, kind, head.place(name, FIX)));
            }
        }
        return new ColumnPlan(columns);
    }

    TableKind kind() {
        ColumnKind first = columns.get(0).kind();
        return columns.size() > 1
                ? TableKind.ITEMS
                : switch (first) {
                    case IMAGE -> TableKind.IMAGES;
                    case TEXT -> TableKind.TEXTS;
                    default -> TableKind.ITEMS;
                };
    }

    /**
     * The columns by name.
     *
     * @throws SettingsException if two have one name
     */
    ItemColumns named() {
        return new ItemColumns(
                named(ColumnKind.IMAGE), named(ColumnKind.TEXT), named(ColumnKind.NUMBER), named(ColumnKind.CATEGORY));
    }

    List<String> named(ColumnKind kind) {
        return columns.stream()
                .filter(column -> column.kind() == kind)
                .map(Column::name)
                .toList();
    }

    List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /** What no row may lack, in words. */
    String needed() {
        List<String> needed = new ArrayList<>();
        if (has(ColumnKind.IMAGE)) {
            needed.add("a picture");
        }
        if (has(ColumnKind.TEXT)) {
            needed.add("a text");
        }
        return needed.isEmpty() ? "a label" : String.join(", ", needed) + " or a label";
    }

    boolean has(ColumnKind kind) {
        return columns.stream().anyMatch(column -> column.kind() == kind);
    }

    boolean uses(int place) {
        return columns.stream().anyMatch(column -> column.place() == place);
    }
}
