package dev.graft.result;

import java.util.List;

/**
 * What the training of a source model gave.
 *
 * @param command {@code pretrain}
 * @param seed the seed
 * @param version Graft's version
 * @param hardware what it ran on
 * @param source the source model
 * @param testLoss mean cross-entropy on the test data, in nats
 * @param interval 95% (Wilson) interval of the test accuracy
 * @param test test examples
 * @param history what each epoch measured
 */
public record SourceResult(
        String command,
        long seed,
        String version,
        Hardware hardware,
        SourceModel source,
        double testLoss,
        Interval interval,
        int test,
        List<EpochResult> history) {
    /** Copies the list. */
    public SourceResult {
        history = List.copyOf(history);
    }
}
