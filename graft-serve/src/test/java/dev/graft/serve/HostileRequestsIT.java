package dev.graft.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Whatever comes is answered by a status and an object that says what is wrong, and the server lives on. */
class HostileRequestsIT {
    private static final int BODY_BYTES = 200_000;
    private static final String PICTURES = "/v1/models/pictures/predict";
    private static final String WORDS = "/v1/models/words/predict";
    private static final String ITEMS = "/v1/models/items/predict";

    private static GraftServer server;
    private static Client client;
    private static Contract contract;

    @BeforeAll
    static void start() {
        server = GraftServer.serving()
                .model("pictures", SampleModels.pictures())
                .model("words", SampleModels.countedWords())
                .model("items", SampleModels.items())
                .limits(ServerLimits.defaults()
                        .withBodyBytes(BODY_BYTES)
                        .withExamples(4)
                        .withPixels(1_000_000)
                        .withBodyTime(Duration.ofMillis(300)))
                .port(0)
                .start();
        client = new Client(server);
        contract = new Contract(client.get("/openapi.json").json());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** The error, after a look at its form. */
    private static JsonNode refused(Client.Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        contract.requireValid("Error", answer.json());
        JsonNode error = answer.json().get("error");
        assertThat(error.get("id").asString())
                .isEqualTo(
                        answer.response().headers().firstValue("X-Request-Id").orElseThrow());
        assertThat(answer.text()).doesNotContain("Exception", "dev.graft", "\\tat ");
        return error;
    }

    @Test
    void bodiesOverTheCapAreRefusedWhetherTheirLengthIsSaidOrNot() throws IOException {
        refused(client.post(PICTURES, "image/png", new byte[BODY_BYTES + 1]), 413);

        String chunk = "a".repeat(0x8000);
        StringBuilder request = new StringBuilder("POST " + PICTURES
                + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int sent = 0; sent <= BODY_BYTES; sent += 0x8000) {
            request.append("8000\r\n").append(chunk).append("\r\n");
        }
        assertThat(client.exchange(request.toString())).startsWith("HTTP/1.1 413 ");
    }

    @RepeatedTest(20)
    void refusalsReachClientsThatAreStillSending() {
        byte[] large = new byte[4 << 20];

        refused(client.post(PICTURES, "image/png", large), 413);
        refused(client.post(PICTURES, "text/plain", new byte[150_000]), 415);
        refused(client.post("/v1/nowhere", "image/png", large), 404);
        refused(client.post("/health", "image/png", large), 405);
    }

    @Test
    void bodiesWithoutAnEndMeetADeadline() throws IOException {
        String begun = "POST " + PICTURES + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n";

        assertThat(client.exchange(begun + "Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n"))
                .startsWith("HTTP/1.1 408 ")
                .contains("did not arrive in time");
        assertThat(client.exchange(begun + "Content-Length: 100\r\n\r\nabc")).startsWith("HTTP/1.1 408 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/xml", "image", "jpeg"})
    void bodiesOfOtherTypesAreRefused(String type) {
        JsonNode error = refused(client.post(PICTURES, type, new byte[] {1}), 415);

        assertThat(error.get("found").asString()).isEqualTo(type);
    }

    @Test
    void compressedBodiesAreRefused() {
        refused(client.post(PICTURES, "image/png", new byte[] {1}, "Content-Encoding", "gzip"), 415);
    }

    @Test
    void whatIsNoPictureIsRefused() {
        byte[] png = SampleModels.png(SampleModels.drawings(1).get(0));

        assertThat(refused(client.post(PICTURES, "image/png", "no picture".getBytes(StandardCharsets.UTF_8)), 400)
                        .get("where")
                        .asString())
                .isEqualTo("picture 1");
        refused(client.post(PICTURES, "image/png", Arrays.copyOf(png, png.length / 2)), 400);
        assertThat(refused(client.postForm(PICTURES, List.of(png, new byte[] {1, 2, 3})), 400)
                        .get("where")
                        .asString())
                .isEqualTo("picture 2");
    }

    @Test
    void picturesOfTooManyPixelsAreRefusedByTheirHeaderAloneAndTogether() {
        byte[] large = SampleModels.png(new BufferedImage(1001, 1000, BufferedImage.TYPE_BYTE_BINARY));
        byte[] half = SampleModels.png(new BufferedImage(900, 800, BufferedImage.TYPE_BYTE_BINARY));

        refused(client.post(PICTURES, "image/png", large), 400);
        assertThat(client.post(PICTURES, "image/png", half).status()).isEqualTo(200);
        refused(client.postForm(PICTURES, List.of(half, half)), 400);
    }

    @Test
    void deepJsonIsRefused() {
        for (int depth : new int[] {3, 20, 50_000}) {
            refused(client.postJson(WORDS, "{\"texts\": " + "[".repeat(depth) + "]".repeat(depth) + "}"), 400);
        }
        refused(client.postJson(ITEMS, "{\"items\": [" + "{\"photo\":".repeat(9000)), 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"texts\": [NaN]}",
                "{\"texts\": [1.5]}",
                "{\"texts\": [null]}",
                "{\"texts\": \"alone\"}",
                "{\"text\": [\"a\"]}",
                "{\"texts\": [\"a\"], \"text\": \"b\"}",
                "{\"texts\": [\"a\"], \"texts\": [\"b\"]}",
                "{\"texts\": [\"a\"]} {}",
                "{\"texts\": [\"a\"",
                "{\"words\": [\"a\"]}",
                "{\"texts\": []}",
                "{}",
                "[]",
                "null",
                "7",
                " ",
                "{\"text\": \"\\ud800"
            })
    void jsonOfAnotherShapeIsRefused(String json) {
        refused(client.postJson(WORDS, json), 400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"price\": NaN;400",
                "\"price\": 1e999;400",
                "\"price\": 1e300;400",
                "\"price\": [1, 2];400",
                "\"price\": \"2.5\";400",
                "\"price\": {\"value\": 1};400",
                "\"price\": true;400",
                "\"cost\": 2.5;400",
                "\"price\": 2.5;200"
            })
    void numbersThatAreNoneAreRefused(String price, int status) {
        String png = Base64.getEncoder()
                .encodeToString(SampleModels.png(SampleModels.drawings(1).get(0)));

        Client.Answer answer = client.postJson(
                ITEMS, "{\"items\": [{\"photo\": \"" + png + "\", \"colour\": \"red\", " + price + "}]}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "file:///etc/passwd", "http://localhost/p.png", "../../p.png", "%%%", ""})
    void picturesOfItemsAreNeverPathsOrAddresses(String photo) {
        JsonNode error = refused(
                client.postJson(
                        ITEMS, "{\"items\": [{\"photo\": \"" + photo + "\", \"colour\": \"red\", \"price\": 1}]}"),
                400);

        assertThat(error.get("found").asString()).containsAnyOf("not Base64", "0 bytes", "content of another kind");
    }

    @Test
    void otherPathsAndMethodsAreRefused() {
        for (String path : List.of(
                "/nowhere",
                "/v1/models/",
                "/v1/models/other",
                "/v1/models/..%2Fpictures",
                "/v1/models/pictures/predict/",
                "/v1/models/%2e%2e/%2e%2e/etc/passwd")) {
            assertThat(client.get(path).status()).as(path).isIn(400, 404);
        }
        refused(client.postJson("/v1/models/other/predict", "{\"text\": \"a\"}"), 404);
        for (String method : List.of("GET", "PUT", "DELETE", "PATCH", "OPTIONS")) {
            Client.Answer answer = client.send(method, PICTURES);
            refused(answer, 405);
            assertThat(answer.response().headers().firstValue("Allow")).contains("POST");
        }
        refused(client.postJson("/health", "{}"), 405);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "top=0",
                "top=1.5",
                "top=x",
                "top=",
                "top=1&top=2",
                "threshold=2",
                "threshold=NaN",
                "coverage=0",
                "coverage=1e-400000000",
                "heatmap=yes",
                "topp=1",
                "explain=true",
                "coverage=0.9",
                "top=%ff"
            })
    void parametersThatCannotBeAreRefused(String query) {
        byte[] png = SampleModels.png(SampleModels.drawings(1).get(0));

        refused(client.post(PICTURES + "?" + query, "image/png", png), 400);
    }

    @Test
    void examplesOfAnotherKindAreRefusedWithWhatTheModelTakes() {
        byte[] png = SampleModels.png(SampleModels.drawings(1).get(0));

        assertThat(refused(client.postJson(PICTURES, "{\"text\": \"a\"}"), 400)
                        .get("expected")
                        .asString())
                .contains("pictures");
        assertThat(refused(client.post(WORDS, "image/png", png), 400)
                        .get("expected")
                        .asString())
                .contains("texts");
        assertThat(refused(client.post(ITEMS, "image/png", png), 400)
                        .get("expected")
                        .asString())
                .contains("photo, price, colour");
        refused(client.postJson(WORDS + "?heatmap=true", "{\"text\": \"a\"}"), 400);
    }

    @Test
    void nothingAndTooMuchAtOnceAreRefused() {
        byte[] png = SampleModels.png(SampleModels.drawings(1).get(0));

        refused(client.post(PICTURES, "image/png", new byte[0]), 400);
        refused(
                client.post(PICTURES, "multipart/form-data; boundary=x", "--x--\r\n".getBytes(StandardCharsets.UTF_8)),
                400);
        refused(client.post(PICTURES, "multipart/form-data", png), 400);
        refused(client.post(PICTURES, "multipart/form-data; boundary=x", png), 400);
        refused(client.postForm(PICTURES, Collections.nCopies(5, png)), 413);
        refused(
                client.postJson(
                        WORDS,
                        IntStream.range(0, 5)
                                .mapToObj(i -> "\"a\"")
                                .collect(Collectors.joining(",", "{\"texts\": [", "]}"))),
                413);
        refused(client.postJson(WORDS, "{\"text\": \"" + "a ".repeat(60_000) + "\"}"), 413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:80", "localhost.evil.example", "127.0.0.1.nip.io", "[::2]"})
    void requestsUnderForeignNamesAreRefused(String host) throws IOException {
        assertThat(client.exchange("GET /health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:9", "127.0.0.1", "[::1]:80"})
    void requestsUnderOwnNamesAreAnswered(String host) throws IOException {
        assertThat(client.exchange("GET /health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void pagesFromElsewhereAreRefused() {
        byte[] png = SampleModels.png(SampleModels.drawings(1).get(0));

        refused(client.post(PICTURES, "image/png", png, "Origin", "http://evil.example"), 403);
        refused(client.post(PICTURES, "image/png", png, "Origin", "null"), 403);
        refused(client.post(PICTURES, "image/png", png, "Origin", "http://localhost:1"), 403);
        assertThat(client.post(PICTURES, "image/png", png, "Origin", server.address())
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"BLAH\r\n\r\n", "GET /health HTTP/9.9\r\n\r\n", "GET /health HTTP/1.1\r\n\r\n", "\0\1\2\r\n\r\n"
            })
    void whatIsNoRequestGetsAnErrorOfTheSameForm(String request) throws IOException {
        String answer = client.exchange(request);

        assertThat(answer).matches("(?s)HTTP/1\\.1 [45]\\d\\d .*").contains("{\"error\":{\"id\":");
    }

    @Test
    void aConnectionServesTheNextRequestAfterARefusal() throws IOException {
        String bad = "POST " + WORDS
                + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nab";
        String good = "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

        assertThat(client.exchange(bad + good)).contains("HTTP/1.1 415 ").contains("HTTP/1.1 200 ");
    }

    @Test
    void clientsThatLeaveInTheMiddleLeaveNothingBehind() throws IOException {
        for (int i = 0; i < 20; i++) {
            try (Socket socket = client.raw("POST " + PICTURES
                    + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nContent-Length: 1000\r\n\r\nabc")) {
                assertThat(socket.isConnected()).isTrue();
            }
        }
        String held = "graft_bodies_bytes 0.0";
        while (!client.get("/metrics").text().contains(held)) {
            Thread.onSpinWait();
        }
        assertThat(client.get("/metrics").text()).contains(held);
    }
}
