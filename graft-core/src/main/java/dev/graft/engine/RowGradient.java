package dev.graft.engine;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A table's gradient in one step: the rows that were looked up, each once. */
final class RowGradient {
    private final int width;
    private final Map<Integer, float[]> rows = new HashMap<>();

    RowGradient(int width) {
        this.width = width;
    }

    /** Adds a gradient for each place, (places, width), in order. */
    void add(long[] places, float[] gradient) {
        for (int i = 0; i < places.length; i++) {
            int from = i * width;
            float[] row = rows.get((int) places[i]);
            if (row == null) {
                rows.put((int) places[i], Arrays.copyOfRange(gradient, from, from + width));
                continue;
            }
            for (int k = 0; k < width; k++) {
                row[k] += gradient[from + k];
            }
        }
    }

    /** The rows that have a gradient. */
    Set<Integer> places() {
        return rows.keySet();
    }

    /** A row's gradient; null for zeros. */
    float @Nullable [] row(int place) {
        return rows.get(place);
    }

    /** The sum of all squares; row after row, so that it does not depend on the order of a map. */
    double squares() {
        double sum = 0;
        for (int place : rows.keySet().stream().sorted().toList()) {
            for (float value : Objects.requireNonNull(rows.get(place))) {
                sum += (double) value * value;
            }
        }
        return sum;
    }
}
