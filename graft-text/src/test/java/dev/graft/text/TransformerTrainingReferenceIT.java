package dev.graft.text;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.pytorch.jni.JniUtils;
import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.engine.Examples;
import dev.graft.engine.StepSettings;
import dev.graft.engine.Tap;
import dev.graft.engine.TrainableNetwork;
import dev.graft.engine.TrainingPlan;
import dev.graft.feature.Pooling;
import dev.graft.feature.TokenRows;
import dev.graft.layer.Layer;
import dev.graft.layer.SequencePool;
import dev.graft.optimization.Optimizer;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.SafetensorsFile;
import dev.graft.weights.WeightSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Steps of AdamW on a padded batch agree with the reference library's; a step moves a weight by about 0.01. */
class TransformerTrainingReferenceIT {
    private static final double TOLERANCE = 1e-5;
    private static final Optimizer ADAMW = new Optimizer(Optimizer.Kind.ADAMW, 0.9f, 0.999f, 1e-3f, 0.1f);
    private static final int[] LABELS = {1, 0, 1, 0, 1, 0};

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"bert, 40, 1", "bert, 40, 2", "gpt2, 128, 1", "gpt2, 128, 2"})
    void weightsAfterThreeStepsAreTheReferences(String family, int tokens, int threads) throws IOException {
        int before = JniUtils.getNumThreads();
        try {
            JniUtils.setNumThreads(threads);
            requireReferences(family, tokens, threads);
        } finally {
            JniUtils.setNumThreads(before);
        }
    }

    private void requireReferences(String family, int tokens, int threads) throws IOException {
        copyWithoutDropout(family);
        Backbone backbone = TextBackbones.open(folder, SequencePool.MEAN, tokens);
        Architecture architecture = backbone.architecture();
        TokenRows rows = Outputs.rows(backbone, Fixtures.TEXTS);
        TrainingPlan plan = new TrainingPlan(
                architecture.inputShape(),
                architecture.stagesThrough("pooled"),
                List.of(new Tap("pooled", Pooling.NONE)),
                List.of(new Layer.Linear("head.logits", 8, 1)),
                2);
        try (SafetensorsFile file = SafetensorsFile.open(Fixtures.folder(family).resolve("trained.safetensors"))) {
            WeightSet start = backbone.weights()
                    .plus(WeightSet.of(Map.of(
                            "head.logits.weight", file.read("start.head.logits.weight"),
                            "head.logits.bias", file.read("start.head.logits.bias"))));
            Map<String, Double> rates = new HashMap<>();
            start.names().forEach(name -> rates.put(name, 0.01));
            StepSettings settings = new StepSettings(ADAMW, rates, Double.POSITIVE_INFINITY);
            try (Examples examples = new Examples(rows, List.of(), LABELS, rows.lengths());
                    TrainableNetwork network = new TrainableNetwork(plan, start, settings)) {
                // Four times the same examples have the same mean gradient, and are enough to be dealt to several
                // cores, of
                // which one gets the first texts and the other, padded to another length, the last.
                int[] batch = IntStream.range(0, 4 * LABELS.length)
                        .map(i -> threads == 1 ? i % LABELS.length : i / 4)
                        .limit(threads == 1 ? LABELS.length : 4 * LABELS.length)
                        .toArray();
                for (int step = 0; step < 3; step++) {
                    network.step(examples, batch, step, 1);
                }
                for (Map.Entry<String, FloatTensor> tensor :
                        network.weights().asMap().entrySet()) {
                    float[] expected = file.read(tensor.getKey()).values();
                    assertThat(Outputs.largestDifference(tensor.getValue().values(), expected))
                            .as(tensor.getKey())
                            .isLessThan(TOLERANCE);
                }
            }
        }
    }

    private void copyWithoutDropout(String family) throws IOException {
        for (String name : new String[] {"tokenizer.json", "model.safetensors"}) {
            Files.copy(Fixtures.folder(family).resolve(name), folder.resolve(name));
        }
        String config = Files.readString(Fixtures.folder(family).resolve("config.json"));
        Files.writeString(folder.resolve("config.json"), config.replace(": 0.1,", ": 0.0,"));
    }
}
