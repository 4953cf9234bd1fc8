package dev.graft.curation;

import dev.graft.data.CsvField;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.reading.ItemColumns;
import dev.graft.reading.LabeledTable;
import dev.graft.reading.PartlyLabeled;
import dev.graft.storage.FileGroup;
import dev.graft.targets.LabelSet;
import dev.graft.targets.Numbers;
import dev.graft.targets.TargetKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A list of examples that are to be labelled, and a page that shows them: a CSV file with the columns path and label, or text and
 * label, whose labels are open; for several numbers a column of each takes the place of the label. Once they are filled in, whatever reads labelled examples reads it, and nothing replaces it.
 */
public final class LabelList {
    private static final String PATH = "path";
    private static final String TEXT = "text";
    private static final List<String> LABEL = List.of("label");

    private LabelList() {}

    /**
     * Refuses what {@link #write} would refuse; writes nothing.
     *
     * @param file the list
     * @param overwrite whether a list without labels that Graft wrote may be replaced
     * @throws SettingsException if its name does not end in .csv, it holds labels, or it is there and may not be replaced
     */
    public static void requireReplaceable(Path file, boolean overwrite) {
        String name = String.valueOf(file.getFileName());
        if (!name.endsWith(".csv")) {
            throw new SettingsException(Problem.of("A list of examples to be labelled is a CSV file.")
                    .where(file)
                    .expected("a name that ends in .csv")
                    .found(name)
                    .fix("give such a name"));
        }
        if (Files.isRegularFile(file)) {
            int labels = labels(file);
            if (labels > 0) {
                throw new SettingsException(Problem.of("The list holds labels already, and is never replaced.")
                        .where(file.toAbsolutePath())
                        .expected("no file of that name yet, or a list without labels")
                        .found(labels + (labels == 1 ? " label" : " labels"))
                        .fix("choose another name"));
            }
        }
        files(file).requireReplaceable(overwrite);
    }

    private static int labels(Path file) {
        try {
            LabeledTable table = LabeledTable.of(file);
            List<String> columns = table.columnNames();
            return (columns.size() > 2 ? new Form(columns.subList(1, columns.size()), "").table(file) : table)
                    .partlyLabeled()
                    .labeledCount();
        } catch (DataException e) {
            // It is no list, and not replaced either unless Graft wrote it.
            return 0;
        }
    }

    /**
     * What is to be filled in.
     *
     * @param columns the columns of labels: one of its own for each of several numbers, else one alone, in whose cells several labels stand
     *     together
     * @param open what stands in the cells until then: nothing, or, where an empty cell says that an example has no label, a question mark
     */
    public record Form(List<String> columns, String open) {
        /** A class for each example. */
        public static final Form OF_CLASSES = new Form(LABEL, "");

        /** Copies the list. */
        public Form {
            columns = List.copyOf(columns);
        }

        /** That of examples for a network. */
        public static Form of(TargetKind kind) {
            if (kind instanceof LabelSet) {
                return new Form(LABEL, PartlyLabeled.OPEN);
            }
            return kind instanceof Numbers && kind.width() > 1 ? new Form(kind.names(), "") : OF_CLASSES;
        }

        /** How it is filled in, in a sentence. */
        public String help() {
            return "Fill in the column" + (columns.size() > 1 ? "s " : " ") + String.join(", ", columns)
                    + (open.isEmpty()
                            ? ""
                            : ", with ; between several labels; nothing in place of the " + open
                                    + " says that an example has none of them")
                    + ".";
        }

        /**
         * A list as a table.
         *
         * @throws DataException if it cannot be read
         */
        public LabeledTable table(Path file) {
            LabeledTable table = LabeledTable.of(file);
            if (columns.equals(LABEL)) {
                return table;
            }
            // Were it not for that, columns of numbers would be parts of items.
            List<String> all = table.columnNames();
            ItemColumns first =
                    !all.isEmpty() && all.get(0).equals(TEXT) ? ItemColumns.text(TEXT) : ItemColumns.image(PATH);
            return table.withColumns(first).withLabels(columns);
        }
    }

    /**
     * Writes the list and its page, both or none.
     *
     * @param file the list
     * @param column what its first column is called: path or text
     * @param form what is to be filled in
     * @param values of each example its path or its text
     * @param page the page, in HTML
     * @param overwrite whether a list without labels that Graft wrote may be replaced
     * @throws SettingsException as {@link #requireReplaceable}
     * @throws dev.graft.error.StorageException if they cannot be written
     */
    public static void write(Path file, String column, Form form, List<String> values, String page, boolean overwrite) {
        requireReplaceable(file, overwrite);
        StringBuilder lines = new StringBuilder(column);
        form.columns().forEach(name -> lines.append(',').append(CsvField.of(name)));
        lines.append('\n');
        String cells = ("," + form.open()).repeat(form.columns().size());
        values.forEach(value -> lines.append(CsvField.of(value)).append(cells).append('\n'));
        files(file).write(overwrite, into -> {
            into.write(name(file), lines.toString());
            into.write(name(page(file)), page);
        });
    }

    /** Where the page of a list lies, beside it. */
    public static Path page(Path file) {
        return file.resolveSibling(stem(file) + ".html");
    }

    /**
     * A path as the list has it: relative to the list's folder where it lies there or below, else absolute.
     *
     * @param file the list
     * @param picture a picture's file
     */
    public static String path(Path file, Path picture) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        Path absolute = picture.toAbsolutePath().normalize();
        String path =
                (folder != null && absolute.startsWith(folder) ? folder.relativize(absolute) : absolute).toString();
        // What looks like a formula would get an apostrophe.
        return CsvField.of(path).startsWith("'") ? Path.of(".", path).toString() : path;
    }

    private static FileGroup files(Path file) {
        return new FileGroup(file.resolveSibling(stem(file) + ".graft.json"), List.of(name(file), name(page(file))));
    }

    private static String stem(Path file) {
        String name = name(file);
        return name.endsWith(".csv") ? name.substring(0, name.length() - ".csv".length()) : name;
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
