package dev.graft.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledTexts;
import dev.graft.data.Shapes;
import dev.graft.data.Split;
import dev.graft.engine.InferenceNetwork;
import dev.graft.engine.Tap;
import dev.graft.error.SettingsException;
import dev.graft.error.StoppedException;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.feature.Pooling;
import dev.graft.feature.Rows;
import dev.graft.feature.TokenRows;
import dev.graft.image.Augmentation;
import dev.graft.layer.SequencePool;
import dev.graft.optimization.CrossEntropy;
import dev.graft.optimization.Optimizer;
import dev.graft.optimization.Schedule;
import dev.graft.optimization.TrainingSettings;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.strategy.FineTuning;
import dev.graft.strategy.GradualUnfreezing;
import dev.graft.strategy.Strategy;
import dev.graft.training.FeatureExtractor;
import dev.graft.training.NetworkTraining;
import dev.graft.training.TrainingListener;
import dev.graft.training.TransferResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The executor on texts: the same contracts as on images. */
class TextTransferIT {
    private static final TrainingSettings SETTINGS = TrainingSettings.defaults()
            .withEpochs(4)
            .withBatchSize(16)
            .withLearningRate(0.01)
            .withOptimizer(Optimizer.adamW(0.01f))
            .withSchedule(Schedule.LINEAR_WARM_UP);

    @TempDir
    private Path folder;

    @Test
    void frozenStagesStayByteIdenticalWhileTheOthersLearn() {
        Backbone backbone = TextBackbones.open(Fixtures.folder("bert"));
        TransferResult result = learning(backbone, FineTuning.from("layer1").withRates(5, 1))
                .training(SETTINGS.withEpochs(12))
                .run();

        assertThat(result.frozenStages()).containsExactly("embeddings", "layer0");
        backbone.architecture().stagesThrough("layer0").forEach(stage -> stage.parameters()
                .forEach(spec -> assertThat(result.weights().get(spec.name()))
                        .isEqualTo(backbone.weights().get(spec.name()))));
        assertThat(result.weights().get("encoder.layer.1.output.dense.weight"))
                .isNotEqualTo(backbone.weights().get("encoder.layer.1.output.dense.weight"));
        assertThat(result.history().get(11).loss())
                .isLessThan(0.9 * result.history().get(0).loss());
    }

    @Test
    void cachedSequencesGiveWhatTheWholeNetworkGives() {
        Backbone backbone = TextBackbones.open(Fixtures.folder("roberta"));
        LabeledTexts test = reviews(40, 3);
        TransferResult result =
                learning(backbone, FineTuning.from("layer1")).test(test).run();
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
            float[][] expected = CrossEntropy.probabilities(network.logits(values, rows.count()), 1);
            for (int i = 0; i < expected.length; i++) {
                assertThat(Outputs.largestDifference(result.test().probabilities()[i], expected[i]))
                        .isLessThan(1e-4);
            }
        }
    }

    @Test
    void oneSeedGivesOneResultAndAnotherAnother() {
        Backbone backbone = TextBackbones.open(Fixtures.folder("gpt2"));
        TransferResult one = learning(backbone, FineTuning.all()).run();
        TransferResult same = learning(backbone, FineTuning.all()).run();
        TransferResult other = learning(backbone, FineTuning.all())
                .training(SETTINGS.withSeed(1))
                .run();

        assertThat(same.weights().digest()).isEqualTo(one.weights().digest());
        assertThat(other.weights().digest()).isNotEqualTo(one.weights().digest());
    }

    @Test
    void aStoppedRunResumesToTheSameWeights() {
        Backbone backbone = TextBackbones.open(Fixtures.folder("distilbert"));
        TransferResult whole =
                learning(backbone, GradualUnfreezing.through("layer1")).run();
        AtomicInteger steps = new AtomicInteger();
        assertThatThrownBy(() -> learning(backbone, GradualUnfreezing.through("layer1"))
                        .checkpoints(folder, 0)
                        .stopWhen(() -> steps.incrementAndGet() > 33)
                        .run())
                .isInstanceOf(StoppedException.class);
        TransferResult resumed = learning(backbone, GradualUnfreezing.through("layer1"))
                .checkpoints(folder, 0)
                .resume(true)
                .run();

        assertThat(resumed.weights().digest()).isEqualTo(whole.weights().digest());
    }

    @Test
    void anEndThatIsTrainedFromTheCacheResumesToTheSameWeightsFromMemoryAndFromAFile() {
        Backbone backbone = TextBackbones.open(Fixtures.folder("bert"));
        try (FeatureCache memory = new FeatureCache(1 << 26);
                FeatureCache file = new FeatureCache(0)) {
            TransferResult whole =
                    learning(backbone, FineTuning.from("layer1")).cache(memory).run();
            AtomicInteger steps = new AtomicInteger();
            assertThatThrownBy(() -> learning(backbone, FineTuning.from("layer1"))
                            .cache(memory)
                            .checkpoints(folder, 0)
                            .stopWhen(() -> steps.incrementAndGet() > 13)
                            .run())
                    .isInstanceOf(StoppedException.class);
            TransferResult resumed = learning(backbone, FineTuning.from("layer1"))
                    .cache(file)
                    .checkpoints(folder, 0)
                    .resume(true)
                    .run();

            assertThat(resumed.weights().digest()).isEqualTo(whole.weights().digest());
            assertThat(file.misses()).isGreaterThan(0);
        }
    }

    @Test
    void onePassFillsTheStatisticsOfAllStagesAndAnotherTokenLimitMisses() {
        LabeledTexts data = reviews(70, 5);
        Cut cut = Cut.pooled(Pooling.MEAN_MAX_STD, "embeddings", "layer0", "layer1", "pooled");
        Backbone backbone = TextBackbones.open(Fixtures.folder("bert"));
        Backbone shorter = TextBackbones.open(Fixtures.folder("bert"), SequencePool.MEAN, 12);
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            List<Rows> first = FeatureExtractor.extract(backbone, cut, data, cache);
            assertThat(cache.misses()).isEqualTo(4);
            FeatureExtractor.extract(backbone, cut, data, cache);
            assertThat(cache.misses()).isEqualTo(4);
            FeatureExtractor.extract(shorter, cut, data, cache);
            assertThat(cache.misses()).isEqualTo(8);

            List<String> texts =
                    IntStream.range(0, data.size()).mapToObj(data::text).toList();
            List<float[]> alone = Outputs.vectors(backbone, "layer1", Pooling.MEAN_MAX_STD, texts, 1);
            float[] row = new float[first.get(2).width()];
            for (int i = 0; i < texts.size(); i++) {
                first.get(2).read(i, row, 0);
                assertThat(Outputs.largestDifference(row, alone.get(i))).isLessThan(1e-4);
            }
        }
    }

    @Test
    void textsThatAreCutAreCounted() {
        Backbone backbone = TextBackbones.open(Fixtures.folder("bert"), SequencePool.MEAN, 6);
        List<String> warnings = new ArrayList<>();
        learning(backbone, FeatureExtraction.at(Cut.at("pooled")))
                .listener(new TrainingListener() {
                    @Override
                    public void warning(String message) {
                        warnings.add(message);
                    }
                })
                .run();

        assertThat(warnings).hasSize(2).allMatch(warning -> warning.contains("longer than 6 tokens"));
    }

    @Test
    void textsAreSplitLikeImages() {
        TransferResult result = NetworkTraining.on(reviews(120, 1))
                .split(Split.stratified(0.7, 0.1, 0.2))
                .backbone(TextBackbones.open(Fixtures.folder("bert")))
                .strategy(FeatureExtraction.at(Cut.pooled(Pooling.MEAN_MAX_STD, "embeddings", "layer0")))
                .run();

        assertThat(result.test().truth()).hasSize(24);
        assertThat(result.test().accuracy()).isGreaterThan(0.8);
    }

    @Test
    void imagesForATextBackboneAndChangesOfTextsAreRefused() {
        Backbone backbone = TextBackbones.open(Fixtures.folder("bert"));

        assertThatThrownBy(() -> NetworkTraining.on(Shapes.draw(20, 1))
                        .backbone(backbone)
                        .strategy(FineTuning.all())
                        .run())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("another kind of examples");
        assertThatThrownBy(() -> learning(backbone, FineTuning.all())
                        .augmentation(Augmentation.flipAndShift())
                        .run())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("no augmentation");
    }

    private static NetworkTraining learning(Backbone backbone, Strategy strategy) {
        return NetworkTraining.on(reviews(160, 1))
                .test(reviews(80, 2))
                .backbone(backbone)
                .strategy(strategy)
                .training(SETTINGS);
    }

    /** Texts of 1 to 24 words; the class is whether one of them is "good". */
    private static LabeledTexts reviews(int count, long seed) {
        List<String> others = List.of("the", "film", "is", "not", "bad", "a", "plot", "was", "two", "cats");
        SplittableRandom random = new SplittableRandom(seed);
        List<String> texts = new ArrayList<>();
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % 2;
            List<String> words = new ArrayList<>();
            int length = 1 + random.nextInt(24);
            for (int word = 0; word < length; word++) {
                words.add(labels[i] == 1 && word % 2 == 0 ? "good" : others.get(random.nextInt(others.size())));
            }
            texts.add(String.join(" ", words));
        }
        return LabeledTexts.of("reviews", List.of("other", "good"), texts, labels);
    }
}
