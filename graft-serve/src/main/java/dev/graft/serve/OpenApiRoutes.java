package dev.graft.serve;

import dev.graft.result.GraftVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Gives the description of all routes in OpenAPI. */
final class OpenApiRoutes implements RouteGroup {
    private static final String FILE = "openapi.json";

    private final byte[] document = read();

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/openapi.json", call -> Reply.of(Reply.JSON, document)));
    }

    private static byte[] read() {
        try (InputStream stream = Objects.requireNonNull(OpenApiRoutes.class.getResourceAsStream(FILE), FILE)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("$VERSION", GraftVersion.current())
                    .getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
