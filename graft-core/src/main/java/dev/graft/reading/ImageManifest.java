package dev.graft.reading;

import dev.graft.error.DataException;
import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A table that lists images, as {@link TableFile} reads it: the columns {@code path}, relative to the table's own folder, and
 * {@code label}, a class's name, or others that people usually call so; optionally {@code split}, one of {@code train},
 * {@code val} and {@code test}. Other columns are left alone. Labels are text, also where they look like numbers, and classes are taken in the order of text.
 */
public final class ImageManifest {
    private ImageManifest() {}

    /**
     * Reads a manifest in UTF-8, whatever the split column says.
     *
     * @throws DataException if it cannot be read, a column is missing, a row has too many or too few fields, a quote is
     *     never closed, or there are fewer than two classes
     */
    public static LabeledFiles of(Path csv) {
        return of(csv, StandardCharsets.UTF_8);
    }

    /** Reads a manifest in another encoding. */
    public static LabeledFiles of(Path csv, Charset charset) {
        ManifestRows rows = ManifestRows.read(TableFile.of(csv).withCharset(charset), null);
        return files(csv, rows, rows.rows(), classNames(csv, rows.rows()));
    }

    /**
     * Reads a manifest divided by its split column; without one, all is training data.
     *
     * @throws DataException as {@link #of(Path)}; also if a part has classes that the training part lacks
     */
    public static ImageDataset dataset(Path csv, Charset charset) {
        return dataset(TableFile.of(csv).withCharset(charset), null);
    }

    /**
     * Reads a manifest divided by its split column; without one, all is training data.
     *
     * @param labelColumn the column of the labels; null for the one with a usual name
     * @throws DataException as {@link #of(Path)}; also if a part has classes that the training part lacks
     */
    public static ImageDataset dataset(TableFile table, @Nullable String labelColumn) {
        Path csv = table.path();
        ManifestRows rows = ManifestRows.read(table, labelColumn);
        List<ManifestRows.Row> train = rows.of(Part.TRAIN);
        List<String> classNames = classNames(csv, train);
        return ImageDataset.said(new ImageDataset(
                files(csv, rows, train, classNames),
                part(csv, rows, Part.VALIDATION, classNames),
                part(csv, rows, Part.TEST, classNames)));
    }

    /**
     * Images in files that another list names.
     *
     * @param folder what the files' names are relative to
     * @param files one for each label
     */
    public static LabeledFiles listed(
            String name, List<String> classNames, Path folder, List<String> files, int[] labels) {
        Listing listing = new Listing(files.size(), 0, 0, List.of());
        return FileImages.all(
                new FileList(name, classNames, List.of(folder), files.toArray(String[]::new), labels.clone(), listing));
    }

    /**
     * All rows, whatever part they belong to, as data that judges a task whose classes are known.
     *
     * @param labelColumn the column of the labels; null for the one with a usual name
     * @throws DataException as {@link #of(Path)}; also if a row names another class
     */
    public static LabeledFiles judging(TableFile table, @Nullable String labelColumn, List<String> classNames) {
        Path csv = table.path();
        ManifestRows rows = ManifestRows.read(table, labelColumn);
        requireKnown(csv, rows.rows(), classNames);
        return files(csv, rows, rows.rows(), classNames);
    }

    private static @Nullable LabeledFiles part(Path csv, ManifestRows rows, Part part, List<String> classNames) {
        List<ManifestRows.Row> chosen = rows.of(part);
        requireKnown(csv, chosen, classNames);
        return chosen.isEmpty() ? null : files(csv, rows, chosen, classNames);
    }

    private static void requireKnown(Path csv, List<ManifestRows.Row> rows, List<String> classNames) {
        for (ManifestRows.Row row : rows) {
            if (!classNames.contains(row.label())) {
                throw new DataException(Problem.of("A part of the data has a class that the training part lacks.")
                        .where(csv + ", line " + row.line())
                        .expected(Excerpt.list(classNames))
                        .found(Excerpt.of(row.label()))
                        .fix("add training images of this class, or remove its rows here"));
            }
        }
    }

    private static List<String> classNames(Path csv, List<ManifestRows.Row> rows) {
        TreeSet<String> names = new TreeSet<>();
        rows.forEach(row -> names.add(row.label()));
        if (names.size() < 2) {
            throw new DataException(Problem.of("A list of images has fewer than two classes to learn.")
                    .where(csv)
                    .expected("two different labels or more")
                    .found(names.isEmpty() ? "no usable row" : "'" + Excerpt.of(names.first()) + "' alone")
                    .fix("add images of another class; one class leaves nothing to tell apart"));
        }
        return List.copyOf(names);
    }

    private static LabeledFiles files(
            Path csv, ManifestRows all, List<ManifestRows.Row> rows, List<String> classNames) {
        int[] labels = new int[rows.size()];
        int[] counts = new int[classNames.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = classNames.indexOf(rows.get(i).label());
            counts[labels[i]]++;
        }
        List<String> warnings = new ArrayList<>(ClassBalance.warnings(classNames, counts));
        if (all.rejected() > 0) {
            warnings.add(all.rejected() + " rows without a path or a label were left out, the first in line "
                    + all.firstRejected());
        }
        Path folder = csv.toAbsolutePath().getParent();
        return FileImages.all(new FileList(
                ImageFolder.name(csv),
                classNames,
                List.of(folder == null ? Path.of("") : folder),
                rows.stream().map(ManifestRows.Row::path).toArray(String[]::new),
                labels,
                new Listing(rows.size() + all.rejected(), all.rejected(), 0, warnings)));
    }
}
