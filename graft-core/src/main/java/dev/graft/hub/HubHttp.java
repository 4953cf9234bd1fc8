package dev.graft.hub;

import dev.graft.error.GraftException;
import dev.graft.error.Reason;
import dev.graft.error.Redacted;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests to the hub: with the token where it belongs, through redirects, and again after a while when the server is
 * busy.
 *
 * <p>The token goes to the endpoint's own scheme, host and port and nowhere else.
 */
final class HubHttp {
    private static final Logger LOG = LoggerFactory.getLogger(HubHttp.class);
    private static final Duration TO_CONNECT = Duration.ofSeconds(15);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
    private static final int ATTEMPTS = 5;
    private static final int HOPS = 10;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(TO_CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final URI endpoint;
    private final @Nullable String token;
    private final Duration limit;
    private final Pause pause;

    HubHttp(URI endpoint, @Nullable String token, Duration limit, Pause pause) {
        this.endpoint = endpoint;
        this.token = token;
        this.limit = limit;
        this.pause = pause;
    }

    Duration limit() {
        return limit;
    }

    /** A server that may do better later. */
    static final class BusyException extends IOException {
        private static final long serialVersionUID = 1L;

        private final int seconds;

        BusyException(int status, OptionalLong seconds) {
            super("HTTP status " + status);
            this.seconds = (int) Math.min(seconds.orElse(0), LONGEST_PAUSE.toSeconds());
        }
    }

    /** The network or the server is down, so that what is in the cache will have to do. */
    static final class UnreachableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient GraftException shown;

        UnreachableException(GraftException shown) {
            super(shown);
            this.shown = shown;
        }

        /** What to tell the user, if there is nothing in the cache. */
        GraftException shown() {
            return shown;
        }
    }

    /** Something that may fail and be tried again. */
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws IOException;
    }

    /** Tries until it works, pausing longer each time; a server that cannot be connected to is not asked again. */
    <T> T retrying(URI address, HubProblems problems, Attempt<T> attempt) {
        Duration wait = FIRST_PAUSE;
        for (int tried = 1; ; tried++) {
            try {
                return attempt.run();
            } catch (ConnectException e) {
                throw new UnreachableException(problems.unreachable(address, e));
            } catch (IOException e) {
                if (tried == ATTEMPTS || Thread.currentThread().isInterrupted()) {
                    throw new UnreachableException(problems.unreachable(address, e));
                }
                Duration asked = Duration.ofSeconds(e instanceof BusyException busy ? busy.seconds : 0);
                Duration longer = asked.compareTo(wait) > 0 ? asked : wait;
                LOG.info("{}: {}; trying again in {} s", Redacted.address(address), Reason.of(e), longer.toSeconds());
                await(longer, address, problems);
                wait = wait.multipliedBy(2);
            }
        }
    }

    private void await(Duration duration, URI address, HubProblems problems) {
        try {
            pause.await(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw problems.interrupted(address);
        }
    }

    /**
     * Sends a request and follows redirects. With {@code HEAD} it stops at the first that leads to another server or
     * announces the content, because what is asked for stands in its headers.
     */
    HttpResponse<InputStream> send(String method, URI address, @Nullable String range, HubProblems problems)
            throws IOException {
        URI at = address;
        for (int hop = 0; hop < HOPS; hop++) {
            HttpResponse<InputStream> response = exchange(method, at, range, problems);
            Optional<URI> next = redirect(response);
            if (next.isEmpty() || (method.equals("HEAD") && hasAnswer(response, next.get()))) {
                return checkedBusy(response);
            }
            response.body().close();
            requireSafe(at, next.get(), problems);
            at = next.get();
        }
        throw problems.malformed(address, "at most " + HOPS + " redirects", "more");
    }

    private boolean hasAnswer(HttpResponse<?> response, URI next) {
        return response.headers().firstValue("x-linked-etag").isPresent() || !isOurs(next);
    }

    private static HttpResponse<InputStream> checkedBusy(HttpResponse<InputStream> response) throws IOException {
        int status = response.statusCode();
        if (status == 408 || status == 429 || status >= 500) {
            response.body().close();
            throw new BusyException(status, seconds(response));
        }
        return response;
    }

    private static OptionalLong seconds(HttpResponse<?> response) {
        try {
            return response.headers().firstValueAsLong("retry-after");
        } catch (NumberFormatException e) {
            // The header may hold a date in place of a number; then our own pause will do.
            return OptionalLong.empty();
        }
    }

    private HttpResponse<InputStream> exchange(String method, URI at, @Nullable String range, HubProblems problems)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(at)
                .timeout(limit)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Accept-Encoding", "identity")
                .header("User-Agent", "graft");
        if (token != null && isOurs(at)) {
            request.header("Authorization", "Bearer " + token);
        }
        if (range != null) {
            request.header("Range", range);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw problems.interrupted(at);
        }
    }

    private static Optional<URI> redirect(HttpResponse<?> response) {
        if (!REDIRECTS.contains(response.statusCode())) {
            return Optional.empty();
        }
        return response.headers().firstValue("location").flatMap(location -> {
            try {
                return Optional.of(response.uri().resolve(location));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        });
    }

    private static void requireSafe(URI from, URI to, HubProblems problems) {
        String scheme = String.valueOf(to.getScheme()).toLowerCase(Locale.ROOT);
        boolean safe = scheme.equals("https") || (scheme.equals("http") && "http".equals(from.getScheme()));
        if (!safe || to.getHost() == null) {
            throw problems.malformed(from, "a redirect to an address with https", String.valueOf(to));
        }
    }

    private boolean isOurs(URI address) {
        return Objects.equals(endpoint.getScheme(), address.getScheme())
                && String.valueOf(endpoint.getHost()).equalsIgnoreCase(String.valueOf(address.getHost()))
                && port(endpoint) == port(address);
    }

    private static int port(URI address) {
        return address.getPort() >= 0 ? address.getPort() : "https".equals(address.getScheme()) ? 443 : 80;
    }
}
