package dev.graft.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The page: a few files of this module, which ask nobody but this server. */
final class PageRoutes implements RouteGroup {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self' data: blob:; media-src 'self' blob:; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'";

    private static final Map<String, String> FILES = files();

    private static Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("index.html", "text/html; charset=utf-8");
        files.put("page.css", "text/css; charset=utf-8");
        files.put("words.js", "text/javascript; charset=utf-8");
        files.put("page.js", "text/javascript; charset=utf-8");
        files.put("icon.svg", "image/svg+xml");
        return files;
    }

    @Override
    public List<Route> routes() {
        return FILES.entrySet().stream()
                .map(file -> {
                    Reply reply = Reply.of(file.getValue(), read(file.getKey()))
                            .with("Content-Security-Policy", POLICY)
                            .with("X-Content-Type-Options", "nosniff")
                            .with("Referrer-Policy", "no-referrer")
                            .with("Cache-Control", "no-cache");
                    return Route.open(
                            file.getKey().equals("index.html") ? "/" : "/page/" + file.getKey(), call -> reply);
                })
                .toList();
    }

    private static byte[] read(String file) {
        try (InputStream stream = Objects.requireNonNull(PageRoutes.class.getResourceAsStream("page/" + file), file)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
