package dev.graft.comparison;

import dev.graft.bundle.TransferModel;
import dev.graft.result.CurvePoint;
import dev.graft.result.StrategyResult;
import dev.graft.result.TargetTask;
import dev.graft.result.Verdict;
import java.util.List;
import java.util.Map;

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
}
