package dev.graft.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.bundle.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles that are replaced while they are served. */
class ReloadIT {
    private static final Duration OFTEN = Duration.ofMillis(20);
    private static final byte[] PNG = SampleModels.png(SampleModels.drawings(1).get(0));

    @TempDir
    private Path folder;

    private static void until(Client client, Predicate<String> page) {
        while (!page.test(client.get("/v1/models/run").text())) {
            Thread.onSpinWait();
        }
    }

    private GraftServer server(Path bundle) {
        return GraftServer.serving(bundle).lookEvery(OFTEN).port(0).start();
    }

    @Test
    void aBundleThatIsReplacedIsServed() {
        Path bundle = folder.resolve("run/bundle");
        Bundle.write(bundle, SampleModels.pictures(List.of("a", "b"), 1), false);
        try (GraftServer server = server(bundle)) {
            Client client = new Client(server);
            assertThat(client.get("/v1/models/run").text()).contains("\"classes\":[\"a\",\"b\"]");

            Bundle.write(bundle, SampleModels.pictures(List.of("c", "d", "e"), 2), true);
            until(client, page -> page.contains("\"classes\":[\"c\",\"d\",\"e\"]"));

            assertThat(client.post("/v1/models/run/predict", "image/png", PNG).text())
                    .contains("\"label\":\"e\"");
        }
    }

    @Test
    void aBundleThatIsBrokenLeavesTheOneBeforeInPlaceAndIsTold() throws IOException {
        Path bundle = folder.resolve("run/bundle");
        Bundle.write(bundle, SampleModels.pictures(List.of("a", "b"), 1), false);
        try (GraftServer server = server(bundle)) {
            Client client = new Client(server);
            byte[] weights = Files.readAllBytes(bundle.resolve(Bundle.WEIGHTS));
            weights[weights.length - 1] ^= 1;
            Files.write(bundle.resolve(Bundle.WEIGHTS), weights);

            until(client, page -> page.contains("\"problem\":"));

            assertThat(client.post("/v1/models/run/predict", "image/png", PNG).status())
                    .isEqualTo(200);
            assertThat(client.get("/ready").text()).contains("\"outdated\":1");
            weights[weights.length - 1] ^= 1;
            Files.write(bundle.resolve(Bundle.WEIGHTS), weights);
            until(client, page -> !page.contains("\"problem\":"));
            assertThat(client.get("/ready").text()).contains("\"outdated\":0");
        }
    }

    @Test
    void aBundleThatIsTakenAwayIsServedOn() throws IOException {
        Path bundle = folder.resolve("run/bundle");
        Bundle.write(bundle, SampleModels.pictures(List.of("a", "b"), 1), false);
        try (GraftServer server = server(bundle)) {
            Client client = new Client(server);
            Files.move(bundle, folder.resolve("elsewhere"));

            for (int i = 0; i < 50; i++) {
                assertThat(client.post("/v1/models/run/predict", "image/png", PNG)
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    /** {@code -Dreloads=N} for more of them. */
    @Test
    @Tag("slow")
    void fiftyReloadsUnderLoadFailNoRequest() {
        int reloads = Integer.getInteger("reloads", 50);
        Path bundle = folder.resolve("run/bundle");
        Bundle.write(bundle, SampleModels.pictures(List.of("a0", "b"), 0), false);
        try (GraftServer server = server(bundle)) {
            Client client = new Client(server);
            AtomicBoolean enough = new AtomicBoolean();
            AtomicInteger answered = new AtomicInteger();
            List<CompletableFuture<Void>> clients = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                clients.add(CompletableFuture.runAsync(() -> {
                    while (!enough.get()) {
                        Client.Answer answer = client.post("/v1/models/run/predict", "image/png", PNG);
                        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
                        answered.incrementAndGet();
                    }
                }));
            }
            for (int i = 1; i <= reloads; i++) {
                String name = "\"a" + i + "\"";
                Bundle.write(bundle, SampleModels.pictures(List.of("a" + i, "b"), i), true);
                until(client, page -> page.contains(name));
            }
            enough.set(true);
            clients.forEach(CompletableFuture::join);

            assertThat(answered.get()).isGreaterThan(reloads);
            assertThat(client.get("/metrics").text())
                    .contains("graft_reloads_total{model=\"run\",result=\"done\"} " + reloads + ".0");
        }
    }
}
