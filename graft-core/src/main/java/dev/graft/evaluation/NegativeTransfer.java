package dev.graft.evaluation;

import dev.graft.result.Difference;

/**
 * Whether transfer did harm: worse than training from scratch at the same budget (Zhang and others, "A survey on
 * negative transfer", arXiv 2009.00909).
 */
public final class NegativeTransfer {
    private NegativeTransfer() {}

    /**
     * Whether the whole 95% interval lies below 0.
     *
     * @param againstScratch accuracy with transfer minus accuracy from scratch
     */
    public static boolean isNegative(Difference againstScratch) {
        return againstScratch.interval().upper() < 0;
    }
}
