package dev.graft.result;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a strategy was chosen, and what that promises.
 *
 * @param backbone the source model that was chosen
 * @param strategy the strategy that was chosen, as {@link CandidateResult#strategy()}
 * @param examples the training examples that the choice looked at
 * @param folds into how many folds they were dealt
 * @param promised the accuracy to expect, 0 to 1: that of the whole procedure, the choice for each fold made on the other
 *     folds, so that no example that judges a candidate has helped to choose it; of a training that was not tried on folds, its
 *     accuracy on the validation examples; null if there were too few examples
 * @param interval the 95% (Wilson) interval of that; null with it
 * @param sources the source models, the best first; empty if there was but one
 * @param candidates what was tried, the chosen one first, then from best to worst; one for each cut
 * @param curve held-out accuracy of the best frozen features, learned from parts of the examples; empty if there are too
 *     few, or if there was no time
 * @param trend the law that it follows; null if it follows none
 * @param skipped what was not tried, and why
 * @param because the reason, in words for the user
 * @param budgetSeconds the time that was allowed; null for no limit
 * @param seconds what the choice took, without the final training
 */
public record SelectionResult(
        String backbone,
        String strategy,
        int examples,
        int folds,
        @Nullable Double promised,
        @Nullable Interval interval,
        List<SourceScore> sources,
        List<CandidateResult> candidates,
        List<CurvePoint> curve,
        @Nullable DataSizeTrend trend,
        List<String> skipped,
        String because,
        @Nullable Double budgetSeconds,
        double seconds) {
    /** Copies the lists. */
    public SelectionResult {
        promised = Measured.orNull(promised);
        budgetSeconds = Measured.orNull(budgetSeconds);
        sources = List.copyOf(sources);
        candidates = List.copyOf(candidates);
        curve = Measured.orEmpty(curve);
        skipped = List.copyOf(skipped);
    }

    /**
     * Returns a copy with another way in the place of the one that was chosen.
     *
     * @param taken the row of that way; it comes first
     * @param why a reason, before those that are there
     */
    public SelectionResult withTaken(CandidateResult taken, String why) {
        List<CandidateResult> all = new ArrayList<>(List.of(taken.withChosen(true)));
        candidates.forEach(candidate -> all.add(candidate.withChosen(false)));
        return new SelectionResult(
                backbone,
                taken.strategy(),
                examples,
                folds,
                taken.accuracy(),
                taken.interval(),
                sources,
                all,
                curve,
                trend,
                skipped,
                why + " " + because,
                budgetSeconds,
                seconds);
    }

    /**
     * Returns a copy with a way that was judged, and not taken.
     *
     * @param other the row of that way; it comes after the one that was chosen
     * @param why a reason, after those that are there
     */
    public SelectionResult withOther(CandidateResult other, String why) {
        List<CandidateResult> all = new ArrayList<>(candidates);
        all.add(Math.min(1, all.size()), other.withChosen(false));
        return new SelectionResult(
                backbone,
                strategy,
                examples,
                folds,
                promised,
                interval,
                sources,
                all,
                curve,
                trend,
                skipped,
                because + " " + why,
                budgetSeconds,
                seconds);
    }

    /** Returns a copy with more that was not done, after what is there. */
    public SelectionResult withSkipped(List<String> more) {
        List<String> all = new ArrayList<>(skipped);
        all.addAll(more);
        return new SelectionResult(
                backbone,
                strategy,
                examples,
                folds,
                promised,
                interval,
                sources,
                candidates,
                curve,
                trend,
                all,
                because,
                budgetSeconds,
                seconds);
    }
}
