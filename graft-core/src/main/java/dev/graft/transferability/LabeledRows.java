package dev.graft.transferability;

import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;

/** Rows of features with their labels, checked; read in float64, less a mean if there is one. */
@SuppressWarnings("ArrayRecordComponent")
record LabeledRows(float[] values, int width, int[] labels, int classes, double[] mean) {
    static LabeledRows of(float[] values, int width, int[] labels, int classes) {
        require(width >= 1, "values in a row", "at least 1", width);
        require(classes >= 2, "classes", "at least 2", classes);
        require(
                values.length == (long) width * labels.length,
                "rows",
                labels.length + " labels x " + width + " values",
                values.length + " values");
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new DataException(Problem.of("A transferability score needs finite values.")
                        .where("row " + i / width + ", value " + i % width)
                        .found(values[i])
                        .fix("check the source model's weights and its preprocessing"));
            }
        }
        LabeledRows rows = new LabeledRows(values, width, labels, classes, new double[width]);
        rows.requireTwoClasses();
        return rows;
    }

    private void requireTwoClasses() {
        for (int row = 0; row < labels.length; row++) {
            if (labels[row] < 0 || labels[row] >= classes) {
                throw new DataException(Problem.of("A label is out of range.")
                        .where("row " + row)
                        .expected("0 to " + (classes - 1))
                        .found(labels[row]));
            }
        }
        int present = 0;
        for (int size : sizes()) {
            present += size > 0 ? 1 : 0;
        }
        if (present < 2) {
            throw new DataException(Problem.of("A transferability score compares classes.")
                    .expected("rows of at least 2 classes")
                    .found(labels.length + " rows of " + present)
                    .fix("give rows of other classes too"));
        }
    }

    int count() {
        return labels.length;
    }

    /** How many rows each class has. */
    int[] sizes() {
        int[] sizes = new int[classes];
        for (int label : labels) {
            sizes[label]++;
        }
        return sizes;
    }

    /** Copies a row. */
    void read(int row, double[] into) {
        int offset = row * width;
        for (int f = 0; f < width; f++) {
            into[f] = values[offset + f] - mean[f];
        }
    }

    /** Returns the rows less their mean. */
    LabeledRows centred() {
        double[] sums = new double[width];
        for (int i = 0; i < values.length; i++) {
            sums[i % width] += values[i];
        }
        for (int f = 0; f < width; f++) {
            sums[f] /= count();
        }
        return new LabeledRows(values, width, labels, classes, sums);
    }

    private static void require(boolean holds, String argument, String expected, Object found) {
        if (!holds) {
            throw new SettingsException(
                    Problem.of("The rows of a transferability score have another size than it was told.")
                            .where(argument)
                            .expected(expected)
                            .found(found));
        }
    }
}
