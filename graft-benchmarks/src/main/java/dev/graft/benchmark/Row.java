package dev.graft.benchmark;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One work, measured. All times are medians in milliseconds.
 *
 * @param work what was done
 * @param graft Graft's time
 * @param peers each peer's time
 * @param ratio Graft's time divided by each peer's
 * @param limit the time that the work's floating-point operations take at the rate of the engine's own matrix product;
 *     null where they say nothing about the work
 */
record Row(
        String work,
        double graft,
        Map<String, Double> peers,
        Map<String, Double> ratio,
        @Nullable Double limit) {
    static Row of(String work, double graft, Map<String, Double> peers, @Nullable Double limit) {
        Map<String, Double> ratio = new LinkedHashMap<>();
        peers.forEach((peer, time) -> ratio.put(peer, rounded(graft / time)));
        Map<String, Double> times = new LinkedHashMap<>();
        peers.forEach((peer, time) -> times.put(peer, rounded(time)));
        return new Row(work, rounded(graft), times, ratio, limit == null ? null : rounded(limit));
    }

    /** The share of the limit that Graft reaches, 0 to 1; NaN where there is none. */
    double shareOfLimit() {
        return limit == null ? Double.NaN : limit / graft;
    }

    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }
}
