package dev.graft.reading;

import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledItems;
import dev.graft.data.LabeledTexts;
import dev.graft.error.DataException;
import dev.graft.targets.LabelSet;
import dev.graft.targets.OneClass;
import dev.graft.targets.TargetKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A table of examples with labels, read as images, texts, or items of several parts. Which columns hold what is said, or told
 * by their names and values, and then logged. Labels are text, also where they look like numbers; classes are taken in the
 * order of text. Rows that lack a label, a picture or a text are left out and counted; a number or a category may be missing.
 * A column {@code split} divides the examples into train, val and test. Names of columns may be written in any case.
 * Immutable, but for what it remembers of the look that it took at the table; for one thread.
 *
 * <pre>{@code
 * LabeledTable.of(Path.of("reviews.csv")).withColumns(ItemColumns.text("review")).withLabel("stars").texts().train()
 * }</pre>
 */
public final class LabeledTable {
    private static final Logger LOG = LoggerFactory.getLogger(LabeledTable.class);

    private final Table table;
    private final ChosenColumns columns;
    private final TargetReading reading;
    private final boolean undivided;
    private final boolean withoutBad;

    private LabeledTable(
            Table table, ChosenColumns columns, TargetReading reading, boolean undivided, boolean withoutBad) {
        this.reading = reading;
        this.table = table;
        this.columns = columns;
        this.undivided = undivided;
        this.withoutBad = withoutBad;
    }

    /** A table whose columns are told by their names and values. */
    public static LabeledTable of(Table table) {
        return new LabeledTable(table, new ChosenColumns(table, null, List.of()), TargetReading.USUAL, false, false);
    }

    /** A file in UTF-8 whose first line names the columns. */
    public static LabeledTable of(Path file) {
        return of(TableFile.of(file));
    }

    /** Learned from are these columns alone; null for those that names and values tell. */
    public LabeledTable withColumns(@Nullable ItemColumns named) {
        return new LabeledTable(
                table, new ChosenColumns(table, named, columns.labels()), reading, undivided, withoutBad);
    }

    /** The column of the labels; null for the one with a usual name, such as {@code label} or {@code class}. */
    public LabeledTable withLabel(@Nullable String column) {
        return withLabels(column == null ? List.of() : List.of(column));
    }

    /** The columns of several numbers, or one for each of several labels; none for the one with a usual name. */
    public LabeledTable withLabels(List<String> names) {
        return new LabeledTable(
                table, new ChosenColumns(table, columns.named(), names), reading, undivided, withoutBad);
    }

    /** What the labels are read as: several labels, numbers or grades in place of classes. */
    public LabeledTable withTargets(TargetReading targets) {
        return new LabeledTable(table, columns, targets, undivided, withoutBad);
    }

    /** Whatever a column {@code split} says, all rows are training examples. */
    public LabeledTable undivided() {
        return new LabeledTable(table, columns, reading, true, withoutBad);
    }

    /**
     * Whether items with a picture that cannot be decoded are left out, and counted; otherwise they are refused, which is the
     * default. Of a list of images, an {@link ImageScan} finds such files.
     */
    public LabeledTable withoutBad(boolean leftOut) {
        return new LabeledTable(table, columns, reading, undivided, leftOut);
    }

    /**
     * Examples that may come divided. All parts have the training part's classes.
     *
     * @param train the examples to learn from; all there are, if no column divides them
     * @param validation the examples to choose by; null if there are none of their own
     * @param test the examples to judge by; null if there are none of their own
     * @param listing the account of the rows
     */
    public record Divided<T extends LabeledExamples>(
            T train, @Nullable T validation, @Nullable T test, Listing listing) {
        /** The examples judged by others, which have the training part's classes. */
        public Divided<T> withTest(T judging) {
            if (test != null) {
                LOG.warn("{}: its own test part, {} rows, is left out: others judge", train.name(), test.size());
            }
            return new Divided<>(train, validation, judging, listing);
        }
    }

    /**
     * Examples of a task whose classes are known.
     *
     * @param examples the table's test part if it has one, else all
     * @param listing the account of the rows
     */
    public record Judging<T extends LabeledExamples>(T examples, Listing listing) {}

    /**
     * What the rows are, by the columns that are learned from.
     *
     * @throws DataException if the table cannot be read, or it is not plain what its columns hold
     */
    public TableKind kind() {
        return columns.plan().kind();
    }

    /**
     * The columns that are learned from, as they were named or recognised.
     *
     * @throws DataException if the table cannot be read, lacks a column, or it is not plain what its columns hold
     */
    public ItemColumns columns() {
        return columns.plan().named();
    }

    /**
     * Reads the rows as what they are.
     *
     * @throws DataException as {@link #images()}, {@link #texts()} and {@link #items()}
     */
    public Divided<? extends LabeledExamples> examples() {
        return switch (kind()) {
            case IMAGES -> images();
            case TEXTS -> texts();
            case ITEMS -> items();
        };
    }

    /**
     * Reads a list of images, of the one column of pictures that was named or has a usual name, such as {@code path}. No image
     * is decoded.
     *
     * @throws DataException if the table cannot be read, a column is missing or could be several, a row is broken, there are
     *     fewer than two classes, or a part has a class that the training part lacks
     */
    public Divided<LabeledFiles> images() {
        return divided(TableKind.IMAGES, TableExamples::images, LabeledFiles::subset);
    }

    /**
     * Reads texts, of the one column of texts that was named or has a usual name, such as {@code text}.
     *
     * @throws DataException as {@link #images()}
     */
    public Divided<LabeledTexts> texts() {
        return divided(TableKind.TEXTS, (examples, listing) -> examples.texts(), LabeledTexts::subset);
    }

    /**
     * Reads items of all columns that were named or are of use. Every picture is decoded once, so that a bad one is found
     * before any training. Numbers that lie far from the rest are named in the log.
     *
     * @throws DataException as {@link #images()}; also if a value is no number, or a picture cannot be decoded and is not to
     *     be left out
     */
    public Divided<LabeledItems> items() {
        return divided(TableKind.ITEMS, (examples, listing) -> examples.items(withoutBad), LabeledItems::subset);
    }

    /**
     * A kind of target that is known, with the classes or labels that the table names besides behind its own, in the order of text.
     * Grades and numbers stay as they are known.
     *
     * @throws DataException if the table cannot be read
     */
    public TargetKind kindBeside(TargetKind known) {
        ColumnPlan plan = columns.plan(kind());
        int[] labels = columns.labels(plan);
        LabeledRows rows = rows(plan, labels, known instanceof LabelSet);
        return new TargetCells(rows, reading, columns.names(labels)).kindBeside(known);
    }

    /**
     * Reads images of classes that are known, such as a bundle's.
     *
     * @throws DataException as {@link #images()}; also if a row names another class
     */
    public Judging<LabeledFiles> images(List<String> classNames) {
        return images(new OneClass(classNames));
    }

    /**
     * Reads images whose kind of target is known, such as a bundle's.
     *
     * @throws DataException as {@link #images()}; also if a row is labelled with something else
     */
    public Judging<LabeledFiles> images(TargetKind known) {
        return judging(TableKind.IMAGES, known, TableExamples::images);
    }

    /**
     * Reads texts of classes that are known, such as a bundle's.
     *
     * @throws DataException as {@link #texts()}; also if a row names another class
     */
    public Judging<LabeledTexts> texts(List<String> classNames) {
        return texts(new OneClass(classNames));
    }

    /**
     * Reads texts whose kind of target is known, such as a bundle's.
     *
     * @throws DataException as {@link #texts()}; also if a row is labelled with something else
     */
    public Judging<LabeledTexts> texts(TargetKind known) {
        return judging(TableKind.TEXTS, known, (examples, listing) -> examples.texts());
    }

    /**
     * Reads items of classes that are known, such as a bundle's.
     *
     * @throws DataException as {@link #items()}; also if a row names another class
     */
    public Judging<LabeledItems> items(List<String> classNames) {
        return items(new OneClass(classNames));
    }

    /**
     * Reads items whose kind of target is known, such as a bundle's.
     *
     * @throws DataException as {@link #items()}; also if a row is labelled with something else
     */
    public Judging<LabeledItems> items(TargetKind known) {
        return judging(TableKind.ITEMS, known, (examples, listing) -> examples.items(withoutBad));
    }

    /**
     * Opens the rows as items without labels, which need none. Whoever opens them closes them.
     *
     * @param batch how many rows are read, and how many rows' pictures decoded, at once
     * @throws DataException if the table cannot be read, or a column is missing
     */
    public UnlabeledItems unlabeled(int batch) {
        return new UnlabeledItems(table, columns.plan(TableKind.ITEMS), batch);
    }

    /**
     * Reads the texts of the one column of texts alone, in the table's order, empty ones too; no label is needed.
     *
     * @throws DataException if the table cannot be read, the column is missing, or a row is broken
     */
    public List<String> unlabeledTexts() {
        List<String> texts = new ArrayList<>();
        int[] place = {columns.plan(TableKind.TEXTS).columns().get(0).place()};
        table.each(place, (row, fields) -> texts.add(fields.get(0)));
        return texts;
    }

    /**
     * The names of all columns, whatever they are for; numbers from 1 where the table names none.
     *
     * @throws DataException if the table cannot be read
     */
    public List<String> columnNames() {
        return columns.all();
    }

    /**
     * Reads images or texts of which some, all or none have a label; a column of labels need not be there. Of several columns of labels
     * the cells stand together in one, and an example without any of them has no label. No image is decoded.
     *
     * @throws DataException if the table cannot be read, a row is broken, there is no usable row, or its rows are items of several
     *     parts
     */
    public PartlyLabeled<? extends LabeledExamples> partlyLabeled() {
        return PartlyLabeledRows.read(table, columns.plan(), columns.labelsIfAny());
    }

    /** Makes examples of a kind of rows whose classes are known. */
    private interface Maker<T extends LabeledExamples> {
        TableExamples.Made<T> make(TableExamples examples, Listing listing);
    }

    private LabeledRows rows(ColumnPlan plan, int[] labels, boolean unlabeled) {
        PartColumn parts = columns.parts(plan);
        if (undivided && parts != null) {
            LOG.warn("{}: its column '{}' divides nothing here: all rows are taken", table.name(), parts.name());
        }
        return LabeledRows.all(RowColumns.read(table, plan, labels, unlabeled, undivided ? null : parts));
    }

    private <T extends LabeledExamples> Divided<T> divided(
            TableKind kind, Maker<T> maker, BiFunction<T, int[], T> subset) {
        ColumnPlan plan = columns.plan(kind);
        int[] labels = columns.labels(plan);
        LabeledRows rows = rows(plan, labels, LabelSet.TASK.equals(reading.task()));
        TargetCells cells = new TargetCells(rows, reading, columns.names(labels));
        TableExamples examples = new TableExamples(rows, cells.targets(cells.kind()));
        Listing listing = listing(rows, examples.imbalance(kind.name().toLowerCase(Locale.ROOT)));
        TableExamples.Made<T> made = maker.make(examples, listing);
        Listing all = said(listing, made);
        if (!rows.divided()) {
            return new Divided<>(made.examples(), null, null, all);
        }
        int[] validation = places(rows, made, Part.VALIDATION);
        int[] test = places(rows, made, Part.TEST);
        return new Divided<>(
                subset.apply(made.examples(), places(rows, made, Part.TRAIN)),
                validation.length == 0 ? null : subset.apply(made.examples(), validation),
                test.length == 0 ? null : subset.apply(made.examples(), test),
                all);
    }

    private static int[] places(LabeledRows rows, TableExamples.Made<?> made, Part part) {
        int[] kept = made.kept();
        return IntStream.range(0, kept.length)
                .filter(i -> rows.in(part, kept[i]))
                .toArray();
    }

    private <T extends LabeledExamples> Judging<T> judging(TableKind kind, TargetKind known, Maker<T> maker) {
        ColumnPlan plan = columns.plan(kind);
        int[] labels = columns.labels(plan);
        LabeledRows all = rows(plan, labels, known instanceof LabelSet);
        LabeledRows rows = all.judging();
        Listing listing = listing(
                rows,
                rows.size() == all.size()
                        ? List.of()
                        : List.of("its test part alone judges, " + rows.size() + " of " + all.size() + " rows"));
        TargetCells cells = new TargetCells(rows, reading, columns.names(labels));
        TableExamples.Made<T> made = maker.make(new TableExamples(rows, cells.targets(known)), listing);
        return new Judging<>(made.examples(), said(listing, made));
    }

    private Listing listing(LabeledRows rows, List<String> notes) {
        List<String> warnings = new ArrayList<>(notes);
        RowColumns read = rows.columns();
        if (read.rejected() > 0) {
            warnings.add(read.rejected() + " rows without " + read.plan().needed() + " were left out, the first in "
                    + table.rowWord() + " " + read.firstRejected());
        }
        return new Listing(
                rows.size() + read.rejected(),
                read.rejected(),
                0,
                warnings.stream().map(warning -> table.name() + ": " + warning).toList());
    }

    /** The account with what became of the rows since, all of which is in the log. */
    private Listing said(Listing listing, TableExamples.Made<?> made) {
        List<String> warnings = new ArrayList<>(listing.warnings());
        made.warnings().forEach(warning -> warnings.add(table.name() + ": " + warning));
        warnings.forEach(warning -> LOG.warn("{}", warning));
        int left = listing.used() - made.kept().length;
        return new Listing(listing.listed(), listing.rejected() + left, 0, warnings);
    }
}
