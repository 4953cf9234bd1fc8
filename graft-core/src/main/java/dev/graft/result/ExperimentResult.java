package dev.graft.result;

import java.util.List;

/**
 * One experiment: the content of {@code metrics.json}.
 *
 * @param command the command that made it: {@code demo}, {@code fit}, {@code compare}, {@code pretrain}
 * @param seed the first seed
 * @param seeds how many seeds each figure averages over: {@code seed}, {@code seed + 1}, …
 * @param version Graft's version
 * @param hardware what it ran on
 * @param source the source model
 * @param target the target data
 * @param results a row for each strategy
 * @param curve a row for each size of training data and strategy; empty if none was measured
 * @param trends the law that each strategy's curve follows, where it follows one
 * @param verdict what to conclude, with the evidence
 * @param seconds wall-clock time of the whole experiment, in seconds
 */
public record ExperimentResult(
        String command,
        long seed,
        int seeds,
        String version,
        Hardware hardware,
        SourceModel source,
        TargetTask target,
        List<StrategyResult> results,
        List<CurvePoint> curve,
        List<DataSizeTrend> trends,
        Verdict verdict,
        double seconds) {
    /** Copies the lists; a file of an earlier version has no trends. */
    public ExperimentResult {
        results = List.copyOf(results);
        curve = List.copyOf(curve);
        trends = Measured.orEmpty(trends);
    }

    /** The same result with another description of the target data. */
    public ExperimentResult withTarget(TargetTask other) {
        return new ExperimentResult(
                command, seed, seeds, version, hardware, source, other, results, curve, trends, verdict, seconds);
    }
}
