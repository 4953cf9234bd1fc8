package dev.graft.selection;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledExamples;
import dev.graft.head.Head;
import dev.graft.result.SelectionResult;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.strategy.Strategy;
import dev.graft.training.Branch;
import java.util.List;

/** What is chosen where there are too few examples to hold any back: all stages, strong penalties, no promise. */
final class SafeChoice {
    private static final double PENALTY = 0.1;

    private SafeChoice() {}

    static Choice of(TransferTask task, LabeledExamples data, Clock clock, List<String> skipped) {
        Backbone backbone = task.backbone();
        EnsembleSelection.Average average = EnsembleSelection.ofAllStages(
                backbone.architecture(), new Head.LogisticRegression(PENALTY, true).forTargets(data.kind()));
        Strategy strategy = FeatureExtraction.at(average.cut()).withHead(average.head());
        skipped.add("every comparison: with " + data.size() + " examples of "
                + data.classNames().size() + " classes none can be held back");
        return new Choice(
                List.of(Branch.only(backbone)),
                strategy,
                task.settings(),
                task.train(),
                new SelectionResult(
                        backbone.id(),
                        strategy.name(),
                        data.size(),
                        0,
                        null,
                        null,
                        List.of(),
                        List.of(),
                        List.of(),
                        null,
                        skipped,
                        "There are too few examples to compare anything, so the safest choice was made: frozen features of"
                                + " all stages, and the average of logistic regressions with a strong penalty on all of them, on each, and on its quarters.",
                        clock.budgetSeconds(),
                        clock.elapsed()));
    }
}
