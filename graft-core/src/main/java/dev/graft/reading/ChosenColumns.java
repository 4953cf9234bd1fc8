package dev.graft.reading;

import dev.graft.error.DataException;
import dev.graft.error.Problem;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which columns of a table are learned from, which says the class and which the part: as they were named, else as they are
 * recognised. The table is looked at when that is first asked. Not safe for use by several threads.
 */
final class ChosenColumns {
    private static final Logger LOG = LoggerFactory.getLogger(ChosenColumns.class);

    private final Table table;
    private final @Nullable ItemColumns named;
    private final List<String> labels;
    private @Nullable TableHead head;
    private @Nullable Recognition recognized;
    private final Map<TableKind, Recognition> forced = new EnumMap<>(TableKind.class);

    ChosenColumns(Table table, @Nullable ItemColumns named, List<String> labels) {
        this.table = table;
        this.named = named;
        this.labels = List.copyOf(labels);
    }

    /** The columns to learn from that were named. */
    @Nullable
    ItemColumns named() {
        return named;
    }

    /** The columns of the labels that were named. */
    List<String> labels() {
        return labels;
    }

    private TableHead head() {
        TableHead known = head;
        if (known == null) {
            known = table.head();
            head = known;
            known.notes().forEach(note -> LOG.warn("{}: {}", table.name(), note));
        }
        return known;
    }

    /** The columns that are learned from. */
    ColumnPlan plan() {
        return named == null ? recognized().plan() : ColumnPlan.of(head(), named);
    }

    /** The columns that are learned from, if the rows are to be read as a kind. */
    ColumnPlan plan(TableKind wanted) {
        if (named != null) {
            ColumnPlan plan = ColumnPlan.of(head(), named);
            if (wanted != TableKind.ITEMS && plan.kind() != wanted) {
                throw new DataException(Problem.of("The columns that were named are not one of "
                                + (wanted == TableKind.IMAGES ? "image files." : "texts."))
                        .where(table.name())
                        .expected("one column of " + (wanted == TableKind.IMAGES ? "image files" : "texts"))
                        .found(String.join(", ", plan.names()))
                        .fix("name one such column, or read the table as items"));
            }
            return plan;
        }
        Recognition known = recognized;
        if (known != null && known.plan().kind() == wanted) {
            return known.plan();
        }
        return forced.computeIfAbsent(
                        wanted,
                        kind -> said(
                                switch (kind) {
                                    case IMAGES -> Recognition.images(given());
                                    case TEXTS -> Recognition.texts(given());
                                    case ITEMS -> Recognition.items(given());
                                }))
                .plan();
    }

    private Recognition recognized() {
        Recognition known = recognized;
        if (known == null) {
            known = said(Recognition.of(given()));
            recognized = known;
        }
        return known;
    }

    private Recognition said(Recognition recognition) {
        recognition.notes().forEach(note -> LOG.warn("{}: {}", table.name(), note));
        return recognition;
    }

    /** A column that is the label says nothing of the division. */
    private @Nullable PartColumn parts(TableHead looked) {
        PartColumn found = looked.named() ? PartColumn.of(table, looked) : null;
        OptionalInt place = label(looked);
        return found == null || (place.isPresent() && place.getAsInt() == found.place()) ? null : found;
    }

    private Recognition.Given given() {
        TableHead looked = head();
        PartColumn parts = parts(looked);
        return new Recognition.Given(
                looked,
                table.folder(),
                label(looked),
                parts == null ? OptionalInt.empty() : OptionalInt.of(parts.place()),
                labels.stream()
                        .skip(1)
                        .map(name -> looked.place(name, ColumnPlan.FIX))
                        .toList());
    }

    /** The column that is plainly of labels, if there is one. */
    private OptionalInt label(TableHead looked) {
        if (!labels.isEmpty()) {
            return OptionalInt.of(looked.place(labels.get(0), ColumnPlan.FIX));
        }
        int[] usual = looked.places(ColumnRole.LABEL::usual);
        int[] found = usual.length > 0 ? usual : looked.places(ColumnRole.LABEL::mayBe);
        return found.length == 1 ? OptionalInt.of(found[0]) : OptionalInt.empty();
    }

    /**
     * The places of the labels. Without a line of names, what is learned from comes first and labels second, if it is one
     * column.
     */
    int[] labels(ColumnPlan plan) {
        TableHead looked = head();
        return labels.isEmpty()
                ? new int[] {label(plan, looked)}
                : labels.stream()
                        .mapToInt(name -> looked.place(name, ColumnPlan.FIX))
                        .toArray();
    }

    /** The names of some columns. */
    List<String> names(int[] places) {
        List<String> all = head().columns();
        return IntStream.of(places).mapToObj(all::get).toList();
    }

    private static int label(ColumnPlan plan, TableHead looked) {
        if (looked.named()) {
            return ColumnRole.LABEL.require(looked, ColumnPlan.FIX);
        }
        if (plan.kind() != TableKind.ITEMS) {
            return looked.place("2", ColumnPlan.FIX);
        }
        throw new DataException(Problem.of("A table whose columns have no names does not say where its labels are.")
                .where(looked.where())
                .expected("the number of the column that holds the items' labels, counted from 1")
                .found("columns " + looked.shown())
                .fix("name that column (LabeledTable.withLabel)"));
    }

    /** The places of the labels, of a table that need not have any. */
    int[] labelsIfAny() {
        TableHead looked = head();
        if (labels.size() > 1) {
            return labels.stream()
                    .mapToInt(name -> looked.place(name, ColumnPlan.FIX))
                    .toArray();
        }
        return labels.isEmpty() && !looked.named() && looked.columns().size() > 1
                ? new int[] {looked.place("2", ColumnPlan.FIX)}
                : label(looked).stream().toArray();
    }

    /** The names of all columns. */
    List<String> all() {
        return head().columns();
    }

    /** The column that divides the rows, unless it is learned from. */
    @Nullable
    PartColumn parts(ColumnPlan plan) {
        PartColumn found = parts(head());
        return found == null || plan.uses(found.place()) ? null : found;
    }
}
