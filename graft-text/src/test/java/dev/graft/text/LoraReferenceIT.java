package dev.graft.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.backbone.LowRank;
import dev.graft.backbone.LowRank.Projection;
import dev.graft.engine.Examples;
import dev.graft.engine.InferenceNetwork;
import dev.graft.engine.StepSettings;
import dev.graft.engine.Tap;
import dev.graft.engine.TrainableNetwork;
import dev.graft.engine.TrainingPlan;
import dev.graft.feature.Pooling;
import dev.graft.feature.TokenRows;
import dev.graft.layer.Adapter;
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
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Steps of low-rank adaptation agree with a reference that is written out by hand, and merged weights with unmerged ones. */
class LoraReferenceIT {
    private static final double TOLERANCE = 1e-5;
    private static final Optimizer ADAMW = new Optimizer(Optimizer.Kind.ADAMW, 0.9f, 0.999f, 1e-3f, 0.1f);
    private static final LowRank LOW_RANK =
            new LowRank(new Adapter(2, 6, 0), Set.of(Projection.ATTENTION, Projection.FEED_FORWARD));
    private static final List<Layer> HEAD = List.of(new Layer.Linear("head.logits", 8, 1));
    private static final List<Tap> TAPS = List.of(new Tap("pooled", Pooling.NONE));
    private static final int[] LABELS = {1, 0, 1, 0, 1, 0};
    private static final int[] ALL = IntStream.range(0, LABELS.length).toArray();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"bert, 40", "gpt2, 128"})
    void adaptersAfterThreeStepsAreTheReferencesAndMergeIntoTheWeights(String family, int tokens) throws IOException {
        copyWithoutDropout(family);
        Backbone backbone = TextBackbones.open(folder, SequencePool.MEAN, tokens);
        Architecture adapted = LOW_RANK.adapt(backbone.architecture());
        TokenRows rows = Outputs.rows(backbone, Fixtures.TEXTS);
        TrainingPlan plan = new TrainingPlan(adapted.inputShape(), adapted.stagesThrough("pooled"), TAPS, HEAD, 2);
        try (SafetensorsFile file = SafetensorsFile.open(Fixtures.folder(family).resolve("lora.safetensors"))) {
            WeightSet start = backbone.weights().plus(file.readAll().select("start."));
            Map<String, Double> rates = new HashMap<>();
            start.names().forEach(name -> rates.put(name, 0.01));
            try (Examples examples = new Examples(rows, List.of(), LABELS, rows.lengths());
                    TrainableNetwork network = new TrainableNetwork(
                            plan, start, new StepSettings(ADAMW, rates, Double.POSITIVE_INFINITY))) {
                for (int step = 0; step < 3; step++) {
                    network.step(examples, ALL, step, 1);
                }
                WeightSet trained = network.weights();
                for (Map.Entry<String, FloatTensor> tensor : trained.asMap().entrySet()) {
                    String name = tensor.getKey();
                    if (backbone.weights().contains(name)) {
                        assertThat(tensor.getValue())
                                .as(name)
                                .isEqualTo(backbone.weights().get(name));
                    } else {
                        float[] expected = file.read(name).values();
                        assertThat(Outputs.largestDifference(tensor.getValue().values(), expected))
                                .as(name)
                                .isLessThan(TOLERANCE);
                    }
                }
                assertThat(network.optimizerState().names())
                        .allMatch(name -> name.contains("lora_") || name.contains("head."));
                WeightSet merged = LOW_RANK.merge(backbone.architecture(), trained);
                assertThat(merged.names()).noneMatch(name -> name.contains("lora_"));
                assertThat(Outputs.largestDifference(
                                logits(backbone.architecture(), merged, rows), network.logits(examples, ALL)))
                        .isLessThan(TOLERANCE);
            }
        }
    }

    private static float[] logits(Architecture architecture, WeightSet weights, TokenRows rows) {
        float[] values = new float[rows.count() * rows.width()];
        rows.read(ALL, values);
        try (InferenceNetwork network = new InferenceNetwork(
                architecture.inputShape(), architecture.stagesThrough("pooled"), TAPS, HEAD, weights)) {
            return network.logits(values, rows.count());
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
