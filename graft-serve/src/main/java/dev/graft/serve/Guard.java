package dev.graft.serve;

import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask. A server that only this machine reaches is asked under this machine's own names alone: a page from elsewhere that
 * a browser shows here could otherwise reach it, by a name of its own that it lets point here.
 */
final class Guard {
    private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String BEARER = "bearer ";

    private final boolean loopback;
    private final byte @Nullable [] token;

    /**
     * Makes a guard.
     *
     * @param loopback whether only this machine reaches the server
     * @param token what a request has to bring; null for nothing
     */
    Guard(boolean loopback, @Nullable String token) {
        this.loopback = loopback;
        this.token = token == null ? null : token.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether an address is one that only this machine reaches. */
    static boolean isLoopback(InetAddress address) {
        return address.isLoopbackAddress();
    }

    /**
     * Looks at where a request came from.
     *
     * @param host the header Host; null if there is none
     * @param origin the header Origin; null if there is none
     * @throws Refusal if it was sent to another name, or by a page from elsewhere
     */
    void requireOwn(@Nullable String host, @Nullable String origin) {
        if (!loopback) {
            return;
        }
        if (host == null || !OWN_NAMES.contains(name(host))) {
            throw new Refusal(
                    421,
                    Problem.of("This server answers under its own names only.")
                            .where("header Host")
                            .expected("localhost, 127.0.0.1 or [::1], with or without a port")
                            .found(host == null ? "none" : Excerpt.of(host))
                            .fix("ask for one of these names"));
        }
        if (origin != null && !isOwn(origin, host)) {
            throw new Refusal(
                    403,
                    Problem.of("Pages from elsewhere may not ask this server.")
                            .where("header Origin")
                            .expected("http://" + Excerpt.of(host) + ", or no such header")
                            .found(Excerpt.of(origin))
                            .fix("ask from a page of this server, or from a program"));
        }
    }

    private static boolean isOwn(String origin, String host) {
        return origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host);
    }

    /** The name without the port. */
    private static String name(String host) {
        int colon = host.startsWith("[") ? host.indexOf(':', host.indexOf(']')) : host.indexOf(':');
        return (colon < 0 ? host : host.substring(0, colon)).toLowerCase(Locale.ROOT);
    }

    /**
     * Looks for the token, in a time that does not depend on how much of it is right.
     *
     * @param authorization the header Authorization; null if there is none
     * @throws Refusal if there is a token, and this is another
     */
    void requireToken(@Nullable String authorization) {
        if (token == null) {
            return;
        }
        boolean bearer =
                authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER);
        byte[] given = bearer && authorization != null
                ? authorization.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8)
                : new byte[0];
        if (!MessageDigest.isEqual(token, given)) {
            throw new Refusal(
                    401,
                    Problem.of("This server asks for a token.")
                            .where("header Authorization")
                            .expected("Bearer and the token that the server was started with")
                            .found(bearer ? "another token" : "none")
                            .fix("send the header Authorization: Bearer TOKEN"),
                    Map.of("WWW-Authenticate", "Bearer"));
        }
    }
}
