package dev.graft.curation;

import dev.graft.data.CsvField;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.reading.LabeledTable;
import dev.graft.storage.FileGroup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A list of examples that are to be labelled, and a page that shows them: a CSV file with the columns path and label, or text and
 * label, whose labels are empty. Once they are filled in, whatever reads labelled examples reads it, and nothing replaces it.
 */
public final class LabelList {
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
            return LabeledTable.of(file).partlyLabeled().labeledCount();
        } catch (DataException e) {
            // It is no list, and not replaced either unless Graft wrote it.
            return 0;
        }
    }

    /**
     * Writes the list and its page, both or none.
     *
     * @param file the list
     * @param column what its first column is called: path or text
     * @param values of each example its path or its text
     * @param page the page, in HTML
     * @param overwrite whether a list without labels that Graft wrote may be replaced
     * @throws SettingsException as {@link #requireReplaceable}
     * @throws dev.graft.error.StorageException if they cannot be written
     */
    public static void write(Path file, String column, List<String> values, String page, boolean overwrite) {
        requireReplaceable(file, overwrite);
        StringBuilder lines = new StringBuilder(column).append(",label\n");
        values.forEach(value -> lines.append(CsvField.of(value)).append(",\n"));
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
