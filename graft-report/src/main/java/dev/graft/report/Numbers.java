package dev.graft.report;

import dev.graft.result.Interval;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes numbers the same way everywhere: a point, never a comma, for the fraction, and a dash for what is missing. */
final class Numbers {
    /** Stands for a number that was not measured. */
    static final String MISSING = "–";

    private static final double ROUNDS_TO_ZERO = 0.0005;
    private static final double LONG_NUMBER = 1e6;
    private static final double LONGEST_NUMBER = 1e9;
    private static final double SHORT_STEP = 1e-6;

    private Numbers() {}

    /** An accuracy or another ratio from 0 to 1: three decimals. */
    static String ratio(double value) {
        return Double.isFinite(value) ? fixed(value, 3) : MISSING;
    }

    /** A loss in nats: four decimals, fewer when it is large. */
    static String loss(double value) {
        if (Math.abs(value) >= LONG_NUMBER && Double.isFinite(value)) {
            return scientific(value);
        }
        return Double.isFinite(value) ? fixed(value, Math.abs(value) < 100 ? 4 : 1) : MISSING;
    }

    /** A transferability score: three decimals, a dash where it was not measured. */
    static String score(@Nullable Double value) {
        return value == null || !Double.isFinite(value) ? MISSING : fixed(value, 3);
    }

    /** A difference of accuracies, with its sign. */
    static String difference(double value) {
        if (!Double.isFinite(value)) {
            return MISSING;
        }
        if (Math.abs(value) < ROUNDS_TO_ZERO) {
            return fixed(0, 3);
        }
        return (value > 0 ? "+" : "") + fixed(value, 3);
    }

    /** An interval of ratios. */
    static String interval(Interval interval) {
        return bound(interval.lower(), ratio(interval.lower())) + " to "
                + bound(interval.upper(), ratio(interval.upper()));
    }

    /** An interval of differences, its ends with their signs. */
    static String differenceInterval(Interval interval) {
        return bound(interval.lower(), difference(interval.lower())) + " to "
                + bound(interval.upper(), difference(interval.upper()));
    }

    /** A number in a unit of its own: four significant digits, or all before the point. */
    static String quantity(double value) {
        double size = Math.abs(value);
        if (!Double.isFinite(value)) {
            return MISSING;
        }
        if (size >= LONGEST_NUMBER || (size > 0 && size < SHORT_STEP)) {
            return scientific(value);
        }
        return fixed(value, size >= 1000 || size == 0 ? 0 : 3 - (int) Math.floor(Math.log10(size)));
    }

    /** A time in seconds, to about three digits. */
    static String seconds(double value) {
        if (!Double.isFinite(value)) {
            return MISSING;
        }
        if (value == 0) {
            return "0 s";
        }
        int decimals = value < 1 ? 3 : value < 10 ? 2 : value < 100 ? 1 : 0;
        return fixed(value, decimals) + " s";
    }

    /** A count, in groups of three digits. */
    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** A count and what is counted: {@code 1 pair}, {@code 3 pairs}. */
    static String count(long value, String what) {
        return count(value) + " " + what + (value == 1 ? "" : "s");
    }

    /** A label of an axis: as many decimals as the step between two labels needs. */
    static String tick(double value, double step) {
        if (value != 0 && (step >= LONG_NUMBER || step < SHORT_STEP || Math.abs(value) >= LONGEST_NUMBER)) {
            return scientific(value);
        }
        int decimals = step >= 1 ? 0 : (int) Math.min(6, Math.ceil(-Math.log10(step) - 1e-9));
        return fixed(value, decimals);
    }

    /** A number with two digits and a power of ten. */
    private static String scientific(double value) {
        return String.format(Locale.ROOT, "%.1e", value)
                .replace(".0e", "e")
                .replaceFirst("e\\+?(-?)0*(\\d)", "e$1$2")
                .replace('-', '−');
    }

    /** A power of ten as a factor, such as {@code 10^17}. */
    static String power(double unit) {
        return "10^" + fixed(Math.log10(unit), 0);
    }

    private static String fixed(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value).replace('-', '−');
    }

    private static String bound(double value, String finite) {
        return Double.isInfinite(value) ? (value < 0 ? "−∞" : "∞") : finite;
    }
}
