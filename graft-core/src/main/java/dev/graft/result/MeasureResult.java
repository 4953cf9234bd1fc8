package dev.graft.result;

import org.jspecify.annotations.Nullable;

/**
 * A measure of how well targets are told, such as R².
 *
 * @param name its name, such as {@code micro F1}
 * @param value its value
 * @param interval 95% interval; null where none was measured
 * @param unit the unit of the value, such as the name of a number; empty for shares and counts
 */
public record MeasureResult(
        String name, double value, @Nullable Interval interval, String unit) {
    /** A share without an interval. */
    public static MeasureResult of(String name, double value) {
        return new MeasureResult(name, value, null, "");
    }
}
