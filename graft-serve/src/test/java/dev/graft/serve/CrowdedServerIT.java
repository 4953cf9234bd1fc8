package dev.graft.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What happens to requests when there are more of them than workers, and when nobody waits for them any more. */
class CrowdedServerIT {
    /** Keeps a worker until it is let go, or until nobody waits any more. */
    private static final class Holding implements RouteGroup {
        private final Semaphore begun = new Semaphore(0);
        private final CountDownLatch free = new CountDownLatch(1);
        private final AtomicInteger abandoned = new AtomicInteger();

        @Override
        public List<Route> routes() {
            return List.of(Route.post("/hold", this::hold));
        }

        private Reply hold(Call call) {
            begun.release();
            try {
                while (free.getCount() > 0) {
                    call.requireWanted();
                    Thread.onSpinWait();
                }
            } catch (Call.AbandonedException e) {
                abandoned.incrementAndGet();
                throw e;
            }
            return Reply.json(List.of());
        }
    }

    private static GraftServer server(Holding holding, ServerLimits limits) {
        return GraftServer.serving()
                .model("words", SampleModels.countedWords())
                .with(holding)
                .limits(limits)
                .port(0)
                .start();
    }

    private static CompletableFuture<Client.Answer> held(Client client) {
        return CompletableFuture.supplyAsync(() -> client.post("/hold", "text/plain", new byte[] {1}));
    }

    @Test
    void aFullQueueSaysWhenToTryAgain() throws InterruptedException {
        Holding holding = new Holding();
        try (GraftServer server =
                server(holding, ServerLimits.defaults().withWorkers(1).withQueued(1))) {
            Client client = new Client(server);
            List<CompletableFuture<Client.Answer>> answers = new ArrayList<>();
            answers.add(held(client));
            holding.begun.acquire();
            answers.add(held(client));
            while (!client.get("/metrics").text().contains("graft_queue_size 1.0")) {
                Thread.onSpinWait();
            }

            Client.Answer refused = client.post("/hold", "text/plain", new byte[] {1});

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.response().headers().firstValue("Retry-After")).contains("1");
            assertThat(client.get("/health").status()).isEqualTo(200);
            holding.free.countDown();
            answers.forEach(answer -> assertThat(answer.join().status()).isEqualTo(200));
        }
    }

    @Test
    void bodiesOfAllRequestsTogetherHaveABound() throws InterruptedException {
        Holding holding = new Holding();
        ServerLimits limits = ServerLimits.defaults()
                .withBodyBytes(1000)
                .withBytesInFlight(1500)
                .withWorkers(1);
        try (GraftServer server = server(holding, limits)) {
            Client client = new Client(server);
            CompletableFuture<Client.Answer> first =
                    CompletableFuture.supplyAsync(() -> client.post("/hold", "text/plain", new byte[1000]));
            holding.begun.acquire();

            assertThat(client.post("/hold", "text/plain", new byte[1000]).status())
                    .isEqualTo(503);
            holding.free.countDown();
            assertThat(first.join().status()).isEqualTo(200);
            assertThat(client.post("/hold", "text/plain", new byte[1000]).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aRequestThatTakesTooLongIsAnsweredAndItsWorkEnds() {
        Holding holding = new Holding();
        ServerLimits limits =
                ServerLimits.defaults().withRequestTime(Duration.ofMillis(200)).withWorkers(1);
        try (GraftServer server = server(holding, limits)) {
            Client client = new Client(server);

            assertThat(held(client).join().status()).isEqualTo(503);
            while (holding.abandoned.get() == 0) {
                Thread.onSpinWait();
            }
            assertThat(client.postJson("/v1/models/words/predict", "{\"text\": \"so good\"}")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void workForAClientThatHasGoneEnds() throws Exception {
        Holding holding = new Holding();
        try (GraftServer server = server(holding, ServerLimits.defaults().withWorkers(1))) {
            Client client = new Client(server);
            String request = "POST /hold HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nbody";
            try (Socket running = client.raw(request);
                    Socket waiting = client.raw(request)) {
                holding.begun.acquire();
                while (!client.get("/metrics").text().contains("graft_queue_size 1.0")) {
                    Thread.onSpinWait();
                }
                assertThat(running.isConnected() && waiting.isConnected()).isTrue();
            }

            while (holding.abandoned.get() == 0
                    || !client.get("/metrics").text().contains("graft_bodies_bytes 0.0")) {
                Thread.onSpinWait();
            }
            // The one that waited has not begun.
            assertThat(holding.begun.tryAcquire()).isFalse();
            assertThat(client.get("/metrics").text()).contains("status=\"499\"").contains("graft_queue_size 0.0");
        }
    }

    @Test
    void whatAClientSendsAheadIsAnsweredInItsTurn() throws IOException, InterruptedException {
        Holding holding = new Holding();
        try (GraftServer server = server(holding, ServerLimits.defaults().withWorkers(1))) {
            Client client = new Client(server);
            String health = "GET /health HTTP/1.1\r\nHost: localhost\r\n";
            try (Socket socket =
                    client.raw("POST /hold HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nbody")) {
                holding.begun.acquire();
                socket.getOutputStream()
                        .write((health + "\r\n" + health + "Connection: close\r\n\r\n")
                                .getBytes(StandardCharsets.UTF_8));
                // Long enough for several looks whether the client is there.
                for (int i = 0; i < 200; i++) {
                    client.get("/health");
                }
                holding.free.countDown();

                String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(all.split("HTTP/1.1 200 ", -1)).hasSize(4);
            }
        }
    }

    @Test
    void closingWaitsForWhatIsBeingAnswered() throws InterruptedException {
        Holding holding = new Holding();
        GraftServer server = server(holding, ServerLimits.defaults().withWorkers(1));
        Client client = new Client(server);
        CompletableFuture<Client.Answer> running = held(client);
        holding.begun.acquire();

        CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
        assertThat(closing.isDone()).isFalse();
        holding.free.countDown();

        assertThat(running.join().status()).isEqualTo(200);
        closing.join();
        server.close();
    }
}
