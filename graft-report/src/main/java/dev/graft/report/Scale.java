package dev.graft.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Maps values to places in a picture, linearly.
 *
 * @param low the value at {@code from}
 * @param high the value at {@code to}, above {@code low}
 * @param from the place of the lowest value
 * @param to the place of the highest value
 */
record Scale(double low, double high, double from, double to) {
    /** The place of a value; values outside the range lie on its edge, and NaN stays NaN. */
    double at(double value) {
        double share = (Math.max(low, Math.min(high, value)) - low) / (high - low);
        return from + share * (to - from);
    }

    /** The same values over other places. */
    Scale over(double newFrom, double newTo) {
        return new Scale(low, high, newFrom, newTo);
    }

    /** About so many round values inside the range. */
    List<Double> ticks(int about) {
        double step = step(about);
        List<Double> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    /** The distance between the {@link #ticks}: 1, 2 or 5 times a power of ten. */
    double step(int about) {
        double raw = (high - low) / Math.max(1, about);
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double share = raw / power;
        return power * (share <= 1.0 ? 1 : share <= 2.0 ? 2 : share <= 5.0 ? 5 : 10);
    }

    /** A range for accuracies: up to 1, and down to the tenth below the lowest, a fifth long at least. */
    static Scale accuracies(DoubleStream values) {
        double lowest = values.filter(Double::isFinite).min().orElse(0);
        double tenths = Math.floor(Math.min(lowest, 1) * 10 - 1e-9);
        return new Scale(Math.max(0, Math.min(8, tenths) / 10), 1, 0, 1);
    }

    /** A range for losses: from 0 to above the highest. */
    static Scale losses(DoubleStream values) {
        double highest = values.filter(Double::isFinite).max().orElse(1);
        return new Scale(0, highest > 0 ? highest * 1.05 : 1, 0, 1);
    }
}
