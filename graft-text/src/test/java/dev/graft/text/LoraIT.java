package dev.graft.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.backbone.Backbone;
import dev.graft.backbone.LowRank.Projection;
import dev.graft.bundle.AdapterBundle;
import dev.graft.data.LabeledTexts;
import dev.graft.engine.InferenceNetwork;
import dev.graft.engine.Tap;
import dev.graft.error.SettingsException;
import dev.graft.error.StoppedException;
import dev.graft.error.WeightsFileException;
import dev.graft.error.WeightsMismatchException;
import dev.graft.feature.Pooling;
import dev.graft.feature.TokenRows;
import dev.graft.model.AdapterModel;
import dev.graft.model.Confidence;
import dev.graft.model.TransferModel;
import dev.graft.optimization.CrossEntropy;
import dev.graft.optimization.Optimizer;
import dev.graft.optimization.Schedule;
import dev.graft.optimization.TrainingSettings;
import dev.graft.source.Adapters;
import dev.graft.strategy.Lora;
import dev.graft.training.NetworkTraining;
import dev.graft.training.TransferResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Low-rank adaptation through the executor. */
class LoraIT {
    private static final TrainingSettings SETTINGS = TrainingSettings.defaults()
            .withEpochs(4)
            .withBatchSize(16)
            .withLearningRate(0.02)
            .withOptimizer(Optimizer.adamW(0.01f))
            .withSchedule(Schedule.LINEAR_WARM_UP);

    @TempDir
    private Path folder;

    @Test
    void onlyProjectionsMoveAndTheLossFalls() {
        Backbone backbone = TextBackbones.open(Fixtures.folder("bert"));
        TransferResult result = learning(backbone, Lora.defaults())
                .training(SETTINGS.withEpochs(24).withLearningRate(0.01))
                .run();

        backbone.weights().asMap().forEach((name, tensor) -> {
            boolean projection = name.contains("encoder") && name.endsWith("weight") && !name.contains("LayerNorm");
            assertThat(result.weights().get(name).equals(tensor)).as(name).isEqualTo(!projection);
        });
        assertThat(result.history().get(23).loss())
                .isLessThan(0.5 * result.history().get(0).loss());
    }

    @Test
    void mergedWeightsPredictWhatTheAdaptersPredict() {
        Backbone backbone = TextBackbones.open(Fixtures.folder("gpt2"));
        LabeledTexts test = reviews();
        TransferResult result =
                learning(backbone, Lora.of(4, 8).withDropout(0.1)).test(test).run();

        assertThat(result.model().weights().names()).noneMatch(name -> name.contains("lora_"));
        TokenRows rows = Outputs.rows(
                backbone, IntStream.range(0, test.size()).mapToObj(test::text).toList());
        float[] values = new float[rows.count() * rows.width()];
        rows.read(IntStream.range(0, rows.count()).toArray(), values);
        try (InferenceNetwork network = new InferenceNetwork(
                backbone.architecture().inputShape(),
                backbone.architecture().stagesThrough("pooled"),
                List.of(new Tap("pooled", Pooling.NONE)),
                result.model().headLayers(),
                result.weights())) {
            float[][] merged = CrossEntropy.probabilities(network.logits(values, rows.count()), 1);
            for (int i = 0; i < merged.length; i++) {
                assertThat(Outputs.largestDifference(result.test().probabilities()[i], merged[i]))
                        .isLessThan(1e-5);
            }
        }
    }

    @Test
    void adaptersAloneAreSavedAndMergedIntoTheSameBackboneOnly() throws IOException {
        Backbone backbone = TextBackbones.open(Fixtures.folder("bert"));
        TransferResult result = learning(backbone, Lora.of(1, 2)).run();
        Path saved = folder.resolve("adapters");
        AdapterBundle.write(saved, result.adapters(), false);

        assertThat(AdapterBundle.read(saved).merge(backbone)).isEqualTo(result.model());
        assertThat(Files.size(saved.resolve("adapter.safetensors")))
                .isLessThan(Files.size(Fixtures.folder("bert").resolve("model.safetensors")) / 2);
        Backbone other = TextBackbones.open(Fixtures.folder("roberta"));
        assertThatThrownBy(() -> AdapterBundle.read(saved).merge(other))
                .isInstanceOf(WeightsMismatchException.class)
                .hasMessageContaining(backbone.weights().digest())
                .hasMessageContaining(other.weights().digest());
        byte[] bytes = Files.readAllBytes(saved.resolve("adapter.safetensors"));
        bytes[bytes.length - 1] ^= 1;
        Files.write(saved.resolve("adapter.safetensors"), bytes);
        assertThatThrownBy(() -> AdapterBundle.read(saved))
                .isInstanceOf(WeightsFileException.class)
                .hasMessageContaining("SHA-256");
    }

    @Test
    void adaptersKeepTheLimitOfTokensAndTheCalibrationTheyWereMadeWith() {
        Backbone whole = TextBackbones.open(Fixtures.folder("bert"));
        Backbone limited = new Backbone(whole.architecture().withMaxTokens(7), whole.weights(), whole.card());
        AdapterModel adapters =
                learning(limited, Lora.of(1, 2)).run().adapters().withConfidence(new Confidence(1.5, 0.25));
        Path saved = folder.resolve("adapters");
        AdapterBundle.write(saved, adapters, false);

        TransferModel merged = AdapterBundle.read(saved).merge(whole);
        assertThat(merged.architecture().tokenization().maxTokens()).isEqualTo(7);
        assertThat(merged.confidence()).isEqualTo(new Confidence(1.5, 0.25));
        assertThatThrownBy(() -> Adapters.load(saved))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("not known by its name")
                .hasMessageContaining("merge");
    }

    @Test
    void attentionAloneLeavesTheFeedForwardLayers() {
        Backbone backbone = TextBackbones.open(Fixtures.folder("bert"));
        TransferResult result =
                learning(backbone, Lora.defaults().on(Projection.ATTENTION)).run();

        String feedForward = "encoder.layer.0.intermediate.dense.weight";
        String attention = "encoder.layer.0.attention.self.query.weight";
        assertThat(result.weights().get(feedForward))
                .isEqualTo(backbone.weights().get(feedForward));
        assertThat(result.weights().get(attention))
                .isNotEqualTo(backbone.weights().get(attention));
    }

    @Test
    void aStoppedRunResumesToTheSameWeightsAndOtherAdaptersAreRefused() {
        Backbone backbone = TextBackbones.open(Fixtures.folder("distilbert"));
        Lora lora = Lora.defaults().withDropout(0.1);
        TransferResult whole = learning(backbone, lora).run();
        AtomicInteger steps = new AtomicInteger();
        assertThatThrownBy(() -> learning(backbone, lora)
                        .checkpoints(folder, 2)
                        .stopWhen(() -> steps.incrementAndGet() > 12)
                        .run())
                .isInstanceOf(StoppedException.class);
        assertThatThrownBy(() -> learning(backbone, Lora.of(4, 16))
                        .checkpoints(folder, 2)
                        .resume(true)
                        .run())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("adapters");
        TransferResult resumed =
                learning(backbone, lora).checkpoints(folder, 2).resume(true).run();

        assertThat(resumed.weights().digest()).isEqualTo(whole.weights().digest());
    }

    private static NetworkTraining learning(Backbone backbone, Lora lora) {
        return NetworkTraining.on(reviews()).backbone(backbone).strategy(lora).training(SETTINGS);
    }

    /** "good" or "bad" among other words. */
    private static LabeledTexts reviews() {
        SplittableRandom random = new SplittableRandom(4);
        List<String> texts = new ArrayList<>();
        int[] labels = new int[96];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = random.nextInt(2);
            texts.add("the film is " + (labels[i] == 1 ? "good" : "bad") + " , a plot".repeat(random.nextInt(4)));
        }
        return LabeledTexts.of("reviews", List.of("bad", "good"), texts, labels);
    }
}
