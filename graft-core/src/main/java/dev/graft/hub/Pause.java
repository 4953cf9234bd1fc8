package dev.graft.hub;

import java.time.Duration;

/** Waits between two attempts; a test only counts. */
@FunctionalInterface
interface Pause {
    void await(Duration duration) throws InterruptedException;

    /** Really waits. */
    static Pause sleeping() {
        return duration -> Thread.sleep(duration.toMillis());
    }
}
