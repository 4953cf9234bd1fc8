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
 * @param notes what was said on the way, a sentence each: what was guessed, left out, cut or converted
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
        double seconds,
        List<String> notes) {
    /** Copies the lists; a file of an earlier version has no trends or no notes. */
    public ExperimentResult {
        results = List.copyOf(results);
        curve = List.copyOf(curve);
        trends = Measured.orEmpty(trends);
        notes = Measured.orEmpty(notes);
    }

    /** An experiment on whose way nothing was said. */
    public ExperimentResult(
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
        this(
                command, seed, seeds, version, hardware, source, target, results, curve, trends, verdict, seconds,
                List.of());
    }

    /** Returns a copy with another description of the target data. */
    public ExperimentResult withTarget(TargetTask other) {
        return new ExperimentResult(
                command, seed, seeds, version, hardware, source, other, results, curve, trends, verdict, seconds,
                notes);
    }

    /** Returns a copy with what was said on the way, in order, each sentence once. */
    public ExperimentResult withNotes(List<String> said) {
        List<String> once = said.stream().distinct().toList();
        return new ExperimentResult(
                command, seed, seeds, version, hardware, source, target, results, curve, trends, verdict, seconds,
                once);
    }
}
