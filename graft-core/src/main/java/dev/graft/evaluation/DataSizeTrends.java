package dev.graft.evaluation;

import dev.graft.result.CurvePoint;
import dev.graft.result.DataSizeTrend;
import dev.graft.result.Interval;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Fits {@link PowerLaw}s to data-size curves, and foretells from them. */
public final class DataSizeTrends {
    private static final int FEWEST_POINTS = 4;
    private static final double GOOD_FIT = 0.015;
    private static final double LEAST_ERROR = 0.002;
    private static final int DRAWS = 300;
    private static final long SEED = 20261;

    private DataSizeTrends() {}

    /** The trend of each strategy that has enough points and follows a law. */
    public static List<DataSizeTrend> of(List<CurvePoint> curve) {
        return curve.stream()
                .map(CurvePoint::strategy)
                .distinct()
                .flatMap(strategy -> of(strategy, curve).stream())
                .toList();
    }

    /**
     * The trend of one strategy. With very little data a curve often stays at guessing before it starts to rise: such
     * points are left out from the front while at least {@value #FEWEST_POINTS} remain. Empty if even then no law comes
     * close.
     */
    public static Optional<DataSizeTrend> of(String strategy, List<CurvePoint> curve) {
        List<CurvePoint> points = curve.stream()
                .filter(point -> point.strategy().equals(strategy) && Double.isFinite(point.meanAccuracy()))
                .sorted(Comparator.comparingInt(CurvePoint::samples))
                .toList();
        for (int from = 0; points.size() - from >= FEWEST_POINTS; from++) {
            List<CurvePoint> described = points.subList(from, points.size());
            double[] spread = spread(described);
            PowerLaw law = fit(described, errors(described), spread);
            double deviation = deviation(law, described);
            if (deviation
                    <= Math.max(GOOD_FIT, 1.5 * Arrays.stream(spread).average().orElse(0))) {
                return Optional.of(trend(strategy, law, described, spread, deviation));
            }
        }
        return Optional.empty();
    }

    private static DataSizeTrend trend(
            String strategy, PowerLaw law, List<CurvePoint> points, double[] spread, double deviation) {
        int most = points.get(points.size() - 1).samples();
        return new DataSizeTrend(
                strategy,
                law.a(),
                law.b(),
                law.c(),
                points.get(0).samples(),
                most,
                deviation,
                1 - law.errorAt(2.0 * most),
                interval(points, spread, 2.0 * most));
    }

    /** Curves that might as well have been measured, each with its own law: the middle 95% of what they foretell. */
    private static Interval interval(List<CurvePoint> points, double[] spread, double samples) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] errors = errors(points);
        double[] foretold = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            double[] drawn = new double[errors.length];
            for (int i = 0; i < drawn.length; i++) {
                drawn[i] = Math.max(0, Math.min(1, errors[i] + spread[i] * random.nextGaussian()));
            }
            foretold[draw] = Math.max(0, 1 - fit(points, drawn, spread).errorAt(samples));
        }
        Arrays.sort(foretold);
        return new Interval(foretold[(int) (0.025 * DRAWS)], foretold[(int) (0.975 * DRAWS)]);
    }

    private static PowerLaw fit(List<CurvePoint> points, double[] errors, double[] spread) {
        return PowerLaw.fit(
                points.stream().mapToDouble(CurvePoint::samples).toArray(),
                errors,
                Arrays.stream(spread).map(error -> 1 / (error * error)).toArray());
    }

    private static double[] errors(List<CurvePoint> points) {
        return points.stream().mapToDouble(point -> 1 - point.meanAccuracy()).toArray();
    }

    private static double deviation(PowerLaw law, List<CurvePoint> points) {
        return Math.sqrt(points.stream()
                .mapToDouble(point -> 1 - point.meanAccuracy() - law.errorAt(point.samples()))
                .map(off -> off * off)
                .average()
                .orElse(0));
    }

    /** The standard error of each point: a few seeds tell little about it, so the other points have half a say. */
    private static double[] spread(List<CurvePoint> points) {
        double[] own = points.stream().mapToDouble(DataSizeTrends::variance).toArray();
        double mean = Arrays.stream(own).average().orElse(0);
        return IntStream.range(0, own.length)
                .mapToDouble(i -> Math.max(LEAST_ERROR, Math.sqrt((own[i] + mean) / 2)))
                .toArray();
    }

    private static double variance(CurvePoint point) {
        double[] seeds =
                point.seedAccuracies().stream().mapToDouble(Double::doubleValue).toArray();
        if (seeds.length > 1 && Arrays.stream(seeds).distinct().count() > 1) {
            double squares = Arrays.stream(seeds)
                    .map(value -> (value - point.meanAccuracy()) * (value - point.meanAccuracy()))
                    .sum();
            return squares / (seeds.length - 1) / seeds.length;
        }
        double half = (point.interval().upper() - point.interval().lower()) / 2;
        return Double.isFinite(half) ? half * half / (Intervals.Z * Intervals.Z) : 0;
    }
}
