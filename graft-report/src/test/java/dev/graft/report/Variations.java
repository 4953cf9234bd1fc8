package dev.graft.report;

import dev.graft.evaluation.DataSizeTrends;
import dev.graft.evaluation.Evaluation;
import dev.graft.result.Classification;
import dev.graft.result.Classification.ClassResult;
import dev.graft.result.CurvePoint;
import dev.graft.result.EpochResult;
import dev.graft.result.ExperimentResult;
import dev.graft.result.PredictionResult;
import dev.graft.result.StrategyResult;
import dev.graft.result.StrategyResult.Description;
import dev.graft.result.StrategyResult.FirstSeed;
import dev.graft.result.StrategyResult.Score;
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
        return row.withDescription(new Description(name, row.cut(), row.pooling(), row.head()));
    }

    /** A row without losses, as of a model that diverged or was never asked. */
    static StrategyResult withoutLosses(StrategyResult row) {
        List<EpochResult> history = row.history().stream()
                .map(epoch -> new EpochResult(
                        epoch.epoch(), epoch.phase(), Double.NaN, epoch.accuracy(), Double.NaN, Double.NaN))
                .toList();
        return withHistory(withTestLoss(row, Double.NaN), history);
    }

    /** A row whose test loss and whose every measurement of an epoch is one value, or in turns one and another. */
    static StrategyResult measuring(StrategyResult row, double value, double other) {
        List<EpochResult> history = IntStream.rangeClosed(1, 4)
                .mapToObj(epoch -> epoch % 2 == 0
                        ? new EpochResult(epoch, "all", value, value, other, other)
                        : new EpochResult(epoch, "all", other, other, value, value))
                .toList();
        return withHistory(withTestLoss(row, value), history);
    }

    /** A row with nothing but its numbers. */
    static StrategyResult bare(StrategyResult row) {
        Classification none = new Classification(List.of(), List.of(), 0, 0, 0);
        return unjudged(row).withFirstSeed(new FirstSeed(List.of(), List.of(), none, List.of()));
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
        List<PredictionResult> gallery =
                List.of(new PredictionResult(0, n - 1, 0, 0.3), new PredictionResult(1, 1, 1, 0.7));
        Classification classification = new Classification(confusion, figures, 0.9, 0.8, 0.85);
        return unjudged(row).withFirstSeed(new FirstSeed(row.summary(), row.history(), classification, gallery));
    }

    /** A row with the mistakes of some predictions. */
    static StrategyResult measured(StrategyResult row, Evaluation test, List<PredictionResult> gallery) {
        List<EpochResult> history = List.of(new EpochResult(1, "head", 0.5, 0.8, 0.6, 0.75));
        return withTestLoss(unjudged(row), test.loss())
                .withFirstSeed(new FirstSeed(row.summary(), history, test.classification(), gallery));
    }

    /** A row whose confidences were not looked into, and whose strategy was given. */
    private static StrategyResult unjudged(StrategyResult row) {
        return row.withConfidences(null, null, List.of()).withSelection(null);
    }

    private static StrategyResult withTestLoss(StrategyResult row, double loss) {
        return row.withScore(
                new Score(row.testAccuracy(), loss, row.interval(), row.intervalMethod(), row.seedAccuracies()));
    }

    private static StrategyResult withHistory(StrategyResult row, List<EpochResult> history) {
        return unjudged(row).withFirstSeed(new FirstSeed(row.summary(), history, row.classification(), row.gallery()));
    }
}
