package dev.graft.result;

import org.jspecify.annotations.Nullable;

/**
 * One way to transfer that was tried out on examples held back from it.
 *
 * @param backbone the source model
 * @param strategy {@code feature-extraction}, {@code lp-ft}, {@code fine-tuning} or {@code from-scratch}
 * @param cut where the head takes its features: one stage or several joined by {@code +}
 * @param pooling how the stages' outputs were pooled
 * @param head the head that was solved on frozen features; null if the head was trained with the backbone
 * @param penalty the penalty of a logistic regression, each stage counting the same; null if there is none
 * @param judged how many held-out examples it was judged on
 * @param accuracy its accuracy on them, 0 to 1
 * @param interval the 95% (Wilson) interval of that
 * @param loss its mean cross-entropy on them, in nats
 * @param seconds what trying it took
 * @param chosen whether it is the one that was taken
 */
public record CandidateResult(
        String backbone,
        String strategy,
        String cut,
        String pooling,
        @Nullable String head,
        @Nullable Double penalty,
        int judged,
        double accuracy,
        Interval interval,
        double loss,
        double seconds,
        boolean chosen) {
    /** Takes a penalty that is no number for none. */
    public CandidateResult {
        penalty = Measured.orNull(penalty);
    }

    /** Returns a copy that says whether it is the one that was taken. */
    public CandidateResult withChosen(boolean value) {
        return new CandidateResult(
                backbone, strategy, cut, pooling, head, penalty, judged, accuracy, interval, loss, seconds, value);
    }
}
