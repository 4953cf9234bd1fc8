package dev.graft.reading;

import dev.graft.data.ClassNames;
import dev.graft.error.DataException;
import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import dev.graft.targets.Grades;
import dev.graft.targets.LabelSet;
import dev.graft.targets.Numbers;
import dev.graft.targets.OneClass;
import dev.graft.targets.TargetKind;
import dev.graft.targets.Targets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes targets of the label cells of a table's rows. */
final class TargetCells {
    private static final Logger LOG = LoggerFactory.getLogger(TargetCells.class);

    /** So many different numbers, and hardly one of them twice, are no classes. */
    private static final int MANY = 20;

    private static final int ROWS_OF_CLASS = 3;

    private static final Set<String> YES = Set.of("1", "1.0", "true", "yes", "y", "x", "是");
    private static final Set<String> NO = Set.of("", "0", "0.0", "false", "no", "n", "否");

    private final LabeledRows rows;
    private final TargetReading reading;
    private final List<String> columns;
    // Each is told of once, and read once however often it is asked for.
    private @Nullable LabelList format;
    private @Nullable Targets read;

    /**
     * Before anything is read.
     *
     * @param columns the names of the columns of labels
     */
    TargetCells(LabeledRows rows, TargetReading reading, List<String> columns) {
        this.rows = rows;
        this.reading = reading;
        this.columns = columns;
    }

    /**
     * What the training rows tell of an example.
     *
     * @throws DataException if there is nothing to learn from them
     */
    TargetKind kind() {
        String task = task();
        TargetKind kind =
                switch (task) {
                    case LabelSet.TASK -> new LabelSet(columns.size() > 1 ? columns : labels());
                    case Numbers.TASK -> new Numbers(columns);
                    case Grades.TASK -> new Grades(grades());
                    default -> new OneClass(rows.classNames());
                };
        if (kind instanceof LabelSet && kind.names().isEmpty()) {
            throw nothing("at least one label", "none in any training row");
        }
        ClassNames.require(kind.names(), rows.columns().table().name());
        requireVarying(kind);
        return kind;
    }

    /** A kind that is known, with the classes or labels of the training rows that it lacks. */
    TargetKind kindBeside(TargetKind known) {
        List<String> found =
                switch (known.task()) {
                    case LabelSet.TASK -> columns.size() > 1 ? columns : labels();
                    case OneClass.TASK -> List.copyOf(rows.columns().labelNames());
                    default -> List.of();
                };
        List<String> names = new ArrayList<>(known.names());
        found.stream().filter(name -> !names.contains(name)).sorted().forEach(names::add);
        return TargetKind.of(known.task(), names);
    }

    private String task() {
        String asked = reading.task();
        if (asked != null) {
            requireOneColumn(asked);
            return asked;
        }
        requireOneColumn(OneClass.TASK);
        List<String> names = rows.trainingLabels();
        int count = names.size();
        boolean numbers = names.stream().noneMatch(name -> Double.isNaN(ColumnContent.number(name)));
        if (!numbers || count < MANY || (long) ROWS_OF_CLASS * count < rows.trainingCount()) {
            return OneClass.TASK;
        }
        LOG.warn(
                "{}: its labels are {} different numbers in {} training rows, so a number is learned (regression);"
                        + " if they name classes, say that the task is classification (LabeledTable.withTargets)",
                rows.columns().table().name(),
                count,
                rows.trainingCount());
        return Numbers.TASK;
    }

    private void requireOneColumn(String task) {
        if (columns.size() > 1 && !task.equals(LabelSet.TASK) && !task.equals(Numbers.TASK)) {
            throw new DataException(Problem.of("An example has one " + (task.equals(Grades.TASK) ? "grade." : "class."))
                    .where(rows.columns().table().name())
                    .expected("one column of labels")
                    .found(String.join(", ", columns))
                    .fix("name one of them, or say that there are several labels or numbers"
                            + " (LabeledTable.withTargets)"));
        }
    }

    /** A number or a label that is the same everywhere tells nothing. */
    private void requireVarying(TargetKind kind) {
        if (kind.isOneOfNames()) {
            return;
        }
        Targets targets = targets(kind);
        int[] training = rows.trainingIndexes();
        for (int k = 0; k < kind.width(); k++) {
            int place = k;
            double first = training.length == 0 ? 0 : targets.value(training[0], k);
            boolean varies = IntStream.of(training).anyMatch(row -> targets.value(row, place) != first);
            if (!varies && kind instanceof Numbers) {
                throw nothing("different numbers in " + kind.names().get(k), Numbers.shown(first) + " in every row");
            }
            if (!varies) {
                LOG.warn(
                        "{}: {} training example has the label '{}': nothing is learned of it",
                        rows.columns().table().name(),
                        first > 0 ? "every" : "no",
                        Excerpt.of(kind.names().get(k)));
            }
        }
    }

    private DataException nothing(String expected, String found) {
        return new DataException(Problem.of("A table has nothing to learn in its labels.")
                .where(rows.columns().table().name())
                .expected(expected)
                .found(found)
                .fix("name another column of labels, or add rows"));
    }

    /** All labels of the training rows, in the order of text. */
    private List<String> labels() {
        LabelList format = format();
        TreeSet<String> all = new TreeSet<>();
        rows.trainingLabels().forEach(cell -> all.addAll(format.read(cell)));
        return List.copyOf(all);
    }

    private LabelList format() {
        LabelList known = format;
        if (known == null) {
            known = told();
            format = known;
        }
        return known;
    }

    private LabelList told() {
        return LabelList.of(
                rows.trainingLabels(),
                reading.separator(),
                rows.columns().table().name());
    }

    private List<String> grades() {
        List<String> found = rows.classNames();
        List<String> given = reading.grades();
        if (!given.isEmpty()) {
            List<String> unknown =
                    found.stream().filter(name -> !given.contains(name)).toList();
            if (!unknown.isEmpty()) {
                throw new DataException(Problem.of("A table has grades that the order does not name.")
                        .where(rows.columns().table().name())
                        .expected(Excerpt.list(given))
                        .found(Excerpt.list(unknown))
                        .fix("name all grades, from the lowest to the highest (TargetReading.withGrades)"));
            }
            return given;
        }
        if (found.stream().anyMatch(name -> Double.isNaN(ColumnContent.number(name)))) {
            throw new DataException(Problem.of("The order of these grades is not known.")
                    .where(rows.columns().table().name())
                    .expected("numbers, such as 1 to 5, or an order")
                    .found(Excerpt.list(found))
                    .fix("name the grades from the lowest to the highest (TargetReading.withGrades)"));
        }
        return found.stream()
                .sorted(Comparator.comparingDouble(ColumnContent::number))
                .toList();
    }

    /**
     * The targets of all rows.
     *
     * @throws DataException if a row has what the kind does not know; it names the first
     */
    Targets targets(TargetKind kind) {
        Targets known = read;
        if (known == null || !known.kind().equals(kind)) {
            known = parsed(kind);
            read = known;
        }
        return known;
    }

    private Targets parsed(TargetKind kind) {
        if (kind.isOneOfNames()) {
            return Targets.ofIndexes(kind, rows.labels(kind.names()));
        }
        double[] values = new double[rows.size() * kind.width()];
        LabelList format = kind instanceof LabelSet && columns.size() == 1 ? format() : LabelList.SINGLE;
        boolean byName = columns.size() > 1 || (kind instanceof Numbers && kind.width() > 1);
        int[] places = byName ? places(kind) : new int[1];
        List<Integer> twice = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (kind instanceof Numbers) {
                numbers(i, places, values, i * kind.width());
            } else if (columns.size() > 1) {
                flags(i, places, values, i * kind.width());
            } else if (list(i, format, kind.names(), values, i * kind.width())) {
                twice.add(i);
            }
        }
        if (!twice.isEmpty()) {
            LOG.warn(
                    "{}: {} a label twice, the first {}: it counts once",
                    rows.columns().table().name(),
                    twice.size() == 1 ? "1 row names" : twice.size() + " rows name",
                    rows.where(twice.get(0)));
        }
        return Targets.of(kind, values);
    }

    /** Where each column's value belongs among the names of a kind, in whatever order the columns were named. */
    private int[] places(TargetKind kind) {
        int[] places = columns.stream().mapToInt(kind.names()::indexOf).toArray();
        boolean each = IntStream.of(places).allMatch(place -> place >= 0);
        if (!each || (kind instanceof Numbers && columns.size() != kind.width())) {
            throw new DataException(Problem.of("The columns of labels are not those that are asked for.")
                    .where(rows.columns().table().name())
                    .expected(Excerpt.list(kind.names()))
                    .found(Excerpt.list(columns))
                    .fix("name the columns " + Excerpt.list(kind.names())));
        }
        return places;
    }

    private void numbers(int row, int[] places, double[] values, int start) {
        List<String> cells = rows.labelCells(row);
        for (int k = 0; k < columns.size(); k++) {
            String cell = k < cells.size() ? cells.get(k) : "";
            double value = ColumnContent.number(cell);
            values[start + places[k]] = value;
            if (Double.isNaN(value)) {
                throw new DataException(Problem.of("A number to learn is none.")
                        .where(rows.where(row) + ", column " + Excerpt.of(columns.get(k)))
                        .expected("a finite number such as 12.5, without separators between thousands")
                        .found(cell.isEmpty() ? "nothing" : "'" + Excerpt.of(cell) + "'")
                        .fix("mend the value or take the row out; if these are classes, say that the task is"
                                + " classification (LabeledTable.withTargets)"));
            }
        }
    }

    private void flags(int row, int[] places, double[] values, int start) {
        List<String> cells = rows.labelCells(row);
        for (int k = 0; k < columns.size(); k++) {
            String cell = (k < cells.size() ? cells.get(k) : "").toLowerCase(Locale.ROOT);
            if (!YES.contains(cell) && !NO.contains(cell)) {
                throw new DataException(Problem.of("It is not plain whether an example has a label.")
                        .where(rows.where(row) + ", column " + Excerpt.of(columns.get(k)))
                        .expected("1 or 0, true or false, yes or no; nothing counts as 0")
                        .found("'" + Excerpt.of(cell) + "'")
                        .fix("mend the value, or name one column that lists the labels"));
            }
            values[start + places[k]] = YES.contains(cell) ? 1 : 0;
        }
    }

    /** Returns whether a label is named twice. */
    private boolean list(int row, LabelList format, List<String> names, double[] values, int start) {
        List<String> labels = format.read(rows.labelCells(row).get(0));
        boolean twice = false;
        for (String label : labels) {
            int place = names.indexOf(label);
            if (place < 0) {
                throw new DataException(Problem.of("A row has a label that the training examples lack.")
                        .where(rows.where(row))
                        .expected(Excerpt.list(names))
                        .found("'" + Excerpt.of(label) + "'")
                        .fix("add training examples with this label, or take it out here; if it is several labels,"
                                + " say what stands between them (TargetReading.withSeparator)"));
            }
            twice |= values[start + place] > 0;
            values[start + place] = 1;
        }
        return twice;
    }
}
