package dev.graft.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.Image;
import dev.graft.data.Item;
import dev.graft.model.TransferModel;
import dev.graft.prediction.Classifier;
import dev.graft.prediction.Prediction;
import dev.graft.prediction.TextEvidence;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a server answers is what the library says, to the last bit. */
class ServeIT {
    private static final String PICTURES = "/v1/models/pictures/predict";
    private static final String WORDS = "/v1/models/words/predict";
    private static final String ITEMS = "/v1/models/items/predict";
    private static final List<Image> DRAWINGS = SampleModels.drawings(40);

    private static GraftServer server;
    private static Client client;
    private static Contract contract;

    @BeforeAll
    static void start() {
        server = GraftServer.serving()
                .model("pictures", SampleModels.pictures())
                .model("words", SampleModels.countedWords())
                .model("items", SampleModels.items())
                .limits(ServerLimits.defaults().withQueued(200))
                .port(0)
                .start();
        client = new Client(server);
        contract = new Contract(client.get("/openapi.json").json());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static List<Prediction> expected(TransferModel model, List<Image> images) {
        try (Classifier classifier = new Classifier(model)) {
            return classifier.predict(images, 5);
        }
    }

    private static void assertSame(JsonNode answer, List<Prediction> expected) {
        contract.requireValid("Predictions", answer);
        JsonNode predictions = answer.get("predictions");
        assertThat(predictions.size()).isEqualTo(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            Prediction wanted = expected.get(i);
            JsonNode one = predictions.get(i);
            assertThat(one.get("label").asString(null)).isEqualTo(wanted.noneOfThese() ? null : wanted.label());
            assertThat(one.get("noneOfThese").asBoolean()).isEqualTo(wanted.noneOfThese());
            assertThat(one.get("confidence").asDouble()).isEqualTo(wanted.confidence());
            for (int k = 0; k < wanted.top().size(); k++) {
                assertThat(one.get("top").get(k).get("label").asString())
                        .isEqualTo(wanted.top().get(k).label());
                assertThat(one.get("top").get(k).get("confidence").asDouble())
                        .isEqualTo(wanted.top().get(k).confidence());
            }
        }
    }

    @Test
    void aPictureIsTakenAsItIsOfAnyType() {
        byte[] png = SampleModels.png(DRAWINGS.get(0));
        List<Prediction> expected = expected(SampleModels.pictures(), DRAWINGS.subList(0, 1));

        assertSame(client.post(PICTURES, "image/png", png).json(), expected);
        assertSame(client.post(PICTURES, "image/x-unheard-of", png).json(), expected);
        assertSame(client.post(PICTURES, "application/octet-stream", png).json(), expected);
    }

    @Test
    void severalPicturesAreTakenAsAFormAndAsJsonInTheirOrder() {
        List<byte[]> files = DRAWINGS.stream().map(SampleModels::png).toList();
        // As many as a command takes at once, and then the others.
        List<Prediction> expected = new ArrayList<>(expected(SampleModels.pictures(), DRAWINGS.subList(0, 32)));
        expected.addAll(expected(SampleModels.pictures(), DRAWINGS.subList(32, 40)));
        String json = files.stream()
                .map(file -> '"' + Base64.getEncoder().encodeToString(file) + '"')
                .collect(Collectors.joining(",", "{\"images\": [", "]}"));

        JsonNode form = client.postForm(PICTURES, files).json();

        assertSame(form, expected);
        assertThat(form.get("predictions").get(3).get("file").asString()).isEqualTo("p3.png");
        assertSame(client.postJson(PICTURES, json).json(), expected);
    }

    @Test
    void textsAreTakenAloneAndTogether() {
        List<String> texts = List.of("so good", "很好 😀 bad", "");
        try (Classifier classifier = new Classifier(SampleModels.countedWords())) {
            assertSame(
                    client.postJson(WORDS, "{\"texts\": [\"so good\", \"很好 😀 bad\", \"\"]}")
                            .json(),
                    classifier.predictTexts(texts, 5));
            assertSame(
                    client.postJson(WORDS, "{\"text\": \"so good\"}").json(),
                    classifier.predictTexts(texts.subList(0, 1), 5));
        }
    }

    @Test
    void wordsThatCarriedTheAnswerAreToldWhereTheyAreAskedFor() {
        JsonNode answer = client.postJson(WORDS + "?explain=true", "{\"text\": \"so good\"}")
                .json();
        TextEvidence expected;
        try (Classifier classifier = new Classifier(SampleModels.countedWords())) {
            expected = classifier.explain("so good", null);
        }

        contract.requireValid("Predictions", answer);
        JsonNode words = answer.get("predictions").get(0).get("evidence").get("words");
        assertThat(words.get(1).get("text").asString()).isEqualTo("good");
        assertThat(words.get(1).get("weight").asDouble())
                .isEqualTo(expected.words().get(1).weight());
    }

    @Test
    void itemsBringTheirPicturesAlongAndMayLackValues() {
        String png = Base64.getEncoder().encodeToString(SampleModels.png(DRAWINGS.get(0)));
        List<Item> items = List.of(
                Item.empty()
                        .withImage("photo", DRAWINGS.get(0))
                        .withNumber("price", 2.5)
                        .withCategory("colour", "red"),
                Item.empty()
                        .withImage("photo", DRAWINGS.get(0))
                        .withNumber("price", Double.NaN)
                        .withCategory("colour", ""));
        JsonNode answer = client.postJson(
                        ITEMS,
                        "{\"items\": [{\"photo\": \"data:image/png;base64," + png
                                + "\", \"price\": 2.5, \"colour\": \" red \", \"label\": \"ignored\"}, {\"photo\": \""
                                + png
                                + "\", \"price\": null, \"colour\": null}]}")
                .json();

        try (Classifier classifier = new Classifier(SampleModels.items())) {
            assertSame(answer, classifier.predictItems(items, 5));
        }
    }

    @Test
    void answersAreTheSameWhateverElseIsGoingOn() {
        List<byte[]> files = DRAWINGS.stream().map(SampleModels::png).toList();
        List<List<Prediction>> alone = DRAWINGS.stream()
                .map(image -> expected(SampleModels.pictures(), List.of(image)))
                .toList();

        List<CompletableFuture<JsonNode>> answers = IntStream.range(0, 160)
                .mapToObj(i -> CompletableFuture.supplyAsync(() ->
                        client.post(PICTURES, "image/png", files.get(i % 40)).json()))
                .toList();

        for (int i = 0; i < answers.size(); i++) {
            assertSame(answers.get(i).join(), alone.get(i % 40));
        }
    }

    @Test
    void optionsOfTheQueryAreThoseOfPredictions() {
        byte[] png = SampleModels.png(DRAWINGS.get(0));

        JsonNode two = client.post(PICTURES + "?top=2&threshold=0.999", "image/png", png)
                .json();
        JsonNode never =
                client.post(PICTURES + "?threshold=none", "image/png", png).json();
        JsonNode map = client.post(PICTURES + "?heatmap=true", "image/png", png).json();

        assertThat(two.get("predictions").get(0).get("top").size()).isEqualTo(2);
        assertThat(two.get("predictions").get(0).get("noneOfThese").asBoolean()).isTrue();
        assertThat(two.get("predictions").get(0).get("label").isNull()).isTrue();
        assertThat(never.get("predictions").get(0).get("noneOfThese").asBoolean())
                .isFalse();
        contract.requireValid("Predictions", two);
        contract.requireValid("Predictions", map);
        String address = map.get("predictions").get(0).get("heatmap").get("png").asString();
        byte[] picture = Base64.getDecoder().decode(address.substring(address.indexOf(',') + 1));
        assertThat(picture).startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    void modelsTellWhatTheyTakeAndWhereTheyComeFrom() {
        JsonNode all = client.get("/v1/models").json();
        JsonNode items = client.get("/v1/models/items").json();

        contract.requireValid("ModelList", all);
        contract.requireValid("Model", items);
        assertThat(all.get("models").get(0).get("name").asString()).isEqualTo("pictures");
        assertThat(items.get("takes").asString()).isEqualTo("items");
        assertThat(items.get("columns").get(1).get("kind").asString()).isEqualTo("number");
        assertThat(items.get("classes").get(0).asString()).isEqualTo("方形");
        assertThat(items.get("lineage").get("seed").asInt()).isEqualTo(7);
    }

    @Test
    void healthReadinessAndMetricsAreTold() {
        client.post(PICTURES, "image/png", SampleModels.png(DRAWINGS.get(0)));

        contract.requireValid("Health", client.get("/health").json());
        contract.requireValid("Readiness", client.get("/ready").json());
        assertThat(client.get("/metrics").text())
                .contains("graft_requests_seconds_count{method=\"POST\",model=\"pictures\"")
                .contains("graft_batch_examples_count{model=\"pictures\"}")
                .contains("graft_queue_size");
    }

    @Test
    void headersAloneComeWithoutABody() {
        Client.Answer answer = client.send("HEAD", "/health");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.response().body()).isEmpty();
    }
}
