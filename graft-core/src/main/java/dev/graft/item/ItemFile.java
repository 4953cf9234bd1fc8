package dev.graft.item;

import dev.graft.data.Item;
import dev.graft.data.LabeledItems;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.image.ImageFiles;
import dev.graft.image.ImageManifest;
import dev.graft.image.ImageScan;
import dev.graft.image.LabeledFiles;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * A CSV file of items: a row each, with columns of image paths, texts, numbers and categories, and one of labels. Labels are
 * text, also where they look like numbers, and classes are taken in the order of text. Every image is decoded once when the
 * file is read, so that a bad one is found before any training.
 *
 * @param path the file, its first line the columns' names
 * @param columns which columns are read
 * @param labelColumn the column of the labels
 * @param charset its encoding
 */
public record ItemFile(Path path, ItemColumns columns, String labelColumn, Charset charset) {
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
     * Reads all rows; the classes are those that they name.
     *
     * @throws DataException if the file cannot be read, a column is missing, a row is broken, a number is none, an image
     *     cannot be decoded, or there are fewer than two classes
     */
    public Read read() {
        List<CsvTable.Row> rows = labeledRows();
        TreeSet<String> names = new TreeSet<>();
        rows.stream().filter(this::complete).forEach(row -> names.add(label(row)));
        if (names.size() < 2) {
            throw new DataException(Problem.of("A file of items has fewer than two classes to learn.")
                    .where(path)
                    .expected("two different labels or more")
                    .found(names.isEmpty() ? "no usable row" : "'" + names.first() + "' alone")
                    .fix("add items of another class; one class leaves nothing to tell apart"));
        }
        return labeled(rows, List.copyOf(names));
    }

    /**
     * Reads all rows as items of classes that are known, such as a bundle's.
     *
     * @throws DataException as {@link #read()}; also if a row names another class
     */
    public Read read(List<String> classNames) {
        List<CsvTable.Row> rows = labeledRows();
        for (CsvTable.Row row : rows) {
            if (complete(row) && !classNames.contains(label(row))) {
                throw new DataException(Problem.of("An item is of a class that is not known.")
                        .where(path + ", line " + row.line())
                        .expected(String.join(", ", classNames))
                        .found(label(row))
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
        for (CsvTable.Row row : CsvTable.read(path, charset, columns.all()).rows()) {
            items.add(item(row));
        }
        return items;
    }

    private Item item(CsvTable.Row row) {
        Item item = Item.empty();
        for (int i = 0; i < columns.all().size(); i++) {
            String column = columns.all().get(i);
            String field = row.fields().get(i);
            if (columns.images().contains(column)) {
                String file = file(row, column, field);
                item = item.withImage(column, ImageFiles.read(folder().resolve(file)));
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

    private List<CsvTable.Row> labeledRows() {
        List<String> wanted = new ArrayList<>(columns.all());
        wanted.add(labelColumn);
        return CsvTable.read(path, charset, wanted).rows();
    }

    private static String label(CsvTable.Row row) {
        return row.fields().get(row.fields().size() - 1).strip();
    }

    /** Whether a row has a label, and all that cannot be missing. */
    private boolean complete(CsvTable.Row row) {
        int needed = columns.images().size() + columns.texts().size();
        return !label(row).isEmpty() && row.fields().subList(0, needed).stream().noneMatch(String::isBlank);
    }

    private Read labeled(List<CsvTable.Row> rows, List<String> classNames) {
        List<CsvTable.Row> used = rows.stream().filter(this::complete).toList();
        long first = rows.stream()
                .filter(row -> !complete(row))
                .mapToLong(CsvTable.Row::line)
                .findFirst()
                .orElse(0);
        int[] labels =
                used.stream().mapToInt(row -> classNames.indexOf(label(row))).toArray();
        LabeledItems items = LabeledItems.of(name(), classNames, labels);
        // What costs nothing to check comes first.
        for (String column : columns.numbers()) {
            items = items.withNumbers(
                    column,
                    used.stream()
                            .mapToDouble(row -> number(row, column, field(row, column)))
                            .toArray());
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
            List<String> files = used.stream()
                    .map(row -> file(row, column, field(row, column)))
                    .toList();
            LabeledFiles images = ImageManifest.listed(name(), classNames, folder(), files, labels);
            requireReadable(images, used, column);
            items = items.withImages(column, images);
        }
        return new Read(items, rows.size() - used.size(), first);
    }

    private void requireReadable(LabeledFiles images, List<CsvTable.Row> rows, String column) {
        List<ImageScan.Remark> bad = ImageScan.of(images).unreadable();
        if (!bad.isEmpty()) {
            ImageScan.Remark first = bad.get(0);
            throw new DataException(Problem.of("An item's image cannot be used.")
                    .where(path + ", line " + rows.get(first.index()).line() + ", column " + column)
                    .expected("the path of a whole image file, relative to " + folder())
                    .found(first.file() + ": " + first.reason()
                            + (bad.size() > 1 ? "; and " + (bad.size() - 1) + " more" : ""))
                    .fix("replace the file, or take the row out"));
        }
    }

    private String field(CsvTable.Row row, String column) {
        return row.fields().get(columns.all().indexOf(column));
    }

    private String file(CsvTable.Row row, String column, String field) {
        try {
            String file = Path.of(field.strip()).toString();
            if (file.isEmpty()) {
                throw broken(row, column, "the path of an image file", "nothing");
            }
            return file;
        } catch (InvalidPathException e) {
            throw broken(row, column, "the path of an image file", String.valueOf(e.getMessage()));
        }
    }

    private double number(CsvTable.Row row, String column, String field) {
        String text = field.strip();
        if (text.isEmpty()) {
            return Double.NaN;
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
        throw broken(row, column, "a number such as 12.5, or nothing if it is missing", "'" + text + "'");
    }

    private DataException broken(CsvTable.Row row, String column, String expected, String found) {
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
