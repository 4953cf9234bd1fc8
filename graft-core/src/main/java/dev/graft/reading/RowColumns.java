package dev.graft.reading;

import dev.graft.data.ColumnKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a table's labelled rows, column by column: of each row no more than examples need. Rows that lack a label or
 * what else cannot be missing are counted alone.
 */
final class RowColumns {
    private static final int FIRST_SIZE = 64;

    /** Stands between the cells of several columns of labels. */
    private static final String BETWEEN = "\u001f";

    private final Table table;
    private final ColumnPlan plan;
    private final @Nullable PartColumn partColumn;
    private final Cells cells;
    private final int labelColumns;
    private final boolean unlabeled;

    /** Of each column the fields, of pictures the paths; of numbers nothing. */
    private final List<List<String>> texts = new ArrayList<>();

    /** Of each column of numbers the values, NaN where one is missing; of others nothing. */
    private final double[][] values;

    private final List<Part> parts = new ArrayList<>();
    private long[] numbers = new long[FIRST_SIZE];
    private int[] labels = new int[FIRST_SIZE];
    private int size;

    // One text a class or category, and not one a row.
    private final Map<String, Integer> labelNames = new LinkedHashMap<>();
    private final Map<String, String> categories = new HashMap<>();
    private List<String> listedNames = List.of();
    private int rejected;
    private long firstRejected;

    private RowColumns(
            Table table, ColumnPlan plan, @Nullable PartColumn partColumn, int labelColumns, boolean unlabeled) {
        this.labelColumns = labelColumns;
        this.unlabeled = unlabeled;
        this.table = table;
        this.plan = plan;
        this.partColumn = partColumn;
        this.cells = new Cells(table);
        this.values = new double[plan.columns().size()][];
        for (int i = 0; i < values.length; i++) {
            texts.add(new ArrayList<>());
            values[i] = new double[plan.columns().get(i).kind() == ColumnKind.NUMBER ? FIRST_SIZE : 0];
        }
    }

    /**
     * Reads all rows.
     *
     * @param labels the places of the labels
     * @param unlabeled whether a row may be without a label
     * @param partColumn the column that divides the rows; null if there is none
     */
    static RowColumns read(
            Table table, ColumnPlan plan, int[] labels, boolean unlabeled, @Nullable PartColumn partColumn) {
        RowColumns columns = new RowColumns(table, plan, partColumn, labels.length, unlabeled);
        IntStream places =
                IntStream.concat(plan.columns().stream().mapToInt(ColumnPlan.Column::place), IntStream.of(labels));
        IntStream all = partColumn == null ? places : IntStream.concat(places, IntStream.of(partColumn.place()));
        table.each(all.toArray(), columns::take);
        columns.cells.say();
        return columns;
    }

    private void take(long number, List<String> fields) {
        int wanted = plan.columns().size();
        String label = label(number, fields.subList(wanted, wanted + labelColumns));
        boolean without = unlabeled
                ? label.equals(PartlyLabeled.OPEN)
                : label.replace(BETWEEN, "").isEmpty();
        if (without || lacksPart(fields)) {
            firstRejected = rejected == 0 ? number : firstRejected;
            rejected++;
            return;
        }
        if (partColumn != null) {
            parts.add(partColumn.part(number, fields.get(wanted + labelColumns)));
        }
        if (size == numbers.length) {
            grow(size * 2);
        }
        for (int i = 0; i < wanted; i++) {
            ColumnPlan.Column column = plan.columns().get(i);
            if (column.kind() == ColumnKind.NUMBER) {
                values[i][size] = cells.number(column, number, fields.get(i));
            } else {
                texts.get(i).add(value(column, number, fields.get(i)));
            }
        }
        numbers[size] = number;
        labels[size++] = labelNames.computeIfAbsent(label, name -> labelNames.size());
    }

    /** One text for the cells of all columns of labels. */
    private String label(long number, List<String> fields) {
        fields.forEach(field -> cells.requireOneLine(number, field));
        return fields.stream().map(String::strip).collect(Collectors.joining(BETWEEN));
    }

    /** The cells of a row's labels, one for each column of them. */
    List<String> labelCells(int row) {
        return List.of(labelNames().get(label(row)).split(BETWEEN, -1));
    }

    private void grow(int room) {
        numbers = Arrays.copyOf(numbers, room);
        labels = Arrays.copyOf(labels, room);
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i].length == 0 ? values[i] : Arrays.copyOf(values[i], room);
        }
    }

    private boolean lacksPart(List<String> fields) {
        for (int i = 0; i < plan.columns().size(); i++) {
            ColumnKind kind = plan.columns().get(i).kind();
            boolean needed = kind == ColumnKind.IMAGE || kind == ColumnKind.TEXT;
            if (needed && fields.get(i).isBlank()) {
                return true;
            }
        }
        return false;
    }

    private String value(ColumnPlan.Column column, long number, String field) {
        return switch (column.kind()) {
            case IMAGE -> cells.path(column, number, field);
            case CATEGORY -> categories.computeIfAbsent(field.strip(), name -> name);
            default -> field;
        };
    }

    Table table() {
        return table;
    }

    ColumnPlan plan() {
        return plan;
    }

    int size() {
        return size;
    }

    /** Which row of the table a row was. */
    long number(int row) {
        return numbers[row];
    }

    /** A row's label, as an index into {@link #labelNames}. */
    int label(int row) {
        return labels[row];
    }

    /** The labels, in the order in which they came. */
    List<String> labelNames() {
        List<String> known = listedNames;
        if (known.size() != labelNames.size()) {
            known = List.copyOf(labelNames.keySet());
            listedNames = known;
        }
        return known;
    }

    /** The part that a row belongs to; null where no column divides the rows. */
    @Nullable
    Part part(int row) {
        return parts.isEmpty() ? null : parts.get(row);
    }

    String text(int column, int row) {
        return texts.get(column).get(row);
    }

    double value(int column, int row) {
        return values[column][row];
    }

    /** How many rows lack what cannot be missing. */
    int rejected() {
        return rejected;
    }

    /** The first of them, 0 if there is none. */
    long firstRejected() {
        return firstRejected;
    }
}
