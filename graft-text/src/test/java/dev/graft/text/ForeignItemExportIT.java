package dev.graft.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.graft.data.Item;
import dev.graft.data.LabeledImages;
import dev.graft.data.LabeledItems;
import dev.graft.data.Shapes;
import dev.graft.export.OnnxExport;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.head.Head;
import dev.graft.layer.SequencePool;
import dev.graft.model.TransferModel;
import dev.graft.optimization.TrainingSettings;
import dev.graft.prediction.Classifier;
import dev.graft.source.Backbones;
import dev.graft.training.Branch;
import dev.graft.training.NetworkTraining;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Items of every kind of part, prepared by what {@code preparation.json} says alone: the probabilities are Graft's to 1e-5. */
class ForeignItemExportIT {
    private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();
    private static final int COUNT = 60;

    @TempDir
    private Path folder = Path.of("");

    private final LabeledImages pictures = Shapes.draw(COUNT, 1);
    private final List<Map<String, Object>> parts = new ArrayList<>();

    @Test
    void everyPartIsPreparedAsTheFileSays() throws IOException, OrtException {
        LabeledItems items = items();
        TransferModel model = NetworkTraining.on(items)
                .branch(Branch.image("picture", Backbones.load("digits-cnn"))
                        .cut(Cut.pooled(Pooling.MEAN_MAX_STD, "conv1")))
                .branch(Branch.text("text", TextBackbones.open(Fixtures.folder("bert"), SequencePool.MEAN, 6)))
                .branch(Branch.numbers("size"))
                .branch(Branch.categories("word"))
                .head(new Head.Mlp(8, 0.1f))
                .training(TrainingSettings.defaults().withEpochs(1))
                .run()
                .model();
        OnnxExport.write(folder.resolve("out"), model, false);

        List<Item> some = IntStream.range(0, COUNT).mapToObj(items::item).toList();
        float[][] expected;
        try (Classifier classifier = new Classifier(model)) {
            expected = classifier.probabilitiesOfItems(some);
        }
        float[][] found = elsewhere(folder.resolve("out"));
        for (int i = 0; i < COUNT; i++) {
            assertThat(found[i][0]).as("item " + i).isCloseTo(expected[i][0], within(1e-5f));
        }
    }

    private float[][] elsewhere(Path directory) throws IOException, OrtException {
        Map<String, OnnxTensor> inputs = new HashMap<>();
        JsonNode preparation = JsonMapper.shared().readTree(Files.readAllBytes(directory.resolve("preparation.json")));
        for (JsonNode input : preparation.path("inputs")) {
            String column = input.path("columns").get(0).asString();
            String name = input.path("input").asString();
            switch (input.path("kind").asString()) {
                case "image" -> inputs.put(name, pixels(input));
                case "tokens" -> tokens(input, column, directory, inputs);
                case "numbers" ->
                    inputs.put(name, floats(2, (part, row) -> {
                        double value = (Double) Objects.requireNonNull(part.get(column));
                        boolean missing = Double.isNaN(value);
                        double mean = input.path("means").get(0).asDouble();
                        row[0] = missing
                                ? 0
                                : (float) ((value - mean)
                                        / input.path("deviations").get(0).asDouble());
                        row[1] = missing ? 1 : 0;
                    }));
                case "categories" -> {
                    List<String> known = input.path("known")
                            .get(0)
                            .valueStream()
                            .map(JsonNode::asString)
                            .toList();
                    inputs.put(name, floats(known.size() + 1, (part, row) -> {
                        int place = known.indexOf((String) part.get(column));
                        row[place < 0 ? known.size() : place] = 1;
                    }));
                }
                default -> throw new AssertionError(input);
            }
        }
        try (OrtSession session = ENVIRONMENT.createSession(
                        directory.resolve("model.onnx").toString());
                OrtSession.Result result = session.run(inputs)) {
            return (float[][]) result.get("probabilities").orElseThrow().getValue();
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    /** The pictures have the network's size: no filter is needed. */
    private OnnxTensor pixels(JsonNode input) throws OrtException {
        assertThat(input.path("channels").asString()).isEqualTo("L");
        assertThat(input.path("resize").path("mode").asString()).isEqualTo("stretch");
        int height = input.path("height").asInt();
        int width = input.path("width").asInt();
        FloatBuffer levels = FloatBuffer.allocate(COUNT * height * width);
        for (int i = 0; i < COUNT; i++) {
            for (byte level : pictures.image(i).pixels()) {
                levels.put(level & 0xFF);
            }
        }
        return OnnxTensor.createTensor(ENVIRONMENT, levels.flip(), new long[] {COUNT, 1, height, width});
    }

    private void tokens(JsonNode input, String column, Path directory, Map<String, OnnxTensor> inputs)
            throws IOException, OrtException {
        List<String> texts =
                parts.stream().map(part -> (String) part.get(column)).toList();
        try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(
                directory.resolve(input.path("tokenizer").asString()))) {
            Encoding[] encodings = tokenizer.batchEncode(texts);
            int longest = encodings[0].getIds().length;
            assertThat(longest).isEqualTo(input.path("max_tokens").asInt());
            LongBuffer ids = LongBuffer.allocate(COUNT * longest);
            LongBuffer mask = LongBuffer.allocate(COUNT * longest);
            for (Encoding encoding : encodings) {
                ids.put(encoding.getIds());
                mask.put(encoding.getAttentionMask());
            }
            long[] shape = {COUNT, longest};
            inputs.put(input.path("input").asString(), OnnxTensor.createTensor(ENVIRONMENT, ids.flip(), shape));
            inputs.put(input.path("mask").asString(), OnnxTensor.createTensor(ENVIRONMENT, mask.flip(), shape));
        }
    }

    private interface Coding {
        void write(Map<String, Object> part, float[] row);
    }

    private OnnxTensor floats(int width, Coding coding) throws OrtException {
        FloatBuffer values = FloatBuffer.allocate(COUNT * width);
        for (Map<String, Object> part : parts) {
            float[] row = new float[width];
            coding.write(part, row);
            values.put(row);
        }
        return OnnxTensor.createTensor(ENVIRONMENT, values.flip(), new long[] {COUNT, width});
    }

    private LabeledItems items() {
        double[] sizes = new double[COUNT];
        int[] labels = new int[COUNT];
        List<String> texts = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            texts.add("a text " + "of many words ".repeat(i % 5) + i);
            words.add(List.of("red", "green", "").get(i % 3));
            sizes[i] = i % 7 == 0 ? Double.NaN : i * 1000.5;
            labels[i] = i % 2;
            parts.add(Map.of("text", texts.get(i), "word", words.get(i), "size", sizes[i]));
        }
        return LabeledItems.of("items", List.of("even", "odd"), labels)
                .withImages("picture", pictures)
                .withTexts("text", texts)
                .withCategories("word", words)
                .withNumbers("size", sizes);
    }
}
