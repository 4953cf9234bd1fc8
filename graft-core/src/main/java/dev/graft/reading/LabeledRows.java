package dev.graft.reading;

import dev.graft.error.DataException;
import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import java.util.List;
import java.util.stream.IntStream;

/** Some or all of a table's labelled rows, in order: which classes and parts they belong to. */
final class LabeledRows {
    private final RowColumns columns;
    private final int[] rows;

    private LabeledRows(RowColumns columns, int[] rows) {
        this.columns = columns;
        this.rows = rows;
    }

    static LabeledRows all(RowColumns columns) {
        return new LabeledRows(columns, IntStream.range(0, columns.size()).toArray());
    }

    /** The rows of the test part alone, if there are some, else all. */
    LabeledRows judging() {
        int[] test =
                IntStream.of(rows).filter(row -> columns.part(row) == Part.TEST).toArray();
        return test.length == 0 ? this : new LabeledRows(columns, test);
    }

    RowColumns columns() {
        return columns;
    }

    int size() {
        return rows.length;
    }

    boolean divided() {
        return columns.size() > 0 && columns.part(0) != null;
    }

    boolean in(Part part, int index) {
        return columns.part(rows[index]) == part;
    }

    /** The cells of a row's labels, one for each column of them. */
    List<String> labelCells(int index) {
        return columns.labelCells(rows[index]);
    }

    /** The different labels of the training rows, in the order in which they came. */
    List<String> trainingLabels() {
        List<String> names = columns.labelNames();
        return training()
                .map(i -> columns.label(rows[i]))
                .distinct()
                .mapToObj(names::get)
                .toList();
    }

    int[] trainingIndexes() {
        return training().toArray();
    }

    int trainingCount() {
        return (int) training().count();
    }

    private IntStream training() {
        return IntStream.range(0, size()).filter(i -> !divided() || in(Part.TRAIN, i));
    }

    /** Which row of the table it is. */
    long number(int index) {
        return columns.number(rows[index]);
    }

    String where(int index) {
        return columns.table().where(number(index));
    }

    List<String> texts(int column) {
        return IntStream.of(rows).mapToObj(row -> columns.text(column, row)).toList();
    }

    double[] values(int column) {
        return IntStream.of(rows).mapToDouble(row -> columns.value(column, row)).toArray();
    }

    /**
     * The classes that the training rows name, in the order of text.
     *
     * @throws DataException if there are fewer than two
     */
    List<String> classNames() {
        List<String> labelNames = columns.labelNames();
        List<String> names = training()
                .map(i -> columns.label(rows[i]))
                .distinct()
                .mapToObj(labelNames::get)
                .sorted()
                .toList();
        if (names.size() < 2) {
            throw new DataException(Problem.of("A table has fewer than two classes to learn.")
                    .where(columns.table().name())
                    .expected("two different labels or more")
                    .found(names.isEmpty() ? "no usable training row" : "'" + Excerpt.of(names.get(0)) + "' alone")
                    .fix("add rows of another class; one class leaves nothing to tell apart"));
        }
        return names;
    }

    /**
     * The rows' labels, as indexes into names of classes.
     *
     * @throws DataException if a row is of another class; it names the first
     */
    int[] labels(List<String> classNames) {
        int[] places =
                columns.labelNames().stream().mapToInt(classNames::indexOf).toArray();
        int[] labels = IntStream.of(rows).map(row -> places[columns.label(row)]).toArray();
        IntStream.range(0, labels.length).filter(i -> labels[i] < 0).findFirst().ifPresent(i -> {
            throw new DataException(Problem.of("A row has a class that the training examples lack.")
                    .where(where(i))
                    .expected(Excerpt.list(classNames))
                    .found(Excerpt.of(columns.labelNames().get(columns.label(rows[i]))))
                    .fix("add training examples of this class, or remove its rows here"));
        });
        return labels;
    }

    /** How many training rows there are of each class. */
    int[] trainingCounts(int[] labels, int classes) {
        int[] counts = new int[classes];
        training().forEach(i -> counts[labels[i]]++);
        return counts;
    }
}
