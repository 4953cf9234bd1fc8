package dev.graft.training;

import dev.graft.data.LabeledExamples;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.feature.Rows;
import dev.graft.weights.AtomicFiles;
import dev.graft.weights.NpyHeader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

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
     * Writes the parts, joined row by row; whole or not at all.
     *
     * @return the number of features in a row
     * @throws dev.graft.error.StorageException if the file cannot be written
     */
    public static int write(Path file, Format format, List<Rows> parts, int rows) {
        int width = parts.stream().mapToInt(Rows::width).sum();
        AtomicFiles.stream(file, stream -> {
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
        });
        return width;
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

    /** Writes the labels of the rows, in their order: the columns label and class. */
    public static void writeLabels(Path file, LabeledExamples data) {
        AtomicFiles.stream(file, stream -> {
            stream.write("label,class\n".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < data.size(); i++) {
                int label = data.label(i);
                stream.write(
                        (label + "," + quoted(data.classNames().get(label)) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    /** As RFC 4180 has it. */
    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
