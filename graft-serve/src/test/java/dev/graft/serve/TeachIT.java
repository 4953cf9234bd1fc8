package dev.graft.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.bundle.Bundle;
import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import dev.graft.image.Images;
import dev.graft.model.TransferModel;
import dev.graft.prediction.Classifier;
import dev.graft.prediction.Prediction;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Teaching over HTTP, and the files of the page. */
class TeachIT {
    private static final int PATIENCE = 600;

    @TempDir
    private Path directory = Path.of(".");

    private GraftServer server = GraftServer.serving()
            .model("shapes", SampleModels.pictures())
            .port(0)
            .start();
    private Client client = new Client(server);
    private String session = "";

    @BeforeEach
    void open() {
        Client.Answer opened = client.postJson("/v1/teach", "");
        assertThat(opened.status()).isEqualTo(200);
        session = "/v1/teach/" + opened.json().get("id").asString();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static List<byte[]> shapes(String className, int count, long seed) {
        LabeledImages drawn = Shapes.draw(4 * count + 20, seed);
        List<byte[]> files = new ArrayList<>();
        for (int i = 0; i < drawn.size() && files.size() < count; i++) {
            if (drawn.classNames().get(drawn.label(i)).equals(className)) {
                files.add(SampleModels.png(drawn.image(i)));
            }
        }
        return files;
    }

    private JsonNode learned() throws InterruptedException {
        for (int i = 0; i < PATIENCE; i++) {
            JsonNode status = client.get(session).json();
            if (!status.get("learning").asBoolean()) {
                return status;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("it is still learning");
    }

    private void twoClasses() throws InterruptedException {
        client.postForm(session + "/examples?class=circle", shapes("circle", 12, 1));
        client.postForm(session + "/examples?class=square", shapes("square", 12, 2));
        learned();
    }

    @Test
    void whatIsTaughtIsPredictedAndTakenAway() throws Exception {
        twoClasses();
        JsonNode status = learned();

        assertThat(status.get("kind").asString()).isEqualTo("pictures");
        assertThat(status.get("problem").isNull()).isTrue();
        JsonNode last = status.get("learned");
        assertThat(last.get("examples").asInt()).isEqualTo(24);
        assertThat(last.get("accuracy").asDouble()).isGreaterThan(0.7);
        assertThat(last.get("revision").asLong())
                .isEqualTo(status.get("revision").asLong());
        assertThat(last.get("tellsUnknown").asBoolean()).isTrue();
        byte[] picture = shapes("circle", 1, 5).get(0);
        JsonNode answer = client.post(session + "/predict?heatmap=true", "image/png", picture)
                .json();
        assertThat(answer.get("predictions")
                        .get(0)
                        .get("top")
                        .get(0)
                        .get("label")
                        .asString())
                .isEqualTo("circle");
        assertThat(answer.get("predictions").get(0).get("heatmap").get("png").asString())
                .startsWith("data:image/png");
        assertThat(answer.get("neighbours").get(0)).hasSize(3);
        Contract contract = new Contract(client.get("/openapi.json").json());
        contract.requireValid("Teaching", status);
        contract.requireValid("TaughtPredictions", answer);

        TransferModel taken = Bundle.read(unzipped(client.get(session + "/bundle.zip")));
        try (Classifier classifier = new Classifier(taken)) {
            Prediction own =
                    classifier.predict(List.of(Images.read(picture, "one")), 2).get(0);
            assertThat((float)
                            answer.get("predictions").get(0).get("confidence").asDouble())
                    .isEqualTo((float) own.confidence());
        }
        assertThat(Objects.requireNonNull(taken.record()).unknown()).isNotNull();
        assertThat(unzipped(client.get(session + "/onnx.zip")).resolve("model.onnx"))
                .isNotEmptyFile();
    }

    private Path unzipped(Client.Answer answer) throws IOException {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        Path target = Files.createTempDirectory(directory, "taken");
        try (ZipInputStream zip =
                new ZipInputStream(new ByteArrayInputStream(answer.response().body()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = target.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.copy(zip, file);
            }
        }
        return target;
    }

    @Test
    void aThirdClassComesAndGoes() throws InterruptedException {
        twoClasses();
        List<byte[]> more = shapes("square", 3, 9);
        JsonNode added = client.postForm(session + "/examples?class=box", more).json();
        assertThat(learned().get("learned").get("examples").asInt()).isEqualTo(27);
        new Contract(client.get("/openapi.json").json()).requireValid("AddedExamples", added);
        long number = added.get("numbers").get(0).asLong();

        assertThat(client.send("DELETE", session + "/examples/" + number).status())
                .isEqualTo(200);
        assertThat(client.send("DELETE", session + "/examples/" + number).status())
                .isEqualTo(404);
        assertThat(client.send("POST", session + "/rename?class=box&to=%E6%96%B9")
                        .status())
                .isEqualTo(200);
        assertThat(client.get(session).json().get("classes").get(2).get("name").asString())
                .isEqualTo("方");
        assertThat(client.send("DELETE", session + "/classes?class=%E6%96%B9").status())
                .isEqualTo(200);
        JsonNode status = learned();
        assertThat(status.get("classes")).hasSize(2);
        assertThat(status.get("learned").get("examples").asInt()).isEqualTo(24);
        assertThat(status.get("history").size()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void whatIsWrongIsSaidAndChangesNothing() throws InterruptedException {
        byte[] picture = shapes("circle", 1, 5).get(0);

        assertThat(client.post(session + "/predict", "image/png", picture).status())
                .isEqualTo(409);
        assertThat(client.post(session + "/examples", "image/png", picture).status())
                .isEqualTo(400);
        assertThat(client.post(session + "/examples?class=%20", "image/png", picture)
                        .status())
                .isEqualTo(400);
        assertThat(client.post(session + "/examples?class=a%0Ab", "image/png", picture)
                        .status())
                .isEqualTo(400);
        assertThat(client.post(session + "/examples?class=a", "image/png", new byte[] {1, 2, 3})
                        .status())
                .isEqualTo(400);
        assertThat(client.postJson(session + "/examples?class=a", "{\"items\":[{\"a\":1}]}")
                        .status())
                .isEqualTo(400);
        assertThat(client.get(session).json().get("classes")).isEmpty();
        assertThat(client.get("/v1/teach/0123").status()).isEqualTo(404);
        assertThat(client.post(session + "/examples?class=a", "image/png", picture)
                        .status())
                .isEqualTo(200);
        Client.Answer text = client.postJson(session + "/examples?class=b", "{\"text\":\"round\"}");
        assertThat(text.status()).isEqualTo(400);
        assertThat(text.json().get("error").get("what").asString()).contains("takes other examples");
        assertThat(learned().get("learned").isNull()).isTrue();
        assertThat(client.send("DELETE", session).status()).isEqualTo(204);
        assertThat(client.get(session).status()).isEqualTo(404);
    }

    @Test
    void sessionsAreFewAndOnesInUseStay() {
        for (int i = 1; i < TeachSessions.MOST; i++) {
            assertThat(client.postJson("/v1/teach", "").status()).isEqualTo(200);
        }
        Client.Answer refused = client.postJson("/v1/teach", "");

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.response().headers().firstValue("Retry-After")).isPresent();
        assertThat(client.get(session).status()).isEqualTo(200);
    }

    @Test
    void thePageAsksNobodyButThisServer() {
        Client.Answer page = client.get("/");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.response().headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
        for (String file : List.of("page.js", "words.js", "page.css", "icon.svg")) {
            Client.Answer answer = client.get("/page/" + file);
            assertThat(answer.status()).as(file).isEqualTo(200);
            assertThat(new String(answer.response().body(), StandardCharsets.UTF_8))
                    .as(file)
                    .doesNotContain("https://");
        }
        assertThat(client.get("/page/secret").status()).isEqualTo(404);
    }
}
