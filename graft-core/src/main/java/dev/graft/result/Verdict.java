package dev.graft.result;

import java.util.List;

/**
 * What to conclude from an experiment.
 *
 * @param recommended the strategy to use
 * @param negativeTransfer the strategies that are worse than training from scratch, their whole interval below it
 * @param because the reason, in words for the user
 * @param probes what the source model's features still tell apart at each cut
 */
public record Verdict(String recommended, List<String> negativeTransfer, String because, List<ProbeResult> probes) {
    /** Copies the lists. */
    public Verdict {
        negativeTransfer = List.copyOf(negativeTransfer);
        probes = List.copyOf(probes);
    }
}
