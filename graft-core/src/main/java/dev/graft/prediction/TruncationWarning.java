package dev.graft.prediction;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns once that a network reads only the beginning of some texts, however many come later. Safe for use by several threads. */
final class TruncationWarning {
    // Users of the library know the classifier's name.
    private static final Logger LOG = LoggerFactory.getLogger(Classifier.class);

    private final AtomicBoolean given = new AtomicBoolean();

    /** Warns of those texts that are too long, unless it was done before or is not needed. */
    void give(int tooLong, int count) {
        if (tooLong > 0 && given.compareAndSet(false, true)) {
            LOG.warn(
                    "{} of {} texts are longer than what the network reads: only their beginning counts",
                    tooLong,
                    count);
        }
    }

    /** From now on no warning is needed. */
    void omit() {
        given.set(true);
    }
}
