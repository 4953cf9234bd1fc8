package dev.graft.training;

import dev.graft.data.CsvField;
import dev.graft.data.LabeledExamples;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.feature.Rows;
import dev.graft.storage.FileGroup;
import dev.graft.targets.Numbers;
import dev.graft.targets.TargetKind;
import dev.graft.targets.Targets;
import dev.graft.weights.NpyHeader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Features as a file for other programs: a row for each example, written row by row. */
public final class FeatureTable {
    private FeatureTable() {}

    /** The file formats. */
    public enum Format {
        /** NumPy's own, version 1.0: (examples, features), little-endian float32. */
        NPY,
        /** Numbers separated by commas, after a header f0, f1, … */
        CSV;

        /**
         * The format that a file's name asks for.
         *
         * @throws SettingsException if its ending is none of these
         */
        public static Format of(Path file) {
            String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
            for (Format format : values()) {
                if (name.endsWith("." + format.name().toLowerCase(Locale.ROOT))) {
                    return format;
                }
            }
            throw new SettingsException(Problem.of("Features cannot be written to a file of this kind.")
                    .where(file)
                    .expected("a name that ends in .npy or .csv")
                    .fix("give such a name"));
        }
    }

    /**
     * Refuses what {@link #write} would refuse; reads and computes nothing.
     *
     * @param file the file for the features
     * @param overwrite whether what Graft wrote may be replaced
     * @throws SettingsException if its ending is none of a {@link Format}, or one of the files is there and may not be
     *     replaced
     */
    public static void requireReplaceable(Path file, boolean overwrite) {
        Format.of(file);
        files(file).requireReplaceable(overwrite);
    }

    /**
     * Writes the parts, joined row by row, and beside them the labels of the rows, in their order: the columns label and
     * class. Both appear whole or not at all, with a record beside them, {@code NAME.graft.json}, that tells Graft's files
     * from others.
     *
     * @param file the file for the features
     * @param overwrite whether files that Graft wrote may be replaced; others never are
     * @return the number of features in a row
     * @throws SettingsException if one of the files is there and may not be replaced
     * @throws dev.graft.error.StorageException if they cannot be written
     */
    public static int write(Path file, List<Rows> parts, LabeledExamples data, boolean overwrite) {
        Format format = Format.of(file);
        int width = parts.stream().mapToInt(Rows::width).sum();
        files(file).write(overwrite, into -> {
            into.stream(name(file), stream -> writeFeatures(stream, format, parts, data.size(), width));
            into.stream(name(labels(file)), stream -> writeLabels(stream, data));
        });
        return width;
    }

    /** The file for the labels, beside the one for the features. */
    public static Path labels(Path file) {
        return file.resolveSibling(stem(file) + ".labels.csv");
    }

    private static FileGroup files(Path file) {
        return new FileGroup(file.resolveSibling(stem(file) + ".graft.json"), List.of(name(file), name(labels(file))));
    }

    private static String stem(Path file) {
        String name = name(file);
        return name.substring(0, name.lastIndexOf('.'));
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static void writeFeatures(OutputStream stream, Format format, List<Rows> parts, int rows, int width)
            throws IOException {
        stream.write(
                format == Format.NPY
                        ? NpyHeader.float32(rows, width)
                        : csvHeader(width).getBytes(StandardCharsets.US_ASCII));
        float[] row = new float[width];
        for (int i = 0; i < rows; i++) {
            int start = 0;
            for (Rows part : parts) {
                part.read(i, row, start);
                start += part.width();
            }
            write(stream, format, row);
        }
    }

    private static void write(OutputStream stream, Format format, float[] row) throws IOException {
        if (format == Format.NPY) {
            ByteBuffer bytes = ByteBuffer.allocate(4 * row.length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(row);
            stream.write(bytes.array());
            return;
        }
        StringBuilder line = new StringBuilder();
        for (float value : row) {
            line.append(line.isEmpty() ? "" : ",").append(value);
        }
        stream.write(line.append('\n').toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static String csvHeader(int width) {
        StringBuilder header = new StringBuilder();
        for (int i = 0; i < width; i++) {
            header.append(i == 0 ? "f" : ",f").append(i);
        }
        return header.append('\n').toString();
    }

    /**
     * The class or grade by its number, and its name as {@link CsvField} has it, so that no spreadsheet takes one for a formula; of labels
     * and numbers a column for each.
     */
    private static void writeLabels(OutputStream stream, LabeledExamples data) throws IOException {
        Targets targets = data.targets();
        TargetKind kind = targets.kind();
        String header = kind.isOneOfNames()
                ? "label,class"
                : kind.names().stream().map(CsvField::of).collect(Collectors.joining(","));
        stream.write((header + "\n").getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < targets.size(); i++) {
            StringBuilder line = new StringBuilder();
            if (kind.isOneOfNames()) {
                int label = targets.label(i);
                line.append(label).append(',').append(CsvField.of(kind.names().get(label)));
            } else {
                for (int place = 0; place < kind.width(); place++) {
                    double value = targets.value(i, place);
                    line.append(place == 0 ? "" : ",");
                    line.append(kind instanceof Numbers ? Double.toString(value) : Integer.toString((int) value));
                }
            }
            stream.write(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
        }
    }
}
