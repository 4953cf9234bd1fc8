package dev.graft.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.data.Item;
import dev.graft.data.LabeledImages;
import dev.graft.data.LabeledItems;
import dev.graft.data.Shapes;
import dev.graft.export.OnnxExport;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.head.Fusion;
import dev.graft.head.Head;
import dev.graft.image.Preprocessing;
import dev.graft.layer.Layer;
import dev.graft.model.Lineage;
import dev.graft.model.ModelBranch;
import dev.graft.model.TransferModel;
import dev.graft.optimization.TrainingSettings;
import dev.graft.prediction.Classifier;
import dev.graft.preparation.TableCoding;
import dev.graft.preparation.Tokenization;
import dev.graft.source.Backbones;
import dev.graft.training.Branch;
import dev.graft.training.NetworkTraining;
import dev.graft.weights.WeightSet;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exported networks for texts and items, run by ONNX Runtime, give Graft's own probabilities to 1e-5. */
class OnnxTextExportIT {
    private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"bert", "roberta", "distilbert", "gpt2"})
    void everyFamilyOfTransformersIsTheSameThereAloneAndPadded(String family) throws OrtException {
        Backbone backbone = TextBackbones.open(Fixtures.folder(family));
        for (Cut cut : List.of(
                Cut.at("pooled"), new Cut(List.of("embeddings", "layer0"), Pooling.MEAN_MAX_STD), Cut.at("sentence"))) {
            TransferModel model = model(backbone, cut);
            Path out = folder.resolve(cut.stageNames());
            OnnxExport.write(out, model, false);
            Tokenization tokenization = model.architecture().tokenization();
            List<String> texts = Fixtures.TEXTS;
            try (Classifier classifier = new Classifier(model);
                    OrtSession session =
                            ENVIRONMENT.createSession(out.resolve("model.onnx").toString())) {
                assertSame(run(session, tokens("", texts, tokenization)), classifier.probabilitiesOfTexts(texts));
                List<String> one = texts.subList(0, 1);
                assertSame(run(session, tokens("", one, tokenization)), classifier.probabilitiesOfTexts(one));
            }
            assertThat(out.resolve("tokenizer.json")).isNotEmptyFile();
        }
    }

    @Test
    void branchesOfEveryKindAreTheSameThere() throws OrtException {
        LabeledItems items = items(60);
        TransferModel model = NetworkTraining.on(items)
                .branch(Branch.image("picture", Backbones.load("digits-cnn"))
                        .cut(Cut.pooled(Pooling.MEAN_MAX_STD, "conv1")))
                .branch(Branch.text("text", TextBackbones.open(Fixtures.folder("bert"))))
                .branch(Branch.numbers("size"))
                .branch(Branch.categories("word"))
                .fusion(Fusion.gated())
                .head(new Head.Mlp(8, 0.1f))
                .training(TrainingSettings.defaults().withEpochs(2))
                .run()
                .model();
        Path out = folder.resolve("items");
        OnnxExport.write(out, model, false);

        List<Item> some = IntStream.range(0, 20).mapToObj(items::item).toList();
        Map<String, OnnxTensor> inputs = new HashMap<>();
        for (ModelBranch branch : model.branches()) {
            inputs.putAll(inputs(branch, items, some));
        }
        try (Classifier classifier = new Classifier(model);
                OrtSession session =
                        ENVIRONMENT.createSession(out.resolve("model.onnx").toString())) {
            assertSame(run(session, inputs), classifier.probabilitiesOfItems(some));
        }
        assertThat(out.resolve("text-tokenizer.json")).isNotEmptyFile();
        assertThat(out.resolve("README.md"))
                .content()
                .contains("what text-tokenizer.json makes", "\"picture/pixels\": picture_pixels");
    }

    private static Map<String, OnnxTensor> inputs(ModelBranch branch, LabeledItems items, List<Item> some)
            throws OrtException {
        int count = some.size();
        if (branch.architecture().preparation() instanceof Tokenization tokenization) {
            List<String> texts = some.stream()
                    .map(item -> item.text(branch.columns().get(0)))
                    .toList();
            return tokens(branch.prefix(), texts, tokenization);
        }
        if (branch.architecture().preparation() instanceof Preprocessing preprocessing) {
            LabeledImages pictures = items.images(branch.columns().get(0));
            float[] pixels = new float[count * preprocessing.elements()];
            for (int i = 0; i < count; i++) {
                byte[] levels = pictures.image(i).pixels();
                for (int j = 0; j < levels.length; j++) {
                    pixels[i * levels.length + j] = levels[j] & 0xFF;
                }
            }
            return Map.of(
                    branch.prefix() + "pixels",
                    OnnxTensor.createTensor(ENVIRONMENT, FloatBuffer.wrap(pixels), new long[] {
                        count, 1, preprocessing.height(), preprocessing.width()
                    }));
        }
        TableCoding coding = (TableCoding) branch.architecture().preparation();
        float[] values = new float[count * coding.width()];
        for (int i = 0; i < count; i++) {
            coding.encode(some.get(i), values, i * coding.width());
        }
        return Map.of(
                branch.prefix() + "values",
                OnnxTensor.createTensor(ENVIRONMENT, FloatBuffer.wrap(values), new long[] {count, coding.width()}));
    }

    private static Map<String, OnnxTensor> tokens(String prefix, List<String> texts, Tokenization tokenization)
            throws OrtException {
        List<int[]> all =
                texts.stream().map(text -> tokenization.tokens(text).ids()).toList();
        int longest = all.stream().mapToInt(ids -> ids.length).max().orElseThrow();
        long[] numbers = new long[texts.size() * longest];
        long[] mask = new long[numbers.length];
        for (int i = 0; i < all.size(); i++) {
            for (int j = 0; j < all.get(i).length; j++) {
                numbers[i * longest + j] = all.get(i)[j];
                mask[i * longest + j] = 1;
            }
        }
        long[] shape = {texts.size(), longest};
        return Map.of(
                prefix + "input_ids",
                OnnxTensor.createTensor(ENVIRONMENT, LongBuffer.wrap(numbers), shape),
                prefix + "attention_mask",
                OnnxTensor.createTensor(ENVIRONMENT, LongBuffer.wrap(mask), shape));
    }

    private static float[][] run(OrtSession session, Map<String, OnnxTensor> inputs) throws OrtException {
        assertThat(inputs.keySet()).containsExactlyInAnyOrderElementsOf(session.getInputNames());
        try (OrtSession.Result result = session.run(inputs)) {
            return (float[][]) result.get("probabilities").orElseThrow().getValue();
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private static void assertSame(float[][] found, float[][] expected) {
        assertThat(found).hasDimensions(expected.length, expected[0].length);
        for (int i = 0; i < found.length; i++) {
            for (int k = 0; k < found[i].length; k++) {
                assertThat(found[i][k]).as("example " + i).isCloseTo(expected[i][k], within(1e-5f));
            }
        }
    }

    private static TransferModel model(Backbone backbone, Cut cut) {
        Architecture architecture = backbone.architecture();
        List<String> classes = List.of("a", "b", "c");
        List<Layer> layers = new Head.Classifier(0).layers(cut.features(architecture), classes.size());
        WeightSet head = architecture
                .weightInitialization()
                .initialize(
                        layers.stream()
                                .flatMap(layer -> layer.parameters().stream())
                                .toList(),
                        3);
        WeightSet weights = architecture.stagesThrough(cut.last(architecture)).stream()
                .flatMap(stage -> stage.parameters().stream())
                .reduce(
                        head,
                        (all, spec) -> all.plus(WeightSet.of(
                                Map.of(spec.name(), backbone.weights().get(spec.name())))),
                        WeightSet::plus);
        return new TransferModel(
                architecture,
                cut,
                "linear",
                layers,
                classes,
                weights,
                new Lineage("bert", "file", "ab12", "feature-extraction", "texts", "cd34", 500, 7, "0.1.0"));
    }

    private static LabeledItems items(int count) {
        List<String> texts = new ArrayList<>();
        List<String> words = new ArrayList<>();
        double[] sizes = new double[count];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            texts.add("a text " + "of many words ".repeat(i % 5) + i);
            words.add(List.of("red", "green", "").get(i % 3));
            sizes[i] = i % 7 == 0 ? Double.NaN : i;
            labels[i] = i % 2;
        }
        return LabeledItems.of("items", List.of("even", "odd"), labels)
                .withImages("picture", Shapes.draw(count, 1))
                .withTexts("text", texts)
                .withCategories("word", words)
                .withNumbers("size", sizes);
    }
}
