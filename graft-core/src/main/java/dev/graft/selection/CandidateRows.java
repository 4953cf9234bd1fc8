package dev.graft.selection;

import dev.graft.backbone.Backbone;
import dev.graft.feature.Cut;
import dev.graft.head.Head;
import dev.graft.result.CandidateResult;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.strategy.Strategy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was tried, as rows of results, all judged on the same examples. */
final class CandidateRows {
    private final int[] judged;
    private final List<CandidateResult> rows = new ArrayList<>();

    CandidateRows(int[] judged) {
        this.judged = judged;
    }

    void add(FeatureCandidate candidate, double seconds, boolean chosen) {
        Strategy strategy = FeatureExtraction.at(candidate.cut());
        add(candidate.backbone(), strategy, candidate.head(), candidate.judged(), seconds, chosen);
    }

    void add(Backbone backbone, Strategy strategy, OutOfFold outOfFold, double seconds, boolean chosen) {
        add(backbone, strategy, null, outOfFold, seconds, chosen);
    }

    private void add(
            Backbone backbone,
            Strategy strategy,
            Head.@Nullable Solved head,
            OutOfFold outOfFold,
            double seconds,
            boolean chosen) {
        Cut cut = strategy.cut(backbone.architecture());
        rows.add(new CandidateResult(
                backbone.id(),
                strategy.name(),
                cut.stageNames(),
                cut.poolingLabel(),
                head == null ? null : head.name(),
                head instanceof Head.Regression regression ? regression.penalty() : null,
                judged.length,
                outOfFold.score(judged),
                outOfFold.interval(judged),
                outOfFold.meanLoss(judged),
                seconds,
                chosen));
    }

    /** The chosen one first, then from best to worst. */
    List<CandidateResult> rows() {
        return rows.stream()
                .sorted(Comparator.comparing(CandidateResult::chosen)
                        .thenComparingDouble(CandidateResult::accuracy)
                        .thenComparingDouble(row -> -row.loss())
                        .reversed())
                .toList();
    }
}
