package dev.graft.serve;

import dev.graft.error.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A request as an endpoint sees it. The body has been read, within its bounds. */
final class Call {
    private final String id;
    private final Map<String, String> segments;
    private final Map<String, List<String>> query;
    private final String contentType;
    private final byte[] body;
    private final BooleanSupplier abandoned;

    /**
     * Makes a call.
     *
     * @param id the request's id
     * @param segments what stands in the path in place of the names in braces
     * @param query the query's parameters
     * @param contentType what the body is said to be; empty if nothing was said
     * @param body the body, perhaps empty
     * @param abandoned whether nobody waits for the answer any more
     */
    Call(
            String id,
            Map<String, String> segments,
            Map<String, List<String>> query,
            String contentType,
            byte[] body,
            BooleanSupplier abandoned) {
        this.id = id;
        this.segments = Map.copyOf(segments);
        this.query = Map.copyOf(query);
        this.contentType = contentType;
        this.body = body;
        this.abandoned = abandoned;
    }

    String id() {
        return id;
    }

    /** What stands in the path in place of a name in braces. */
    String segment(String name) {
        return Objects.requireNonNull(segments.get(name), name);
    }

    /** What the body is said to be, with its parameters, as it was written. */
    String contentType() {
        return contentType;
    }

    /** What the body is said to be, in small letters and without parameters; empty if nothing was said. */
    String mediaType() {
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    /** The body, which is not copied. */
    byte[] body() {
        return body;
    }

    /**
     * A parameter of the query; null if it is not there.
     *
     * @throws Refusal if it is there twice
     */
    @Nullable
    String parameter(String name) {
        List<String> values = query.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw new Refusal(
                    400,
                    Problem.of("A parameter is given twice.")
                            .where("query parameter " + name)
                            .expected("one value")
                            .found(values.size() + " values")
                            .fix("give it once"));
        }
        return values.isEmpty() ? null : values.get(0);
    }

    /**
     * Refuses parameters that nothing would look at.
     *
     * @throws Refusal if there is one of another name
     */
    void requireParameters(Set<String> known) {
        for (String name : query.keySet()) {
            if (!known.contains(name)) {
                throw new Refusal(
                        400,
                        Problem.of("There is no such parameter.")
                                .where("query")
                                .expected(String.join(", ", new TreeSet<>(known)))
                                .found(name)
                                .fix("leave it out, or correct its name"));
            }
        }
    }

    /**
     * Ends the work for a call whose client has gone, or whose time is over. To be asked between pieces of work.
     *
     * @throws AbandonedException if nobody waits any more
     */
    void requireWanted() {
        if (abandoned.getAsBoolean()) {
            throw new AbandonedException();
        }
    }

    /** Ends work that nobody waits for. */
    static final class AbandonedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        AbandonedException() {
            super("nobody waits for the answer", null, false, false);
        }
    }
}
