package dev.graft.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.graft.bundle.Bundle;
import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.data.LabeledTexts;
import dev.graft.data.Shapes;
import dev.graft.error.DataException;
import dev.graft.error.SettingsException;
import dev.graft.image.ImageFiles;
import dev.graft.model.TransferModel;
import dev.graft.prediction.Classifier;
import dev.graft.reading.FolderRules;
import dev.graft.reading.LabeledFiles;
import dev.graft.reading.PartlyLabeled;
import dev.graft.reading.PartlyLabeledImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Answers that point to the nearest known examples. */
class NearestIT {
    private static final String PREDICT = "/v1/models/run/predict";
    private static final LabeledImages DRAWN = Shapes.draw(12, 5);
    private static final byte[] PNG = SampleModels.png(DRAWN.image(3));

    @TempDir
    private Path folder;

    private static PartlyLabeled<LabeledImages> drawings() {
        return new PartlyLabeled<>(DRAWN, labels(), List.of());
    }

    private static List<String> labels() {
        return IntStream.range(0, DRAWN.size())
                .mapToObj(i -> DRAWN.classNames().get(DRAWN.label(i)))
                .toList();
    }

    private static PartlyLabeled<LabeledTexts> texts() {
        List<String> all = List.of("so good", "very bad 很好 😀", "so so");
        return new PartlyLabeled<>(
                LabeledTexts.of("texts", List.of("a"), all, new int[3]), List.of("yes", "no", ""), List.of());
    }

    /** The drawings as files, in a folder for each class. */
    private PartlyLabeled<LabeledFiles> files() throws IOException {
        Path root = folder.resolve("photos");
        for (int i = 0; i < DRAWN.size(); i++) {
            Path directory = Files.createDirectories(root.resolve(labels().get(i)));
            Files.write(directory.resolve("p" + i + ".png"), SampleModels.png(DRAWN.image(i)));
        }
        return PartlyLabeledImages.of(root, FolderRules.defaults());
    }

    /** The likeness of a picture to all drawings, by what the head of a network takes. */
    private static double[] likeness(TransferModel model, Image picture) {
        try (Classifier classifier = new Classifier(model)) {
            float[][] rows = classifier.features(DRAWN.size(), DRAWN::image);
            float[] query = classifier.features(1, i -> picture)[0];
            return IntStream.range(0, rows.length)
                    .mapToDouble(i -> dot(rows[i], query) / Math.sqrt(dot(rows[i], rows[i]) * dot(query, query)))
                    .toArray();
        }
    }

    private static double dot(float[] one, float[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(i -> (double) one[i] * other[i])
                .sum();
    }

    private static List<Double> sorted(double[] values) {
        List<Double> all = new ArrayList<>();
        IntStream.range(0, values.length).forEach(i -> all.add(values[i]));
        all.sort((one, other) -> Double.compare(other, one));
        return all;
    }

    private static JsonNode only(JsonNode answer) {
        return answer.get("predictions").get(0);
    }

    private static void assertNearest(JsonNode nearest, List<Double> likeness) {
        for (int i = 0; i < nearest.size(); i++) {
            assertThat(nearest.get(i).get("similarity").asDouble()).isCloseTo(likeness.get(i), within(1e-5));
        }
    }

    @Test
    void picturesPointToThoseTheyAreMostLikeByWhatTheHeadTakes() {
        TransferModel model = SampleModels.pictures();
        try (GraftServer server = GraftServer.serving()
                .model("run", model)
                .examples(drawings())
                .port(0)
                .start()) {
            Client client = new Client(server);
            Contract contract = new Contract(client.get("/openapi.json").json());

            JsonNode answer =
                    client.post(PREDICT + "?nearest=4", "image/png", PNG).json();

            contract.requireValid("Predictions", answer);
            JsonNode nearest = only(answer).get("nearest");
            assertThat(nearest).hasSize(4);
            assertNearest(nearest, sorted(likeness(model, DRAWN.image(3))));
            assertThat(nearest.get(0).get("similarity").asDouble()).isCloseTo(1, within(1e-6));
            assertThat(nearest.get(0).get("label").asString()).isEqualTo(labels().get(3));
            String address = nearest.get(0).get("picture").asString();
            byte[] small = Base64.getDecoder().decode(address.substring(address.indexOf(',') + 1));
            assertThat(ImageFiles.decode("small", small, 10_000).image().width())
                    .isEqualTo(DRAWN.image(3).width());
            assertThat(only(client.post(PREDICT, "image/png", PNG).json()).has("nearest"))
                    .isFalse();
            JsonNode page = client.get("/v1/models/run").json();
            contract.requireValid("Model", page);
            contract.requireValid("ModelList", client.get("/v1/models").json());
            assertThat(page.get("examples").asInt()).isEqualTo(12);
            assertThat(server.notes().get(0))
                    .startsWith("model run: 12 known examples")
                    .endsWith("MiB of memory");
            assertThat(server.notes()).hasSize(1);
        }
    }

    @Test
    void textsPointToTextsAndThoseWithoutALabelAreLeftOut() {
        try (GraftServer server = GraftServer.serving()
                .model("run", SampleModels.countedWords())
                .model("other", SampleModels.countedWords())
                .examples("run", texts())
                .port(0)
                .start()) {
            Client client = new Client(server);

            JsonNode answer = client.postJson(
                            PREDICT + "?nearest=3&explain=true", "{\"texts\": [\"so good\", \"bad\"]}")
                    .json();

            new Contract(client.get("/openapi.json").json()).requireValid("Predictions", answer);
            JsonNode nearest = only(answer).get("nearest");
            assertThat(nearest).hasSize(2);
            assertThat(nearest.get(0).get("text").asString()).isEqualTo("so good");
            assertThat(nearest.get(0).get("label").asString()).isEqualTo("yes");
            assertThat(answer.get("predictions")
                            .get(1)
                            .get("nearest")
                            .get(0)
                            .get("label")
                            .asString())
                    .isEqualTo("no");
            Client.Answer none = client.postJson("/v1/models/other/predict?nearest=3", "{\"text\": \"so\"}");
            assertThat(none.status()).isEqualTo(400);
            assertThat(none.text()).contains("A parameter has nothing to do here.");
            JsonNode models = client.get("/v1/models").json().get("models");
            assertThat(models.get(0).get("nearest").asBoolean()).isTrue();
            assertThat(models.get(1).get("nearest").asBoolean()).isFalse();
            assertThat(client.get("/v1/models/other").json().has("examples")).isFalse();
        }
    }

    @Test
    void onlySmallNumbersOfFewExamplesAreGiven() {
        try (GraftServer server = GraftServer.serving()
                .model("run", SampleModels.pictures())
                .examples(drawings())
                .port(0)
                .start()) {
            Client client = new Client(server);

            for (String wrong : List.of("0", "21", "1.5", "true", "", "%2Fetc%2Fpasswd", "..%2Frun")) {
                Client.Answer answer = client.post(PREDICT + "?nearest=" + wrong, "image/png", PNG);
                assertThat(answer.status()).as(wrong).isEqualTo(400);
                assertThat(answer.text()).contains("a whole number, 1 to 20");
            }
            List<byte[]> many = IntStream.range(0, 17).mapToObj(i -> PNG).toList();
            assertThat(client.postForm(PREDICT + "?nearest=1", many).status()).isEqualTo(413);
            String session = "/v1/teach/"
                    + client.postJson("/v1/teach", "").json().get("id").asString();
            assertThat(client.post(session + "/predict?nearest=1", "image/png", PNG)
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void examplesOfNoModelOrAnotherKindAreRefused() {
        ServerBuilder two = GraftServer.serving()
                .model("run", SampleModels.pictures())
                .model("words", SampleModels.countedWords())
                .examples(drawings())
                .port(0);
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(two::start)
                .withMessageContaining("2 models, and no name")
                .withMessageContaining("run, words");
        assertRefused("there", drawings(), "Known examples belong to no model.");
        assertRefused("words", drawings(), "pictures: ");
        assertRefused("run", texts(), "texts: texts");
        assertRefused("items", drawings(), "known examples of several parts are not shown");
        ServerBuilder twice = GraftServer.serving()
                .model("run", SampleModels.pictures())
                .examples(drawings())
                .examples("run", drawings())
                .port(0);
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(twice::start)
                .withMessageContaining("A model has known examples twice.");
        PartlyLabeled<LabeledImages> bare = new PartlyLabeled<>(DRAWN, Collections.nCopies(12, ""), List.of());
        ServerBuilder builder = GraftServer.serving().model("run", SampleModels.pictures());
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> builder.examples(bare))
                .withMessageContaining("None of the known examples has a label.");
    }

    private static void assertRefused(String model, PartlyLabeled<?> examples, String why) {
        ServerBuilder builder = GraftServer.serving()
                .model("run", SampleModels.pictures())
                .model("words", SampleModels.countedWords())
                .model("items", SampleModels.items())
                .examples(model, examples)
                .port(0);
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(builder::start)
                .withMessageContaining(why);
    }

    private GraftServer watched(Path bundle, PartlyLabeled<?> examples) {
        return GraftServer.serving()
                .bundle(bundle)
                .examples(examples)
                .lookEvery(Duration.ofMillis(20))
                .port(0)
                .start();
    }

    @Test
    void aReplacedBundleNeverAnswersWithFeaturesOfTheOneBefore() throws IOException {
        Path bundle = folder.resolve("run/bundle");
        TransferModel first = SampleModels.pictures(List.of("a", "b"), 1);
        TransferModel second = SampleModels.pictures(List.of("c", "d", "e"), 2);
        List<Double> before = sorted(likeness(first, DRAWN.image(3)));
        List<Double> after = sorted(likeness(second, DRAWN.image(3)));
        assertThat(before.get(11)).isNotCloseTo(after.get(11), within(1e-3));
        Bundle.write(bundle, first, false);
        try (GraftServer server = watched(bundle, files())) {
            Client client = new Client(server);
            Bundle.write(bundle, second, true);
            int pointing = 0;
            while (pointing < 3) {
                JsonNode one = only(
                        client.post(PREDICT + "?nearest=12", "image/png", PNG).json());
                boolean old = one.get("top").get(0).get("label").asString().compareTo("b") <= 0;
                if (one.has("nearest")) {
                    assertNearest(one.get("nearest"), old ? before : after);
                    assertThat(one.get("nearest").get(0).get("file").asString()).isEqualTo("p3.png");
                    pointing += old ? 0 : 1;
                } else {
                    assertThat(old).as("the bundle before had its examples").isFalse();
                }
            }
            assertThat(client.get("/v1/models/run").json().get("examples").asInt())
                    .isEqualTo(12);
            assertThat(server.notes().get(1)).contains("none of its classes (a, b) is a label of");
        }
    }

    @Test
    void whatCanNoLongerBeReadOrTakesTextsNowIsServedWithoutExamples() throws IOException {
        Path bundle = folder.resolve("run/bundle");
        Bundle.write(bundle, SampleModels.pictures(List.of("a", "b"), 1), false);
        try (GraftServer server = watched(bundle, files())) {
            Client client = new Client(server);
            Files.delete(folder.resolve("photos").resolve(labels().get(0)).resolve("p0.png"));
            Bundle.write(bundle, SampleModels.pictures(List.of("c", "d", "e"), 2), true);
            until(client, "\"classes\":[\"c\",\"d\",\"e\"]");

            Client.Answer answer = client.post(PREDICT + "?nearest=3", "image/png", PNG);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(only(answer.json()).has("nearest")).isFalse();

            Bundle.write(bundle, SampleModels.countedWords(), true);
            until(client, "\"takes\":\"texts\"");
            assertThat(client.get("/v1/models/run").json().get("examples").asInt())
                    .isZero();
            assertThat(client.postJson(PREDICT + "?nearest=3", "{\"text\": \"so\"}")
                            .status())
                    .isEqualTo(200);
        }
    }

    private static void until(Client client, String told) {
        while (!client.get("/v1/models/run").text().contains(told)) {
            Thread.onSpinWait();
        }
    }
}
