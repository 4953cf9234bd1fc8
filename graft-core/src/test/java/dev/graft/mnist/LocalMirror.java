package dev.graft.mnist;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A web server on this machine that serves gzipped files as MNIST's mirrors do, and misbehaves on demand. */
final class LocalMirror implements AutoCloseable {
    private static final int NEVER = Integer.MAX_VALUE;

    private final Map<String, byte[]> served = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile int breakAfter = NEVER;
    private volatile int stallAfter = NEVER;

    LocalMirror(Map<MnistFile, byte[]> content) throws IOException {
        content.forEach((file, bytes) -> send(file, IdxBytes.gzip(bytes)));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/mnist/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/mnist/");
    }

    int requests() {
        return requests.get();
    }

    void send(MnistFile file, byte[] bytes) {
        served.put("/mnist/" + file.fileName() + ".gz", bytes);
    }

    void breakAfter(int bytes) {
        breakAfter = bytes;
    }

    void stallAfter(int bytes) {
        stallAfter = bytes;
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        byte[] bytes = served.get(exchange.getRequestURI().getPath());
        if (bytes == null) {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
            return;
        }
        exchange.sendResponseHeaders(200, bytes.length);
        int sent = Math.min(bytes.length, Math.min(breakAfter, stallAfter));
        exchange.getResponseBody().write(bytes, 0, sent);
        exchange.getResponseBody().flush();
        if (stallAfter < bytes.length) {
            awaitClose();
        }
        exchange.close();
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
