package dev.graft.report;

import dev.graft.evaluation.DataSizeTrends;
import dev.graft.evaluation.Evaluation;
import dev.graft.result.Classification;
import dev.graft.result.Classification.ClassResult;
import dev.graft.result.CurvePoint;
import dev.graft.result.EpochResult;
import dev.graft.result.ExperimentResult;
import dev.graft.result.PredictionResult;
import dev.graft.result.StageSummary;
import dev.graft.result.StrategyResult;
import dev.graft.result.TargetTask;
import dev.graft.result.Verdict;
import java.util.List;
import java.util.stream.IntStream;

/** Changes parts of the example. */
final class Variations {
    private Variations() {}

    static ExperimentResult with(
            ExperimentResult base, List<StrategyResult> rows, List<CurvePoint> curve, Verdict verdict) {
        return with(base, base.target(), rows, curve, verdict);
    }

    static ExperimentResult with(
            ExperimentResult base,
            TargetTask target,
            List<StrategyResult> rows,
            List<CurvePoint> curve,
            Verdict verdict) {
        return new ExperimentResult(
                base.command(),
                base.seed(),
                base.seeds(),
                base.version(),
                base.hardware(),
                base.source(),
                target,
                rows,
                curve,
                DataSizeTrends.of(curve),
                verdict,
                base.seconds());
    }

    /** A row under another name. */
    static StrategyResult named(StrategyResult row, String name) {
        return row(row, name, row.testLoss(), row.summary(), row.history(), row.classification(), row.gallery());
    }

    /** A row without losses, as of a model that diverged or was never asked. */
    static StrategyResult withoutLosses(StrategyResult row) {
        List<EpochResult> history = row.history().stream()
                .map(epoch -> new EpochResult(
                        epoch.epoch(), epoch.phase(), Double.NaN, epoch.accuracy(), Double.NaN, Double.NaN))
                .toList();
        return row(row, row.strategy(), Double.NaN, row.summary(), history, row.classification(), row.gallery());
    }

    /** A row whose test loss and whose every measurement of an epoch is one value, or in turns one and another. */
    static StrategyResult measuring(StrategyResult row, double value, double other) {
        List<EpochResult> history = IntStream.rangeClosed(1, 4)
                .mapToObj(epoch -> epoch % 2 == 0
                        ? new EpochResult(epoch, "all", value, value, other, other)
                        : new EpochResult(epoch, "all", other, other, value, value))
                .toList();
        return row(row, row.strategy(), value, row.summary(), history, row.classification(), row.gallery());
    }

    /** A row with nothing but its numbers. */
    static StrategyResult bare(StrategyResult row) {
        Classification none = new Classification(List.of(), List.of(), 0, 0, 0);
        return row(row, row.strategy(), row.testLoss(), List.of(), List.of(), none, List.of());
    }

    /** A row over many classes. */
    static StrategyResult manyClasses(StrategyResult row, List<String> classes) {
        int n = classes.size();
        List<List<Integer>> confusion = IntStream.range(0, n)
                .mapToObj(truth -> IntStream.range(0, n)
                        .mapToObj(predicted -> truth == predicted ? 9 : (truth * 31 + predicted * 17) % 97 == 0 ? 2 : 0)
                        .toList())
                .toList();
        List<ClassResult> figures = classes.stream()
                .map(name -> new ClassResult(name, 0.9, 0.8, 0.85, 11))
                .toList();
        Classification classification = new Classification(confusion, figures, 0.9, 0.8, 0.85);
        return row(
                row,
                row.strategy(),
                row.testLoss(),
                row.summary(),
                row.history(),
                classification,
                List.of(new PredictionResult(0, n - 1, 0, 0.3), new PredictionResult(1, 1, 1, 0.7)));
    }

    /** A row with the mistakes of some predictions. */
    static StrategyResult measured(StrategyResult row, Evaluation test, List<PredictionResult> gallery) {
        List<EpochResult> history = List.of(new EpochResult(1, "head", 0.5, 0.8, 0.6, 0.75));
        return row(row, row.strategy(), test.loss(), row.summary(), history, test.classification(), gallery);
    }

    private static StrategyResult row(
            StrategyResult row,
            String name,
            double testLoss,
            List<StageSummary> summary,
            List<EpochResult> history,
            Classification classification,
            List<PredictionResult> gallery) {
        return new StrategyResult(
                name,
                row.cut(),
                row.pooling(),
                row.head(),
                row.testAccuracy(),
                testLoss,
                row.interval(),
                row.intervalMethod(),
                row.seedAccuracies(),
                row.epochs(),
                row.featureSeconds(),
                row.trainSeconds(),
                row.trainableParameters(),
                row.totalParameters(),
                row.againstScratch(),
                summary,
                history,
                classification,
                gallery);
    }
}
