package dev.graft.hub;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * A server on this machine that answers as the hub does, with a second one for large files as the hub has, and
 * misbehaves on demand.
 */
final class FakeHub implements AutoCloseable {
    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    /** A request as it arrived: the server's name, the method, the path, and what decides about the answer. */
    record Request(String server, String method, String path, String authorization, String range) {
        boolean isDownload() {
            return method.equals("GET") && !path.startsWith("/api");
        }
    }

    private final Map<String, byte[]> files = new TreeMap<>();
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> failures = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> cuts = new ConcurrentLinkedQueue<>();
    private final Map<String, byte[]> falsified = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer hub;
    private final HttpServer cdn;
    private final String repository = "owner/model";
    private volatile String commit = COMMIT;
    private volatile String token = "";
    private volatile boolean rangesKnown = true;
    private volatile boolean rangesRefused;
    private volatile boolean digestsAnnounced = true;
    private volatile boolean stalls;

    FakeHub() throws IOException {
        hub = start("hub");
        cdn = start("cdn");
    }

    private HttpServer start(String name) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> answer(name, exchange));
        server.setExecutor(threads);
        server.start();
        return server;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + hub.getAddress().getPort());
    }

    void put(String file, byte[] content) {
        files.put(file, content);
    }

    void put(String file, String content) {
        put(file, content.getBytes(StandardCharsets.UTF_8));
    }

    /** From now on the branches mean another commit. */
    void commit(String another) {
        commit = another;
    }

    /** From now on only those with the token are let in. */
    void gate(String secret) {
        token = secret;
    }

    /** The next downloads and questions are answered with these statuses. */
    void failWith(Integer... statuses) {
        failures.addAll(List.of(statuses));
    }

    /** The next downloads of large files break off after so many bytes each. */
    void cutAfter(Integer... bytes) {
        cuts.addAll(List.of(bytes));
    }

    /** Large files arrive as something else than was announced. */
    void falsify(String file, byte[] content) {
        falsified.put(file, content);
    }

    void forgetRanges() {
        rangesKnown = false;
    }

    void refuseRanges() {
        rangesRefused = true;
    }

    void hideDigests() {
        digestsAnnounced = false;
    }

    void stall() {
        stalls = true;
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    List<Request> downloads() {
        return requests.stream()
                .filter(request -> request.server().equals("cdn"))
                .toList();
    }

    private void answer(String server, HttpExchange exchange) throws IOException {
        Headers headers = exchange.getRequestHeaders();
        String path = exchange.getRequestURI().getRawPath();
        requests.add(new Request(
                server,
                exchange.getRequestMethod(),
                path,
                String.valueOf(headers.getFirst("Authorization")),
                String.valueOf(headers.getFirst("Range"))));
        try (exchange) {
            if (server.equals("cdn")) {
                sendLarge(exchange, path.substring(1));
            } else if (refused(exchange)) {
                return;
            } else if (path.startsWith("/api/models/")) {
                sendListing(exchange, path);
            } else {
                sendFile(exchange, path);
            }
        }
    }

    private boolean refused(HttpExchange exchange) throws IOException {
        Integer failure = failures.poll();
        if (failure != null) {
            exchange.getResponseHeaders().set("Retry-After", "7");
            exchange.sendResponseHeaders(failure, -1);
            return true;
        }
        if (!token.isEmpty()
                && !("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            exchange.getResponseHeaders().set("X-Error-Code", "GatedRepo");
            exchange.sendResponseHeaders(401, -1);
            return true;
        }
        return false;
    }

    private void sendListing(HttpExchange exchange, String path) throws IOException {
        String prefix = "/api/models/" + repository + "/revision/";
        if (!path.startsWith(prefix)) {
            notFound(exchange, "RepoNotFound");
        } else if (!List.of("main", "refs%2Fpr%2F1", commit).contains(path.substring(prefix.length()))) {
            notFound(exchange, "RevisionNotFound");
        } else {
            String names = files.keySet().stream()
                    .map(name -> "{\"rfilename\":\"" + name + "\"}")
                    .collect(Collectors.joining(","));
            byte[] body =
                    ("{\"sha\":\"" + commit + "\",\"siblings\":[" + names + "]}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static void notFound(HttpExchange exchange, String code) throws IOException {
        exchange.getResponseHeaders().set("X-Error-Code", code);
        exchange.sendResponseHeaders(404, -1);
    }

    /** Small files come from the hub itself; for large ones it sends to the other server. */
    private void sendFile(HttpExchange exchange, String path) throws IOException {
        String prefix = "/" + repository + "/resolve/" + commit + "/";
        byte[] content = path.startsWith(prefix) ? files.get(path.substring(prefix.length())) : null;
        Headers headers = exchange.getResponseHeaders();
        if (content == null) {
            notFound(exchange, "EntryNotFound");
            return;
        }
        if (path.endsWith(".safetensors")) {
            if (digestsAnnounced) {
                headers.set("X-Linked-Etag", "\"" + hex("SHA-256", content) + "\"");
            }
            headers.set("X-Linked-Size", "" + content.length);
            headers.set(
                    "Location",
                    "http://127.0.0.1:" + cdn.getAddress().getPort() + "/" + path.substring(prefix.length()));
            exchange.sendResponseHeaders(302, -1);
            return;
        }
        byte[] header = ("blob " + content.length + "\0").getBytes(StandardCharsets.UTF_8);
        headers.set("ETag", "\"" + hex("SHA-1", header, content) + "\"");
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", "" + content.length);
            exchange.sendResponseHeaders(200, -1);
        } else {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        }
    }

    private void sendLarge(HttpExchange exchange, String name) throws IOException {
        byte[] content = Objects.requireNonNull(falsified.getOrDefault(name, files.get(name)), name);
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = 0;
        if (range != null && rangesRefused) {
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        if (range != null && rangesKnown) {
            from = Integer.parseInt(range.replaceAll("bytes=|-", ""));
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        byte[] rest = Arrays.copyOfRange(content, from, content.length);
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, rest.length);
        Integer cut = cuts.poll();
        exchange.getResponseBody().write(rest, 0, cut == null ? rest.length : Math.min(cut, rest.length));
        exchange.getResponseBody().flush();
        if (stalls) {
            awaitClose();
        }
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static String hex(String algorithm, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        hub.stop(0);
        cdn.stop(0);
        threads.shutdownNow();
    }
}
