package dev.graft.experiment;

import dev.graft.evaluation.DataSizeTrends;
import dev.graft.evaluation.PowerLaw;
import dev.graft.result.CurvePoint;
import dev.graft.result.DataSizeTrend;
import dev.graft.strategy.FromScratch;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How many times the data training from scratch needs for the accuracy that a strategy has with little. */
final class DataSavings {
    // A law is trusted so many times beyond the last point it was fitted to.
    private static final double FURTHEST = 10;

    private DataSavings() {}

    /** A sentence about the strategy's smallest point that lies above what training from scratch reaches there. */
    static Optional<String> of(String strategy, List<CurvePoint> curve) {
        List<CurvePoint> scratch = points(FromScratch.NAME, curve);
        if (scratch.isEmpty() || strategy.equals(FromScratch.NAME)) {
            return Optional.empty();
        }
        return points(strategy, curve).stream()
                .filter(point -> scratch.stream()
                        .anyMatch(other -> other.samples() == point.samples()
                                && other.meanAccuracy() < point.interval().lower()))
                .findFirst()
                .map(point -> sentence(point, scratch));
    }

    private static String sentence(CurvePoint point, List<CurvePoint> scratch) {
        double needed = samplesFor(point.meanAccuracy(), scratch);
        if (Double.isNaN(needed)) {
            return DataSizeTrends.of(FromScratch.NAME, scratch)
                    .map(trend -> foretold(point, scratch, trend))
                    .orElseGet(() -> unreached(point, scratch));
        }
        return String.format(
                Locale.ROOT,
                "For what it reaches with %d examples, training from scratch needs about %.0f: %s times the data.",
                point.samples(),
                needed,
                times(needed / point.samples()));
    }

    private static String unreached(CurvePoint point, List<CurvePoint> scratch) {
        int most = scratch.get(scratch.size() - 1).samples();
        return String.format(
                Locale.ROOT,
                "What it reaches with %d examples, training from scratch does not reach with %d: it needs more than %s"
                        + " times the data.",
                point.samples(),
                most,
                times((double) most / point.samples()));
    }

    /** Beyond what was measured: by the law that the curve of training from scratch follows, if it is not too far out. */
    private static String foretold(CurvePoint point, List<CurvePoint> scratch, DataSizeTrend trend) {
        double needed = new PowerLaw(trend.a(), trend.b(), trend.c()).examplesFor(1 - point.meanAccuracy());
        if (!(needed <= FURTHEST * trend.toSamples())) {
            return unreached(point, scratch);
        }
        // The law need not pass through the last point, where the accuracy is known not to be reached.
        double least = Math.max(needed, trend.toSamples());
        return String.format(
                Locale.ROOT,
                "What it reaches with %d examples, training from scratch does not reach with %d; by its fitted curve it would"
                        + " need about %.0f: %s times the data.",
                point.samples(),
                trend.toSamples(),
                least,
                times(least / point.samples()));
    }

    /** Between two points the accuracy is taken to grow with the logarithm of the data; NaN if it is never reached. */
    private static double samplesFor(double accuracy, List<CurvePoint> scratch) {
        for (int i = 1; i < scratch.size(); i++) {
            CurvePoint before = scratch.get(i - 1);
            CurvePoint after = scratch.get(i);
            if (before.meanAccuracy() < accuracy && after.meanAccuracy() >= accuracy) {
                double share = (accuracy - before.meanAccuracy()) / (after.meanAccuracy() - before.meanAccuracy());
                return Math.exp(
                        Math.log(before.samples()) + share * (Math.log(after.samples()) - Math.log(before.samples())));
            }
        }
        return Double.NaN;
    }

    private static List<CurvePoint> points(String strategy, List<CurvePoint> curve) {
        return curve.stream()
                .filter(point -> point.strategy().equals(strategy))
                .sorted(Comparator.comparingInt(CurvePoint::samples))
                .toList();
    }

    private static String times(double factor) {
        return String.format(Locale.ROOT, factor < 10 ? "%.1f" : "%.0f", factor);
    }
}
