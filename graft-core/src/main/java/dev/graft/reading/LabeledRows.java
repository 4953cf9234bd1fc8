package dev.graft.reading;

import dev.graft.data.ColumnKind;
import dev.graft.error.DataException;
import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table that have a label and whatever cannot be missing, column by column: of each row no more is kept than
 * examples need.
 */
final class LabeledRows {
    private final ColumnPlan plan;
    private final @Nullable PartColumn partColumn;
    private final Cells cells;

    private final LongStream.Builder numbers = LongStream.builder();
    private final IntStream.Builder labels = IntStream.builder();
    private final List<Part> parts = new ArrayList<>();
    private final Map<ColumnPlan.Column, List<String>> texts = new LinkedHashMap<>();
    private final Map<ColumnPlan.Column, DoubleStream.Builder> values = new LinkedHashMap<>();
    // One text a class, and not one a row.
    private final Map<String, Integer> labelIds = new LinkedHashMap<>();
    private final Map<String, String> categories = new HashMap<>();
    private int rejected;
    private long firstRejected;

    private LabeledRows(Table table, ColumnPlan plan, @Nullable PartColumn partColumn) {
        this.plan = plan;
        this.partColumn = partColumn;
        this.cells = new Cells(table);
        for (ColumnPlan.Column column : plan.columns()) {
            if (column.kind() == ColumnKind.NUMBER) {
                values.put(column, DoubleStream.builder());
            } else {
                texts.put(column, new ArrayList<>());
            }
        }
    }

    /**
     * What was read.
     *
     * @param numbers which row of the table each is
     * @param labels each row's label, as an index into {@code labelNames}
     * @param labelNames the labels, in the order in which they came
     * @param parts each row's part; empty where no column divides the rows
     * @param texts the fields of all columns but those of numbers; of pictures, the paths
     * @param values the fields of the columns of numbers, NaN where one is missing
     * @param rejected how many rows lack what cannot be missing
     * @param firstRejected the first of them, 0 if there is none
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Read(
            Table table,
            ColumnPlan plan,
            long[] numbers,
            int[] labels,
            List<String> labelNames,
            List<Part> parts,
            Map<ColumnPlan.Column, List<String>> texts,
            Map<ColumnPlan.Column, double[]> values,
            int rejected,
            long firstRejected) {
        int size() {
            return numbers.length;
        }

        boolean divided() {
            return !parts.isEmpty();
        }

        boolean in(Part part, int row) {
            return divided() && parts.get(row) == part;
        }

        private IntStream training() {
            return IntStream.range(0, size()).filter(row -> !divided() || in(Part.TRAIN, row));
        }

        String where(int row) {
            return table.where(numbers[row]);
        }

        /** The rows' labels as indexes into names of classes, which have all of them. */
        int[] labels(List<String> classNames) {
            int[] places = labelNames.stream().mapToInt(classNames::indexOf).toArray();
            return IntStream.of(labels).map(label -> places[label]).toArray();
        }

        /**
         * The classes that the training rows name, in the order of text.
         *
         * @throws DataException if there are fewer than two
         */
        List<String> classNames() {
            List<String> names = training()
                    .map(row -> labels[row])
                    .distinct()
                    .mapToObj(labelNames::get)
                    .sorted()
                    .toList();
            if (names.size() < 2) {
                throw new DataException(Problem.of("A table has fewer than two classes to learn.")
                        .where(table.name())
                        .expected("two different labels or more")
                        .found(names.isEmpty() ? "no usable training row" : "'" + Excerpt.of(names.get(0)) + "' alone")
                        .fix("add rows of another class; one class leaves nothing to tell apart"));
            }
            return names;
        }

        /**
         * Refuses rows of other classes.
         *
         * @throws DataException if there is one; it names the first
         */
        void requireKnown(List<String> classNames) {
            boolean[] known = new boolean[labelNames.size()];
            for (int i = 0; i < known.length; i++) {
                known[i] = classNames.contains(labelNames.get(i));
            }
            for (int row = 0; row < size(); row++) {
                if (!known[labels[row]]) {
                    throw new DataException(Problem.of("A row has a class that the training examples lack.")
                            .where(where(row))
                            .expected(Excerpt.list(classNames))
                            .found(Excerpt.of(labelNames.get(labels[row])))
                            .fix("add training examples of this class, or remove its rows here"));
                }
            }
        }

        /** How many training rows there are of each class. */
        int[] trainingCounts(List<String> classNames) {
            int[] places = labels(classNames);
            int[] counts = new int[classNames.size()];
            training().forEach(row -> counts[places[row]]++);
            return counts;
        }

        /** Some of the rows alone. */
        Read select(int[] rows) {
            Map<ColumnPlan.Column, List<String>> chosenTexts = new LinkedHashMap<>();
            texts.forEach((column, all) -> chosenTexts.put(
                    column, IntStream.of(rows).mapToObj(all::get).toList()));
            Map<ColumnPlan.Column, double[]> chosenValues = new LinkedHashMap<>();
            values.forEach((column, all) -> chosenValues.put(
                    column, IntStream.of(rows).mapToDouble(row -> all[row]).toArray()));
            return new Read(
                    table,
                    plan,
                    IntStream.of(rows).mapToLong(row -> numbers[row]).toArray(),
                    IntStream.of(rows).map(row -> labels[row]).toArray(),
                    labelNames,
                    divided() ? IntStream.of(rows).mapToObj(parts::get).toList() : List.of(),
                    chosenTexts,
                    chosenValues,
                    rejected,
                    firstRejected);
        }
    }

    /**
     * Reads all rows.
     *
     * @param label the place of the labels
     */
    static Read read(Table table, ColumnPlan plan, int label, @Nullable PartColumn partColumn) {
        LabeledRows reading = new LabeledRows(table, plan, partColumn);
        IntStream places =
                IntStream.concat(plan.columns().stream().mapToInt(ColumnPlan.Column::place), IntStream.of(label));
        IntStream all = partColumn == null ? places : IntStream.concat(places, IntStream.of(partColumn.place()));
        try (RowCursor rows = table.rows(all.toArray())) {
            for (RowCursor.Row row = rows.next(); row != null; row = rows.next()) {
                reading.take(row.number(), row.fields());
            }
        }
        reading.cells.say();
        Map<ColumnPlan.Column, double[]> values = new LinkedHashMap<>();
        reading.values.forEach(
                (column, builder) -> values.put(column, builder.build().toArray()));
        return new Read(
                table,
                plan,
                reading.numbers.build().toArray(),
                reading.labels.build().toArray(),
                List.copyOf(reading.labelIds.keySet()),
                reading.parts,
                reading.texts,
                values,
                reading.rejected,
                reading.firstRejected);
    }

    private void take(long number, List<String> fields) {
        int columns = plan.columns().size();
        cells.requireOneLine(number, fields.get(columns));
        String label = fields.get(columns).strip();
        if (label.isEmpty() || lacksPart(fields)) {
            firstRejected = rejected == 0 ? number : firstRejected;
            rejected++;
            return;
        }
        if (partColumn != null) {
            parts.add(partColumn.part(number, fields.get(columns + 1)));
        }
        numbers.add(number);
        labels.add(labelIds.computeIfAbsent(label, name -> labelIds.size()));
        for (int i = 0; i < columns; i++) {
            ColumnPlan.Column column = plan.columns().get(i);
            if (column.kind() == ColumnKind.NUMBER) {
                DoubleStream.Builder kept = values.get(column);
                if (kept != null) {
                    kept.add(cells.number(column, number, fields.get(i)));
                }
            } else {
                List<String> kept = texts.get(column);
                if (kept != null) {
                    kept.add(value(column, number, fields.get(i)));
                }
            }
        }
    }

    private boolean lacksPart(List<String> fields) {
        for (int i = 0; i < plan.columns().size(); i++) {
            ColumnKind kind = plan.columns().get(i).kind();
            if ((kind == ColumnKind.IMAGE || kind == ColumnKind.TEXT)
                    && fields.get(i).isBlank()) {
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
}
