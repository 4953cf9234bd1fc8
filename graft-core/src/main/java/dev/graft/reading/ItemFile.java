package dev.graft.reading;

import dev.graft.data.Item;
import dev.graft.data.LabeledItems;
import dev.graft.error.DataException;
import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import dev.graft.image.DecodedImage;
import dev.graft.image.ImageFiles;
import dev.graft.image.ImageWarnings;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A table of items, as {@link TableFile} reads it: a row each, with columns of image paths, texts, numbers and categories, and one of labels. Labels are
 * text, also where they look like numbers, and classes are taken in the order of text. Every image is decoded once when the
 * file is read, so that a bad one is found before any training. Numbers that lie far from the rest are named in the log.
 *
 * @param path the file, its first line the columns' names
 * @param columns which columns are read
 * @param labelColumn the column of the labels
 * @param charset its encoding
 */
public record ItemFile(Path path, ItemColumns columns, String labelColumn, Charset charset) {
    private static final Logger LOG = LoggerFactory.getLogger(ItemFile.class);
    private static final int LONGEST_NUMBER = 1000;

    /** A file in UTF-8. */
    public ItemFile(Path path, ItemColumns columns, String labelColumn) {
        this(path, columns, labelColumn, StandardCharsets.UTF_8);
    }

    /**
     * What was read.
     *
     * @param items the items that can be used
     * @param rejected how many rows lack a label, a picture or a text
     * @param firstRejected the line of the first of them, 0 if there is none
     */
    public record Read(LabeledItems items, int rejected, long firstRejected) {
        /** What the user should know. */
        public List<String> warnings() {
            return rejected == 0
                    ? List.of()
                    : List.of(rejected + " rows without a label, a picture or a text were left out, the first in line "
                            + firstRejected);
        }
    }

    /**
     * What was read of a table that may come divided.
     *
     * @param train the items to learn from; all there are, if no column divides them
     * @param validation the items to choose by; null if there are none of their own
     * @param test the items to judge by; null if there are none of their own
     * @param all what was read of the whole table
     */
    public record Divided(
            LabeledItems train,
            @Nullable LabeledItems validation,
            @Nullable LabeledItems test,
            Read all) {}

    /**
     * Reads all rows, divided by the column {@code split} if there is one; the classes are those of the training part.
     *
     * @throws DataException as {@link #read()}; also if another part has a class that the training part lacks
     */
    public Divided readDivided() {
        List<ItemRows.Row> rows = labeledRows();
        List<String> classNames = classNames(rows.stream()
                .filter(row -> row.part() == null || row.part() == Part.TRAIN)
                .toList());
        Read all = known(rows, classNames);
        List<ItemRows.Row> used = rows.stream().filter(this::complete).toList();
        if (used.stream().allMatch(row -> row.part() == null)) {
            return new Divided(all.items(), null, null, all);
        }
        LabeledItems train = part(all.items(), used, Part.TRAIN);
        return new Divided(
                train == null ? all.items() : train,
                part(all.items(), used, Part.VALIDATION),
                part(all.items(), used, Part.TEST),
                all);
    }

    private static @Nullable LabeledItems part(LabeledItems items, List<ItemRows.Row> rows, Part part) {
        int[] places = IntStream.range(0, rows.size())
                .filter(i -> rows.get(i).part() == part)
                .toArray();
        return places.length == 0 ? null : items.subset(places);
    }

    /**
     * Reads all rows, whatever part they belong to; the classes are those that they name.
     *
     * @throws DataException if the file cannot be read, a column is missing, a row is broken, a number is none, an image
     *     cannot be decoded, or there are fewer than two classes
     */
    public Read read() {
        List<ItemRows.Row> rows = labeledRows();
        return labeled(rows, classNames(rows));
    }

    private List<String> classNames(List<ItemRows.Row> rows) {
        TreeSet<String> names = new TreeSet<>();
        rows.stream().filter(this::complete).forEach(row -> names.add(label(row)));
        if (names.size() < 2) {
            throw new DataException(Problem.of("A file of items has fewer than two classes to learn.")
                    .where(path)
                    .expected("two different labels or more")
                    .found(names.isEmpty() ? "no usable row" : "'" + Excerpt.of(names.first()) + "' alone")
                    .fix("add items of another class; one class leaves nothing to tell apart"));
        }
        return List.copyOf(names);
    }

    /**
     * Reads all rows as items of classes that are known, such as a bundle's.
     *
     * @throws DataException as {@link #read()}; also if a row names another class
     */
    public Read read(List<String> classNames) {
        return known(labeledRows(), classNames);
    }

    private Read known(List<ItemRows.Row> rows, List<String> classNames) {
        for (ItemRows.Row row : rows) {
            if (complete(row) && !classNames.contains(label(row))) {
                throw new DataException(Problem.of("An item is of a class that is not known.")
                        .where(path + ", line " + row.line())
                        .expected(Excerpt.list(classNames))
                        .found(Excerpt.of(label(row)))
                        .fix("add training items of this class, or remove its rows here"));
            }
        }
        return labeled(rows, classNames);
    }

    /**
     * Reads all rows without labels, each into an item with its pictures decoded.
     *
     * @throws DataException as {@link #read()}; also if a picture or a text is missing
     */
    public List<Item> readItems() {
        List<Item> items = new ArrayList<>();
        WrittenPaths paths = new WrittenPaths(folder());
        ImageWarnings oddities = new ImageWarnings();
        for (ItemRows.Row row : ItemRows.read(this, false)) {
            items.add(item(row, paths, oddities));
        }
        say(paths);
        oddities.lines().forEach(line -> LOG.warn("{}", line));
        return items;
    }

    private Item item(ItemRows.Row row, WrittenPaths paths, ImageWarnings oddities) {
        Item item = Item.empty();
        for (int i = 0; i < columns.all().size(); i++) {
            String column = columns.all().get(i);
            String field = row.fields().get(i);
            if (columns.images().contains(column)) {
                Path file = folder().resolve(file(row, column, field, paths));
                DecodedImage decoded = ImageFiles.decode(file);
                oddities.add(file, decoded.warnings(file));
                item = item.withImage(column, decoded.image());
            } else if (columns.texts().contains(column)) {
                if (field.isBlank()) {
                    throw broken(row, column, "a text", "nothing");
                }
                item = item.withText(column, field);
            } else if (columns.numbers().contains(column)) {
                item = item.withNumber(column, number(row, column, field));
            } else {
                item = item.withCategory(column, field.strip());
            }
        }
        return item;
    }

    private List<ItemRows.Row> labeledRows() {
        return ItemRows.read(this, true);
    }

    private static String label(ItemRows.Row row) {
        return row.fields().get(row.fields().size() - 1).strip();
    }

    /** Whether a row has a label, and all that cannot be missing. */
    private boolean complete(ItemRows.Row row) {
        int needed = columns.images().size() + columns.texts().size();
        return !label(row).isEmpty() && row.fields().subList(0, needed).stream().noneMatch(String::isBlank);
    }

    private Read labeled(List<ItemRows.Row> rows, List<String> classNames) {
        List<ItemRows.Row> used = rows.stream().filter(this::complete).toList();
        long first = rows.stream()
                .filter(row -> !complete(row))
                .mapToLong(ItemRows.Row::line)
                .findFirst()
                .orElse(0);
        int[] labels =
                used.stream().mapToInt(row -> classNames.indexOf(label(row))).toArray();
        LabeledItems items = LabeledItems.of(name(), classNames, labels);
        // What costs nothing to check comes first.
        for (String column : columns.numbers()) {
            double[] numbers = used.stream()
                    .mapToDouble(row -> number(row, column, field(row, column)))
                    .toArray();
            String far = Outliers.sentence(
                    numbers, i -> path + ", line " + used.get(i).line() + ", column " + column);
            if (far != null) {
                LOG.warn("{}", far);
            }
            items = items.withNumbers(column, numbers);
        }
        for (String column : columns.categories()) {
            items = items.withCategories(
                    column, used.stream().map(row -> field(row, column).strip()).toList());
        }
        for (String column : columns.texts()) {
            items = items.withTexts(
                    column, used.stream().map(row -> field(row, column)).toList());
        }
        for (String column : columns.images()) {
            WrittenPaths paths = new WrittenPaths(folder());
            List<String> files = used.stream()
                    .map(row -> file(row, column, field(row, column), paths))
                    .toList();
            say(paths);
            LabeledFiles images = ImageManifest.listed(name(), classNames, folder(), files, labels);
            requireReadable(images, used, column);
            items = items.withImages(column, images);
        }
        Read read = new Read(items, rows.size() - used.size(), first);
        read.warnings().forEach(warning -> LOG.warn("{}: {}", path, warning));
        return read;
    }

    private void requireReadable(LabeledFiles images, List<ItemRows.Row> rows, String column) {
        ImageScan scan = ImageScan.of(images);
        scan.summary().forEach(line -> LOG.warn("{}", line));
        List<ImageScan.Remark> bad = scan.unreadable();
        if (!bad.isEmpty()) {
            ImageScan.Remark first = bad.get(0);
            throw new DataException(Problem.of("An item's image cannot be used.")
                    .where(path + ", line " + rows.get(first.index()).line() + ", column " + column)
                    .expected("the path of a whole image file, relative to " + folder())
                    .found(first.file() + ": " + first.reason()
                            + (bad.size() > 1 ? "; and " + (bad.size() - 1) + " more" : ""))
                    .fix("replace the file, or take the row out" + (first.fix().isEmpty() ? "" : "; " + first.fix())));
        }
    }

    private String field(ItemRows.Row row, String column) {
        return row.fields().get(columns.all().indexOf(column));
    }

    private void say(WrittenPaths paths) {
        paths.notes().forEach(note -> LOG.warn("{}: {}", path, note));
    }

    private String file(ItemRows.Row row, String column, String field, WrittenPaths paths) {
        if (field.isBlank()) {
            throw broken(row, column, "the path of an image file", "nothing");
        }
        return paths.read(field, path + ", line " + row.line() + ", column " + column);
    }

    private double number(ItemRows.Row row, String column, String field) {
        String text = field.strip();
        if (text.isEmpty()) {
            return Double.NaN;
        }
        if (text.length() > LONGEST_NUMBER) {
            throw broken(
                    row,
                    column,
                    "a number of at most " + LONGEST_NUMBER + " characters",
                    text.length() + " characters");
        }
        try {
            // Java's own parser takes 1d and 0x1p3 for numbers, and Infinity.
            double value = new BigDecimal(text).doubleValue();
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw broken(row, column, "a number such as 12.5, or nothing if it is missing", "'" + Excerpt.of(text) + "'");
    }

    private DataException broken(ItemRows.Row row, String column, String expected, String found) {
        return new DataException(Problem.of("A value in a file of items cannot be used.")
                .where(path + ", line " + row.line() + ", column " + column)
                .expected(expected)
                .found(found)
                .fix("mend the value, or take the row out"));
    }

    private Path folder() {
        Path parent = path.toAbsolutePath().getParent();
        return parent == null ? path.toAbsolutePath() : parent;
    }

    private String name() {
        Path name = path.getFileName();
        String shown = name == null ? path.toString() : name.toString();
        int dot = shown.lastIndexOf('.');
        return dot > 0 ? shown.substring(0, dot) : shown;
    }
}
