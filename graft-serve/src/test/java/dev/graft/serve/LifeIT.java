package dev.graft.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.bundle.Bundle;
import dev.graft.error.SettingsException;
import dev.graft.error.StorageException;
import dev.graft.error.WeightsFileException;
import dev.graft.model.TransferModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How servers start and end, and who may reach them. */
class LifeIT {
    private static final String TOKEN = "0123456789abcdef";

    @TempDir
    private Path folder;

    private static ServerBuilder words() {
        return GraftServer.serving().model("words", SampleModels.countedWords()).port(0);
    }

    @Test
    void othersReachNoServerWithoutAToken() {
        assertThatThrownBy(() -> words().host("0.0.0.0").start())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("a token");
        assertThatThrownBy(() -> words().host("0.0.0.0").token("short").start())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("16 characters");
    }

    @Test
    void aTokenIsAskedForEverywhereButForLife() throws IOException {
        try (GraftServer server = words().host("0.0.0.0").token(TOKEN).start()) {
            Client client = new Client(server);

            for (String path : List.of("/v1/models", "/v1/models/words", "/metrics", "/openapi.json")) {
                assertThat(status(client, path, "")).isEqualTo("401");
                assertThat(status(client, path, "Authorization: Bearer 0123456789abcdeF\r\n"))
                        .isEqualTo("401");
                assertThat(status(client, path, "Authorization: Basic " + TOKEN + "\r\n"))
                        .isEqualTo("401");
                assertThat(status(client, path, "Authorization: Bearer " + TOKEN + "\r\n"))
                        .isEqualTo("200");
            }
            assertThat(client.postJson("/v1/models/words/predict", "{\"text\": \"so\"}")
                            .status())
                    .isEqualTo(401);
            assertThat(status(client, "/health", "")).isEqualTo("200");
            assertThat(status(client, "/ready", "")).isEqualTo("200");
        }
    }

    /** Byte by byte, because Java's client has its own mind about what authorizes it. */
    private static String status(Client client, String path, String header) throws IOException {
        return client.exchange("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + header + "\r\n")
                .substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
    }

    @Test
    void modelsAreCalledAfterTheirRunsOrAsTheyAreTold() {
        Path bundle = folder.resolve("flowers/bundle");
        Bundle.write(bundle, SampleModels.pictures(), false);

        try (GraftServer server =
                GraftServer.serving(bundle).bundle("mine", bundle).port(0).start()) {
            assertThat(server.modelNames()).containsExactly("flowers", "mine");
        }
        assertThatThrownBy(() -> GraftServer.serving(bundle, bundle))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("flowers twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "..", ".a", "a\nb", "a?b"})
    void namesThatWouldBreakAPathAreRefused(String name) {
        assertThatThrownBy(() -> GraftServer.serving().bundle(name, folder)).isInstanceOf(SettingsException.class);
    }

    @Test
    void whatIsNoBundleAndAPortThatIsTakenAreTold() {
        assertThatThrownBy(() -> GraftServer.serving(folder).port(0).start()).isInstanceOf(WeightsFileException.class);
        assertThatThrownBy(() -> GraftServer.serving().teaching(false).start()).isInstanceOf(SettingsException.class);
        try (GraftServer server = words().start()) {
            assertThatThrownBy(() -> words().port(server.port()).start())
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining(Integer.toString(server.port()));
        }
    }

    /** {@code -Drounds=10000} for more of them. */
    @Test
    @Tag("slow")
    void closingWhileOthersPredictFailsNobodyInAnotherWay() {
        int rounds = Integer.getInteger("rounds", 1000);
        Random random = new Random(7);
        TransferModel model = SampleModels.countedWords();
        AtomicInteger answered = new AtomicInteger();
        for (int round = 0; round < rounds; round++) {
            GraftServer server =
                    GraftServer.serving().model("words", model).port(0).start();
            Client client = new Client(server);
            List<CompletableFuture<Void>> clients = new ArrayList<>();
            int enough = answered.get() + random.nextInt(4);
            for (int i = 0; i < 2; i++) {
                clients.add(CompletableFuture.runAsync(() -> ask(client, answered)));
            }
            while (answered.get() < enough) {
                Thread.onSpinWait();
            }
            server.close();
            clients.forEach(CompletableFuture::join);
        }
        assertThat(answered.get()).isPositive();
    }

    /** Asks until the server is no longer there. */
    private static void ask(Client client, AtomicInteger answered) {
        while (true) {
            try {
                Client.Answer answer = client.postJson("/v1/models/words/predict", "{\"text\": \"so good\"}");
                assertThat(answer.status()).as(answer.text()).isIn(200, 503);
                answered.incrementAndGet();
            } catch (UncheckedIOException e) {
                return;
            }
        }
    }
}
