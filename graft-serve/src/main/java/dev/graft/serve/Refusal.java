package dev.graft.serve;

import dev.graft.error.Problem;
import java.util.Map;

/** A call that is refused, with the status that says how. Carries no stack trace: it is an answer, not a fault. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Problem problem;
    private final transient Map<String, String> headers;

    Refusal(int status, Problem problem) {
        this(status, problem, Map.of());
    }

    Refusal(int status, Problem problem, Map<String, String> headers) {
        super(problem.toString(), null, false, false);
        this.status = status;
        this.problem = problem;
        this.headers = Map.copyOf(headers);
    }

    int status() {
        return status;
    }

    Problem problem() {
        return problem;
    }

    Map<String, String> headers() {
        return headers;
    }
}
