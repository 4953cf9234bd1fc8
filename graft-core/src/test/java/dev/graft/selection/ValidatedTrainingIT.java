package dev.graft.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.backbone.BackboneCard;
import dev.graft.backbone.Initialization;
import dev.graft.data.LabeledTexts;
import dev.graft.feature.FeatureCache;
import dev.graft.layer.Activation;
import dev.graft.layer.PointwiseLinear;
import dev.graft.layer.SequencePool;
import dev.graft.layer.Stage;
import dev.graft.layer.TokenEmbedding;
import dev.graft.layer.UnitLength;
import dev.graft.optimization.TrainingSettings;
import dev.graft.preparation.Tokenization;
import dev.graft.result.CandidateResult;
import dev.graft.result.SelectionResult;
import dev.graft.strategy.FineTuning;
import dev.graft.training.Cores;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Texts of one word, whose class is the sign of the product of two numbers in the table of words: frozen features are of little use
 * there, and two layers can learn it.
 */
class ValidatedTrainingIT {
    private static final int WORDS = 600;
    private static final int WIDTH = 8;
    private static final Backbone BACKBONE = backbone();
    private static final LabeledTexts TRAIN = texts("train", 4400, 1);
    private static final LabeledTexts VALIDATION = texts("validation", 400, 2);

    @Tag("slow")
    @Test
    void manyTextsAreTrainedOnWithoutATrialAndValidationExamplesJudge() {
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            TransferTask task = task(cache, VALIDATION, Budget.of(Duration.ofMinutes(30)));
            Approach.Transferred transferred = Auto.unlimited().run(task);

            SelectionResult selection = Objects.requireNonNull(transferred.selection());
            CandidateResult taken = selection.candidates().get(0);
            assertThat(selection.candidates().stream().filter(CandidateResult::chosen))
                    .containsExactly(taken);
            assertThat(selection.strategy()).isEqualTo(taken.strategy());
            assertThat(selection.because()).contains("400 validation examples");
            assertThat(selection.candidates())
                    .filteredOn(candidate -> candidate.strategy().startsWith("fine-tuning"))
                    .singleElement()
                    .satisfies(trained -> assertThat(trained.judged()).isEqualTo(400));
            assertThat(transferred.result().train().size()).isEqualTo(4400);
        }
    }

    @Tag("slow")
    @Test
    void withoutABudgetTheDataAloneDecidesWhatIsTrained() {
        try (FeatureCache cache = FeatureCache.withDefaults();
                FeatureCache other = FeatureCache.withDefaults()) {
            Approach.Transferred first = Auto.unlimited().run(task(cache, VALIDATION, Budget.unlimited()));
            Approach.Transferred second = Auto.unlimited().run(task(other, VALIDATION, Budget.unlimited()));

            assertThat(Objects.requireNonNull(first.selection()).candidates())
                    .filteredOn(candidate -> candidate.strategy().startsWith("fine-tuning"))
                    .hasSize(1);
            assertThat(first.result().weights().digest())
                    .isEqualTo(second.result().weights().digest());
        }
    }

    @Test
    void aTrainingThatLearnsIsTakenWithItsValidationAccuracyAsThePromise() {
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            Approach.Transferred transferred = run(cache, 0.02);

            SelectionResult selection = Objects.requireNonNull(transferred.selection());
            assertThat(selection.strategy()).isEqualTo("fine-tuning@first");
            assertThat(selection.promised())
                    .isEqualTo(transferred.result().evaluate(VALIDATION, cache).accuracy());
            assertThat(Objects.requireNonNull(selection.promised())).isGreaterThan(0.8);
        }
    }

    @Test
    void aTrainingThatLearnsNothingGivesWayToFrozenFeatures() {
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            Approach.Transferred transferred = run(cache, 1e-12);

            SelectionResult selection = Objects.requireNonNull(transferred.selection());
            assertThat(selection.strategy()).isEqualTo("feature-extraction");
            assertThat(selection.candidates().get(0).chosen()).isTrue();
            assertThat(selection.candidates().get(1).strategy()).isEqualTo("fine-tuning@first");
            assertThat(transferred.result().frozenStages()).contains("first", "second");
            assertThat(transferred.result().train().size()).isEqualTo(4400);
        }
    }

    @Test
    void aTrainingThatBreaksGivesWayToFrozenFeatures() {
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            SelectionResult selection = Objects.requireNonNull(run(cache, 1e30).selection());

            assertThat(selection.strategy()).isEqualTo("feature-extraction");
            assertThat(selection.skipped()).anyMatch(line -> line.startsWith("fine-tuning@first: "));
        }
    }

    @Test
    void withoutValidationExamplesTheEndIsTriedOnFolds() {
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            TransferTask task =
                    task(cache, VALIDATION.subset(new int[] {0, 1, 2, 3}), Budget.of(Duration.ofMinutes(30)));
            Choice choice = new Selection(task, new Clock(task.budget())).choose();

            assertThat(choice.untried()).isNull();
        }
    }

    /** Frozen features against a training at that rate. */
    private static Approach.Transferred run(FeatureCache cache, double rate) {
        TransferTask task = task(cache, VALIDATION, Budget.of(Duration.ofMinutes(30)));
        Clock clock = new Clock(task.budget());
        Choice choice = new Selection(task, clock).choose();
        Trials.Trial trial =
                new Trials.Trial(FineTuning.from("first").withRates(1, 1), rate, new Recipe(10, 40, false, 0.9, 0));
        return new ValidatedTraining(
                        task,
                        clock,
                        new Choice(
                                choice.network(),
                                choice.strategy(),
                                choice.settings(),
                                choice.train(),
                                choice.result(),
                                trial),
                        Partition.part(TRAIN, task.settings().seed()))
                .run();
    }

    private static TransferTask task(FeatureCache cache, LabeledTexts validation, Budget budget) {
        return new TransferTask(
                SourceModels.of(List.of(BACKBONE)),
                TRAIN,
                validation,
                TrainingSettings.defaults(),
                learning -> learning,
                learning -> learning,
                cache,
                Cores.one(),
                () -> false,
                message -> {},
                budget,
                400);
    }

    private static LabeledTexts texts(String name, int count, long seed) {
        float[] table = BACKBONE.weights().get("words.weight").values();
        SplittableRandom random = new SplittableRandom(seed);
        List<String> words = new ArrayList<>();
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            int word = random.nextInt(WORDS);
            words.add(Integer.toString(word));
            labels[i] = table[word * WIDTH] * table[word * WIDTH + 1] > 0 ? 1 : 0;
        }
        return LabeledTexts.of(name, List.of("other", "same"), words, labels);
    }

    private static Backbone backbone() {
        Architecture architecture = new Architecture(
                "own",
                new Numbers(4),
                List.of(
                        Stage.of("embeddings", new TokenEmbedding("words", WORDS, "places", 4, 0, "types", 0, WIDTH)),
                        Stage.of("first", new PointwiseLinear("first", WIDTH, 24), Activation.GELU),
                        Stage.of("second", new PointwiseLinear("second", 24, 24), Activation.GELU),
                        Stage.of("pooled", SequencePool.MEAN),
                        Stage.of("sentence", new UnitLength())),
                Initialization.HE_UNIFORM);
        Map<String, FloatTensor> weights = new LinkedHashMap<>(architecture
                .weightInitialization()
                .initialize(architecture.parameters(), 3)
                .asMap());
        SplittableRandom random = new SplittableRandom(3);
        float[] table = new float[WORDS * WIDTH];
        for (int i = 0; i < table.length; i++) {
            table[i] = (float) random.nextGaussian();
        }
        weights.put(
                "words.weight",
                new FloatTensor(
                        Objects.requireNonNull(weights.get("words.weight")).shape(), table));
        return new Backbone(architecture, WeightSet.of(weights), BackboneCard.of("here", "none"));
    }

    /** A text is the number of its only token. */
    private record Numbers(int maxTokens) implements Tokenization {
        @Override
        public String fingerprint() {
            return "Numbers[" + maxTokens + "]";
        }

        @Override
        public Tokenization withMaxTokens(int most) {
            return new Numbers(most);
        }

        @Override
        public int highestId() {
            return WORDS - 1;
        }

        @Override
        public Tokens tokens(String text) {
            return new Tokens(new int[] {text.matches("[0-9]+") ? Integer.parseInt(text) : 0}, false);
        }
    }
}
