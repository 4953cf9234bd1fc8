package dev.graft.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledItems;
import dev.graft.data.LabeledTexts;
import dev.graft.error.SettingsException;
import dev.graft.error.StoppedException;
import dev.graft.head.Head;
import dev.graft.optimization.Balance;
import dev.graft.optimization.Optimizer;
import dev.graft.optimization.Schedule;
import dev.graft.optimization.TrainingSettings;
import dev.graft.result.EpochResult;
import dev.graft.source.Backbones;
import dev.graft.strategy.Contrastive;
import dev.graft.strategy.FeatureExtraction;
import dev.graft.strategy.Strategy;
import dev.graft.training.Branch;
import dev.graft.training.LearningRateFinder;
import dev.graft.training.NetworkTraining;
import dev.graft.training.TransferResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A phase on pairs, in the one executor. */
class ContrastiveIT {
    private static final TrainingSettings SETTINGS = TrainingSettings.defaults()
            .withEpochs(30)
            .withBatchSize(12)
            .withLearningRate(0.01)
            .withOptimizer(Optimizer.adamW(0.01f))
            .withSchedule(Schedule.LINEAR_WARM_UP);

    @TempDir
    private Path folder;

    @Test
    void textsOfAClassComeTogether() {
        Backbone backbone = TextBackbones.open(Fixtures.folder("bert"));
        TransferResult frozen = learning(backbone, FeatureExtraction.defaults()).run();
        TransferResult result = learning(backbone, Contrastive.all()).run();

        List<EpochResult> history = result.history();
        assertThat(history)
                .extracting(EpochResult::phase)
                .endsWith("pairs", "head")
                .hasSize(31);
        assertThat(history.get(29).loss()).isLessThan(0.1 * history.get(0).loss());
        assertThat(result.test().accuracy()).isGreaterThan(frozen.test().accuracy());
        assertThat(result.trainableParameters()).isGreaterThan(frozen.trainableParameters());
        assertThat(result.frozenStages()).isEmpty();
    }

    @Test
    void whatIsFrozenStaysByteIdentical() {
        Backbone backbone = TextBackbones.open(Fixtures.folder("bert"));
        TransferResult result = learning(backbone, Contrastive.from("layer1")).run();

        assertThat(result.history().get(29).loss())
                .isLessThan(0.9 * result.history().get(0).loss());
        assertThat(result.frozenStages()).containsExactly("embeddings", "layer0");
        backbone.architecture().stagesThrough("layer0").forEach(stage -> stage.parameters()
                .forEach(spec -> assertThat(result.weights().get(spec.name()))
                        .isEqualTo(backbone.weights().get(spec.name()))));
        String moved = "encoder.layer.1.output.dense.weight";
        assertThat(result.weights().get(moved)).isNotEqualTo(backbone.weights().get(moved));
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 9, 100})
    void aStoppedRunResumesToTheSameBytes(int steps) {
        Backbone backbone = TextBackbones.open(Fixtures.folder("distilbert"));
        TransferResult whole = learning(backbone, Contrastive.all()).run();
        AtomicInteger taken = new AtomicInteger();

        assertThatThrownBy(() -> learning(backbone, Contrastive.all())
                        .checkpoints(folder, 0)
                        .stopWhen(() -> taken.incrementAndGet() > steps)
                        .run())
                .isInstanceOf(StoppedException.class);
        TransferResult resumed = learning(backbone, Contrastive.all())
                .checkpoints(folder, 0)
                .resume(true)
                .run();

        assertThat(resumed.weights().digest()).isEqualTo(whole.weights().digest());
        assertThat(resumed.history()).isEqualTo(whole.history());
    }

    @Test
    void oneSeedGivesOneResultAndAnotherAnother() {
        Backbone backbone = TextBackbones.open(Fixtures.folder("gpt2"));
        String first = digest(backbone, SETTINGS);

        assertThat(digest(backbone, SETTINGS)).isEqualTo(first);
        assertThat(digest(backbone, SETTINGS.withSeed(1))).isNotEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource(Balance.class)
    void classesOfUnequalSizeMayBeBalanced(Balance balance) {
        Backbone backbone = TextBackbones.open(Fixtures.folder("bert"));
        LabeledTexts all = reviews(40, 1);
        LabeledTexts unequal = all.subset(
                IntStream.range(0, 40).filter(i -> i % 2 == 0 || i < 13).toArray());
        TransferResult result = NetworkTraining.on(unequal)
                .backbone(backbone)
                .strategy(Contrastive.all())
                .training(SETTINGS)
                .balance(balance)
                .run();

        assertThat(result.history().get(29).loss())
                .isLessThan(0.5 * result.history().get(0).loss());
    }

    @Test
    void anEarlyStopKeepsTheHeadThatIsTrainedAfterwards() {
        Backbone backbone = TextBackbones.open(Fixtures.folder("bert"));
        LabeledTexts validation = reviews(30, 3);
        TransferResult result = NetworkTraining.on(reviews(36, 1))
                .validation(validation)
                .test(validation)
                .backbone(backbone)
                .strategy(Contrastive.all())
                .training(SETTINGS.withPatience(2))
                .run();

        EpochResult last = result.history().get(result.history().size() - 1);
        assertThat(last.phase()).isEqualTo("head");
        // A loss of pairs is below one of classes: it must not pass for the best of both.
        assertThat(result.test().loss()).isCloseTo(last.validationLoss(), within(1e-4));
    }

    @Test
    void anotherHeadIsTrainedStepByStep() {
        Backbone backbone = TextBackbones.open(Fixtures.folder("bert"));
        TransferResult result = learning(backbone, Contrastive.all().withHead(new Head.Classifier(0)))
                .run();

        assertThat(result.history()).hasSize(60);
        assertThat(result.history().get(59).loss())
                .isLessThan(result.history().get(30).loss());
    }

    @Test
    void aRateIsFoundForThePairs() {
        Backbone backbone = TextBackbones.open(Fixtures.folder("bert"));

        assertThat(LearningRateFinder.find(learning(backbone, Contrastive.all()))
                        .phase())
                .isEqualTo("pairs");
    }

    @Test
    void whatHasNoPairsIsRefused() {
        Backbone backbone = TextBackbones.open(Fixtures.folder("bert"));
        List<String> texts = IntStream.range(0, 8).mapToObj(i -> "a film").toList();
        LabeledItems items = LabeledItems.of("items", List.of("no", "yes"), new int[] {0, 1, 0, 1, 0, 1, 0, 1})
                .withTexts("title", texts)
                .withTexts("body", texts);

        assertThatThrownBy(() -> NetworkTraining.on(items)
                        .branch(Branch.text("title", backbone))
                        .branch(Branch.text("body", backbone))
                        .strategy(Contrastive.all())
                        .run())
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll("one backbone", "title", "fine-tuning");
        assertThatThrownBy(() -> learning(backbone, Contrastive.from("pooled")).run())
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll("have nothing to train", "contrastive@pooled");
        assertThatThrownBy(() ->
                        Contrastive.all().phases(Backbones.load("digits-cnn").architecture(), SETTINGS))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll("texts", "digits-cnn", "lp-ft");
    }

    private static String digest(Backbone backbone, TrainingSettings settings) {
        return learning(backbone, Contrastive.all())
                .training(settings)
                .run()
                .weights()
                .digest();
    }

    private static NetworkTraining learning(Backbone backbone, Strategy strategy) {
        return NetworkTraining.on(reviews(37, 1))
                .test(reviews(60, 2))
                .backbone(backbone)
                .strategy(strategy)
                .training(SETTINGS);
    }

    /** Texts of 2 to 12 words; in those of the second class every other word is "good". */
    private static LabeledTexts reviews(int count, long seed) {
        List<String> others = List.of("the", "film", "is", "not", "bad", "a", "plot", "was", "two", "cats");
        SplittableRandom random = new SplittableRandom(seed);
        List<String> texts = new ArrayList<>();
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            int label = i % 2;
            labels[i] = label;
            texts.add(String.join(
                    " ",
                    IntStream.range(0, 2 + random.nextInt(11))
                            .mapToObj(word ->
                                    label == 1 && word % 2 == 0 ? "good" : others.get(random.nextInt(others.size())))
                            .toList()));
        }
        return LabeledTexts.of("reviews", List.of("other", "good"), texts, labels);
    }
}
