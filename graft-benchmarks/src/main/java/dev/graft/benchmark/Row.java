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
 * @param tokensPerSecond of a work on texts, Graft's and each peer's rate, padding not counted; else empty
 */
record Row(
        String work,
        double graft,
        Map<String, Double> peers,
        Map<String, Double> ratio,
        @Nullable Double limit,
        Map<String, Double> tokensPerSecond) {
    static Row of(String work, double graft, Map<String, Double> peers, @Nullable Double limit) {
        Map<String, Double> ratio = new LinkedHashMap<>();
        peers.forEach((peer, time) -> ratio.put(peer, rounded(graft / time)));
        Map<String, Double> times = new LinkedHashMap<>();
        peers.forEach((peer, time) -> times.put(peer, rounded(time)));
        return new Row(work, rounded(graft), times, ratio, limit == null ? null : rounded(limit), Map.of());
    }

    /** Returns a copy with the rates of a work on texts, of which one unit has so many tokens. */
    Row withTokens(double tokens) {
        Map<String, Double> rates = new LinkedHashMap<>();
        rates.put("graft", rate(tokens, graft));
        peers.forEach((peer, time) -> rates.put(peer, rate(tokens, time)));
        return new Row(work, graft, peers, ratio, limit, rates);
    }

    private static double rate(double tokens, double milliseconds) {
        return Math.round(tokens / milliseconds * 1e3);
    }

    /** The share of the limit that Graft reaches, 0 to 1; NaN where there is none. */
    double shareOfLimit() {
        return limit == null ? Double.NaN : limit / graft;
    }

    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }
}
