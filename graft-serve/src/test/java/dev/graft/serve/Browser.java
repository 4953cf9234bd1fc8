package dev.graft.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Chromium without a window, driven through its DevTools protocol. */
final class Browser implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int PATIENCE_SECONDS = 120;

    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());

    /** The browser's program, if there is one. */
    static Optional<Path> find() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts a browser with an empty page.
     *
     * @param home where it keeps what it keeps
     */
    Browser(Path program, Path home) {
        try {
            this.process = new ProcessBuilder(
                            program.toString(),
                            "--headless=new",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-dev-shm-usage",
                            "--hide-scrollbars",
                            "--remote-debugging-port=0",
                            "--user-data-dir=" + home,
                            "about:blank")
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolveSibling("browser.log").toFile())
                    .start();
            this.socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(page(home), new Answers())
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            call("Page.enable");
            call("Runtime.enable");
            call("Log.enable");
            call("DOM.enable");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static URI page(Path home) throws IOException, InterruptedException {
        Path file = home.resolve("DevToolsActivePort");
        for (int i = 0; i < 10 * PATIENCE_SECONDS; i++) {
            if (Files.isRegularFile(file) && Files.readAllLines(file).size() >= 2) {
                int port = Integer.parseInt(Files.readAllLines(file).get(0).strip());
                try (var stream = URI.create("http://127.0.0.1:" + port + "/json/list")
                        .toURL()
                        .openStream()) {
                    for (JsonNode target : JSON.readTree(stream)) {
                        if (target.get("type").asString().equals("page")) {
                            return URI.create(target.get("webSocketDebuggerUrl").asString());
                        }
                    }
                }
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("the browser opened no page");
    }

    private final class Answers implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                JsonNode message = JSON.readTree(text.toString());
                text.setLength(0);
                take(message);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }

    private void take(JsonNode message) {
        JsonNode id = message.get("id");
        if (id != null) {
            CompletableFuture<JsonNode> answer = waiting.remove(id.asInt());
            if (answer != null) {
                answer.complete(message);
            }
            return;
        }
        String method = message.path("method").asString("");
        if (method.equals("Runtime.exceptionThrown")
                || (method.equals("Log.entryAdded")
                        && message.at("/params/entry/level").asString("").equals("error"))) {
            complaints.add(message.get("params").toString());
        }
    }

    /** What the page complained of: failures of scripts, and what its policy or the server refused. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Calls a method of the protocol. */
    JsonNode call(String method, Object... parameters) {
        int id = calls.incrementAndGet();
        var given = JSON.createObjectNode();
        for (int i = 0; i < parameters.length; i += 2) {
            given.set(parameters[i].toString(), JSON.valueToTree(parameters[i + 1]));
        }
        var message = JSON.createObjectNode();
        message.put("id", id);
        message.put("method", method);
        message.set("params", given);
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        socket.sendText(message.toString(), true).join();
        try {
            JsonNode told = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (told.has("error")) {
                throw new IllegalStateException(method + ": " + told.get("error"));
            }
            return told.get("result");
        } catch (IllegalStateException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(method, e);
        }
    }

    /** Opens a page, as wide as a screen of so many pixels. */
    void open(String address, int width, int height) {
        call(
                "Emulation.setDeviceMetricsOverride",
                "width",
                width,
                "height",
                height,
                "deviceScaleFactor",
                1,
                "mobile",
                width < 500);
        call("Page.navigate", "url", address);
        await("document.readyState === 'complete' && document.getElementById('language').textContent !== ''");
    }

    /** The value of an expression, as text. */
    String text(String expression) {
        JsonNode result = call("Runtime.evaluate", "expression", "String(" + expression + ")", "awaitPromise", true);
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + result.get("exceptionDetails"));
        }
        return result.at("/result/value").asString();
    }

    /** Does something on the page. */
    void run(String script) {
        text("(() => { " + script + " })()");
    }

    /** Waits until something is true. */
    void await(String condition) {
        for (int i = 0; i < 10 * PATIENCE_SECONDS; i++) {
            if (text(condition).equals("true")) {
                return;
            }
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError(
                "never true: " + condition + "\n" + text("document.body.innerText") + "\n" + complaints());
    }

    /** Chooses files in a field. */
    void choose(String selector, List<Path> files) {
        JsonNode root = call("DOM.getDocument").get("root").get("nodeId");
        JsonNode field = call("DOM.querySelector", "nodeId", root.asInt(), "selector", selector)
                .get("nodeId");
        call(
                "DOM.setFileInputFiles",
                "nodeId",
                field.asInt(),
                "files",
                files.stream().map(Path::toString).toList());
    }

    /** Writes a picture of the whole page. */
    void picture(Path file) {
        JsonNode shot = call("Page.captureScreenshot", "captureBeyondViewport", true);
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, Base64.getDecoder().decode(shot.get("data").asString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
