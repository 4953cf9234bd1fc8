package dev.graft.serve;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.graft.error.ClosedException;
import dev.graft.error.DataException;
import dev.graft.error.GraftException;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.error.WeightsMismatchException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is answered when something goes wrong: an object {@code error}, the same for every status.
 *
 * @param error what went wrong
 */
record ErrorReply(Fault error) {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorReply.class);

    /** How many seconds a client should wait before it tries again. */
    static final String RETRY_SECONDS = "1";

    /**
     * What went wrong.
     *
     * @param id the request's, by which the server's log names it too
     * @param what one sentence
     * @param where in which part of the request; null if that is plain
     * @param expected what was expected there; null if it was not said
     * @param found what was found instead; null if it was not said
     * @param fix how to mend it; null if it was not said
     */
    record Fault(
            String id,
            String what,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String where,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String expected,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String found,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String fix) {}

    /** The answer to a problem. */
    static Reply of(String id, int status, Problem problem) {
        return Reply.json(
                status,
                new ErrorReply(new Fault(
                        id,
                        problem.what(),
                        problem.detail("where"),
                        problem.detail("expected"),
                        problem.detail("found"),
                        problem.fix())));
    }

    /** The answer to whatever was thrown; what nobody expected goes to the log with its stack trace, and only there. */
    static Reply of(String id, Throwable failure) {
        if (failure instanceof Refusal refusal) {
            Reply reply = of(id, refusal.status(), refusal.problem());
            return new Reply(reply.status(), reply.contentType(), reply.content(), refusal.headers());
        }
        if (failure instanceof ClosedException closed) {
            return of(id, 503, closed.problem()).with("Retry-After", RETRY_SECONDS);
        }
        // The last is what a network says of numbers that no training has shown it.
        if (failure instanceof DataException
                || failure instanceof SettingsException
                || failure instanceof WeightsMismatchException) {
            return of(id, 400, ((GraftException) failure).problem());
        }
        if (failure instanceof GraftException known) {
            LOG.warn("request {}: {}", id, known.getMessage());
            return of(id, 500, known.problem());
        }
        LOG.error("request {} failed unexpectedly", id, failure);
        return of(
                id,
                500,
                Problem.of("The server could not answer.")
                        .found(failure instanceof OutOfMemoryError ? "too little memory" : "an unexpected fault")
                        .fix("look for this id in the server's log"));
    }
}
