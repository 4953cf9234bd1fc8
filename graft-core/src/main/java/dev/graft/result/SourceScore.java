package dev.graft.result;

import org.jspecify.annotations.Nullable;

/**
 * How one of several source models serves the target, by what the choice looked at.
 *
 * @param backbone the source model
 * @param cut the cut that tells held-out examples apart best
 * @param accuracy what it reaches there, 0 to 1
 * @param logMe the log evidence of a linear model on all stages, per example (You et al. 2021); higher is better; null
 *     where there was no time to measure it
 * @param hScore the H-score of all stages, with a shrunk covariance (Ibrahim et al. 2021); higher is better; null likewise
 * @param leep the log expected empirical prediction from the source model's own classes (Nguyen et al. 2020); higher is
 *     better, 0 at most; null where there is no source classifier
 */
public record SourceScore(
        String backbone,
        String cut,
        double accuracy,
        @Nullable Double logMe,
        @Nullable Double hScore,
        @Nullable Double leep) {
    /** Takes a score that is no number for one that was not measured. */
    public SourceScore {
        logMe = Measured.orNull(logMe);
        hScore = Measured.orNull(hScore);
        leep = Measured.orNull(leep);
    }
}
