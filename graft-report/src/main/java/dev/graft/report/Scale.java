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
    private static final int MOST_TICKS_FOR_EACH = 3;
    private static final double PLAIN_FROM = 1e-3;
    private static final double PLAIN_TO = 1e5;

    /**
     * The nearest value inside the range; what is not finite is NaN. A dashed line to a place far outside of a picture takes
     * Java as long as all its dashes.
     */
    double within(double value) {
        return Double.isFinite(value) ? Math.max(low, Math.min(high, value)) : Double.NaN;
    }

    /** The place of a value; values outside the range lie on its edge, and NaN stays NaN. */
    double at(double value) {
        double share = (Math.max(low, Math.min(high, value)) - low) / (high - low);
        return from + share * (to - from);
    }

    /**
     * The power of ten to divide values by so that they have few digits; 1 where they have few already. Not every program
     * that draws numbers comes to an end with very large or very small ones.
     */
    double unit() {
        double largest = Math.max(Math.abs(low), Math.abs(high));
        if (!(largest > 0) || (largest >= PLAIN_FROM && largest < PLAIN_TO)) {
            return 1;
        }
        // 10 to the power of -324 is no number any more.
        return Math.pow(10, Math.max(-300, Math.floor(Math.log10(largest))));
    }

    /** Returns a scale of these values over other places. */
    Scale over(double newFrom, double newTo) {
        return new Scale(low, high, newFrom, newTo);
    }

    /**
     * About so many round values inside the range; fewer, or none, where numbers lie too close to each other to tell more
     * apart.
     */
    List<Double> ticks(int about) {
        double step = step(about);
        List<Double> ticks = new ArrayList<>();
        if (!(step > 0) || Double.isInfinite(step)) {
            return ticks;
        }
        double first = Math.ceil(low / step - 1e-9);
        double last = Double.NaN;
        // Never more than a handful, whatever the range: a step may be too small to move a large number at all.
        for (int i = 0; i <= MOST_TICKS_FOR_EACH * Math.max(1, about); i++) {
            double tick = (first + i) * step;
            if (!(tick <= high + step * 1e-9) || Double.isInfinite(tick)) {
                break;
            }
            if (tick != last) {
                ticks.add(tick);
            }
            last = tick;
        }
        return ticks;
    }

    /** The distance between the {@link #ticks}: 1, 2 or 5 times a power of ten. */
    double step(int about) {
        int parts = Math.max(1, about);
        double length = high - low;
        double raw = Double.isInfinite(length) ? high / parts - low / parts : length / parts;
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

    /**
     * A range for measures that are 1 at best and may be below 0, such as R²: that of accuracies while none is, else down to
     * the round value below the lowest.
     */
    static Scale scores(DoubleStream values) {
        double[] finite = values.filter(Double::isFinite).toArray();
        double lowest = DoubleStream.of(finite).min().orElse(0);
        if (lowest >= 0) {
            return accuracies(DoubleStream.of(finite));
        }
        double step = new Scale(lowest, 1, 0, 1).step(5);
        double low = Math.floor(lowest / step) * step;
        return new Scale(Double.isFinite(low) ? low : -Double.MAX_VALUE, 1, 0, 1);
    }

    /** A range for losses: from 0 to above the highest. */
    static Scale losses(DoubleStream values) {
        double highest = values.filter(Double::isFinite).max().orElse(1);
        // Below the smallest normal number there are too few digits left for an axis.
        return new Scale(0, highest > Double.MIN_NORMAL ? Math.min(highest * 1.05, Double.MAX_VALUE) : 1, 0, 1);
    }
}
