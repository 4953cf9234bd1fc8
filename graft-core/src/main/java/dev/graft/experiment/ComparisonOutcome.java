package dev.graft.experiment;

import dev.graft.engine.Machine;
import dev.graft.evaluation.DataSizeTrends;
import dev.graft.experiment.TargetSource.TargetData;
import dev.graft.model.TransferModel;
import dev.graft.result.CurvePoint;
import dev.graft.result.ExperimentResult;
import dev.graft.result.GraftVersion;
import dev.graft.result.ReportPictures;
import dev.graft.result.ReportPictures.LabeledPicture;
import dev.graft.result.StrategyResult;
import dev.graft.result.TargetTask;
import dev.graft.result.Verdict;
import dev.graft.selection.SourceModels;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a comparison found.
 *
 * @param target the target task of the first seed
 * @param results a row for each strategy
 * @param curve the data-size curve
 * @param verdict the conclusion
 * @param models the first seed's network of each strategy, trained on all training data
 */
public record ComparisonOutcome(
        TargetTask target,
        List<StrategyResult> results,
        List<CurvePoint> curve,
        Verdict verdict,
        Map<String, TransferModel> models) {
    /** Copies the collections. */
    public ComparisonOutcome {
        results = List.copyOf(results);
        curve = List.copyOf(curve);
        models = Map.copyOf(models);
    }

    /**
     * The outcome as the content of {@code metrics.json}.
     *
     * @param command the command that made it
     * @param sources the source models
     * @param settings what was measured
     * @param seconds wall-clock time of the whole, in seconds
     */
    public ExperimentResult experiment(
            String command, SourceModels sources, ComparisonSettings settings, double seconds) {
        return new ExperimentResult(
                command,
                settings.firstSeed(),
                settings.seeds(),
                GraftVersion.current(),
                Machine.describe(),
                Sources.describe(sources.network()),
                target,
                results,
                curve,
                DataSizeTrends.of(curve),
                verdict,
                seconds);
    }

    /** The recommended strategy's network. */
    public TransferModel recommended() {
        return Objects.requireNonNull(models.get(verdict.recommended()));
    }

    /** Samples of the target data, and the test examples that the results' galleries show, with heat maps on some. */
    public ReportPictures pictures(TargetData first, List<LabeledPicture> sourceSamples) {
        return HeatMaps.on(ReportSamples.pictures(sourceSamples, first, results), first.test(), results, models);
    }
}
