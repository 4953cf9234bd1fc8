package dev.graft.serve;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.time.Duration;

/**
 * What a server takes at the most.
 *
 * @param bodyBytes the bytes of one request's body; 16 MiB
 * @param bytesInFlight the bytes of all bodies that are being read, wait or are worked on; 256 MiB
 * @param examples the examples in one request; 256
 * @param pixels the pixels of all pictures of one request together; 50 million
 * @param queued the requests that wait for a worker; 64
 * @param workers the requests that are worked on side by side; one for each processor
 * @param bodyTime how long a body may take to arrive; 10 seconds
 * @param requestTime how long a request may wait and be worked on, once its body is there; 30 seconds
 */
public record ServerLimits(
        int bodyBytes,
        long bytesInFlight,
        int examples,
        long pixels,
        int queued,
        int workers,
        Duration bodyTime,
        Duration requestTime) {
    /**
     * Checks the ranges.
     *
     * @throws SettingsException if a limit is not positive, or one body may be more than all together
     */
    public ServerLimits {
        if (bodyBytes < 1
                || bytesInFlight < bodyBytes
                || examples < 1
                || pixels < 1
                || queued < 1
                || workers < 1
                || bodyTime.toMillis() < 1
                || requestTime.toMillis() < 1) {
            throw new SettingsException(Problem.of("A server's limits are out of range.")
                    .expected("positive limits, and no body larger than all together may be")
                    .found(bodyBytes + " bytes in a body, " + bytesInFlight + " in flight, " + examples + " examples, "
                            + pixels + " pixels, " + queued + " queued, " + workers + " workers, " + bodyTime + " and "
                            + requestTime));
        }
    }

    /** The limits that are named above. */
    public static ServerLimits defaults() {
        return new ServerLimits(
                16 << 20,
                256L << 20,
                256,
                50_000_000,
                64,
                Runtime.getRuntime().availableProcessors(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30));
    }

    /** Returns limits with other bytes for one body, and at least as many for all. */
    public ServerLimits withBodyBytes(int bytes) {
        return new ServerLimits(
                bytes, Math.max(bytes, bytesInFlight), examples, pixels, queued, workers, bodyTime, requestTime);
    }

    /** Returns limits with other bytes for all bodies together. */
    public ServerLimits withBytesInFlight(long bytes) {
        return new ServerLimits(bodyBytes, bytes, examples, pixels, queued, workers, bodyTime, requestTime);
    }

    /** Returns limits with another number of examples. */
    public ServerLimits withExamples(int count) {
        return new ServerLimits(bodyBytes, bytesInFlight, count, pixels, queued, workers, bodyTime, requestTime);
    }

    /** Returns limits with another number of pixels. */
    public ServerLimits withPixels(long count) {
        return new ServerLimits(bodyBytes, bytesInFlight, examples, count, queued, workers, bodyTime, requestTime);
    }

    /** Returns limits with another length of the queue. */
    public ServerLimits withQueued(int count) {
        return new ServerLimits(bodyBytes, bytesInFlight, examples, pixels, count, workers, bodyTime, requestTime);
    }

    /** Returns limits with another number of workers. */
    public ServerLimits withWorkers(int count) {
        return new ServerLimits(bodyBytes, bytesInFlight, examples, pixels, queued, count, bodyTime, requestTime);
    }

    /** Returns limits with another time for bodies. */
    public ServerLimits withBodyTime(Duration time) {
        return new ServerLimits(bodyBytes, bytesInFlight, examples, pixels, queued, workers, time, requestTime);
    }

    /** Returns limits with another time for requests. */
    public ServerLimits withRequestTime(Duration time) {
        return new ServerLimits(bodyBytes, bytesInFlight, examples, pixels, queued, workers, bodyTime, time);
    }
}
