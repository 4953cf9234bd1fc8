package dev.graft.serve;

import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds what answers a method and a path. Immutable. */
final class Router {
    private record Pattern(Route route, List<String> segments) {}

    /**
     * A route that was found, and what stands in the path in place of its names.
     *
     * @param route the route
     * @param segments the values by name
     */
    record Match(Route route, Map<String, String> segments) {}

    private final List<Pattern> patterns = new ArrayList<>();

    Router(List<RouteGroup> groups) {
        for (RouteGroup group : groups) {
            group.routes().forEach(route -> patterns.add(new Pattern(route, split(route.path()))));
        }
    }

    /**
     * The route of a method and a path.
     *
     * @param path decoded segments, each after a slash
     * @throws Refusal with 404 if there is no such path, with 405 if it knows no such method
     */
    Match find(String method, List<String> path) {
        TreeSet<String> allowed = new TreeSet<>();
        // What is read may be asked for its headers alone.
        String wanted = method.equals("HEAD") ? "GET" : method;
        for (Pattern pattern : patterns) {
            Map<String, String> values = values(pattern.segments(), path);
            if (values != null && pattern.route().method().equals(wanted)) {
                return new Match(pattern.route(), values);
            }
            if (values != null) {
                allowed.add(pattern.route().method());
            }
        }
        if (allowed.isEmpty()) {
            throw new Refusal(
                    404,
                    Problem.of("There is nothing at this path.")
                            .where(Excerpt.of("/" + String.join("/", path)))
                            .expected("a path that /openapi.json lists")
                            .fix("correct the path"));
        }
        String methods = String.join(", ", allowed);
        throw new Refusal(
                405,
                Problem.of("This path knows no such method.")
                        .where(Excerpt.of("/" + String.join("/", path)))
                        .expected(methods)
                        .found(Excerpt.of(method))
                        .fix("use " + methods),
                Map.of("Allow", methods));
    }

    private static @Nullable Map<String, String> values(List<String> pattern, List<String> path) {
        if (pattern.size() != path.size()) {
            return null;
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < pattern.size(); i++) {
            String segment = pattern.get(i);
            if (segment.startsWith("{")) {
                values.put(segment.substring(1, segment.length() - 1), path.get(i));
            } else if (!segment.equals(path.get(i))) {
                return null;
            }
        }
        return values;
    }

    /** The segments of a path, each after a slash: one that is empty for the root. */
    static List<String> split(String path) {
        return List.of(path.substring(1).split("/", -1));
    }
}
