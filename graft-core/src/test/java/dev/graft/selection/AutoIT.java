package dev.graft.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.backbone.Backbone;
import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import dev.graft.error.SettingsException;
import dev.graft.error.StoppedException;
import dev.graft.feature.FeatureCache;
import dev.graft.optimization.TrainingSettings;
import dev.graft.result.CandidateResult;
import dev.graft.result.ProbeResult;
import dev.graft.result.SelectionResult;
import dev.graft.source.Backbones;
import dev.graft.training.Cores;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The automatic choice, on drawn shapes for a network that reads digits. */
class AutoIT {
    private static final Backbone DIGITS = Backbones.load("digits-cnn");

    @Test
    void itFindsTheCutThatTellsDistantShapesApart() {
        LabeledImages all = Shapes.draw(340, 5);
        LabeledImages train = range(all, 0, 40);
        LabeledImages test = range(all, 40, 340);
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            Approach.Transferred transferred = Auto.unlimited().run(task(List.of(DIGITS), train, cache));

            assertThat(transferred.result().evaluate(test, cache).accuracy()).isGreaterThan(0.95);
            SelectionResult selection = Objects.requireNonNull(transferred.selection());
            assertThat(selection.candidates().get(0).chosen()).isTrue();
            assertThat(selection.candidates().stream().filter(CandidateResult::chosen))
                    .hasSize(1);
            assertThat(accuracyAt("dense", selection))
                    .isLessThan(selection.candidates().get(0).accuracy() - 0.2);
            assertThat(transferred.result().model().lineage().strategy()).isEqualTo(Auto.NAME);
        }
    }

    @Test
    void theSameSeedChoosesTheSameToTheLastBit() {
        LabeledImages train = Shapes.draw(30, 5);
        try (FeatureCache cache = FeatureCache.withDefaults();
                FeatureCache other = FeatureCache.withDefaults()) {
            Approach.Transferred first = Auto.unlimited().run(task(List.of(DIGITS), train, cache));
            Approach.Transferred second = Auto.unlimited().run(task(List.of(DIGITS), train, other));

            assertThat(first.result().weights().digest())
                    .isEqualTo(second.result().weights().digest());
        }
    }

    @Test
    void anInterruptedThreadChoosesNothing() {
        LabeledImages train = Shapes.draw(60, 5);
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> Auto.unlimited().run(task(List.of(DIGITS), train, cache)))
                    .isInstanceOf(StoppedException.class);
            assertThat(Thread.interrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    @Tag("slow")
    @Test
    void withShuffledLabelsItPromisesChance() {
        int outside = 0;
        int right = 0;
        int count = 0;
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            for (int seed = 0; seed < 12; seed++) {
                LabeledImages train = shuffled(Shapes.draw(80, seed), seed);
                SelectionResult selection = new Selection(
                                task(List.of(DIGITS), train, cache), new Clock(Budget.unlimited()))
                        .choose()
                        .result();
                double promised = Objects.requireNonNull(selection.promised());
                right += (int) Math.round(promised * 80);
                count += 80;
                outside += Objects.requireNonNull(selection.interval()).lower() > 0.5 ? 1 : 0;
            }
        }
        // 960 examples: 0.5 within two standard errors, and no more than one run in twelve surer than it may be.
        assertThat((double) right / count).isBetween(0.4, 0.532);
        assertThat(outside).isLessThanOrEqualTo(1);
    }

    @Test
    void oneExampleOfEachClassIsEnoughToGoOn() {
        LabeledImages shapes = Shapes.draw(40, 5);
        int square = IntStream.range(0, 40)
                .filter(i -> shapes.label(i) == 0)
                .findFirst()
                .orElseThrow();
        int circle = IntStream.range(0, 40)
                .filter(i -> shapes.label(i) == 1)
                .findFirst()
                .orElseThrow();
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            SelectionResult selection = Objects.requireNonNull(Auto.unlimited()
                    .run(task(List.of(DIGITS), shapes.subset(new int[] {square, circle}), cache))
                    .selection());

            assertThat(selection.promised()).isNull();
            assertThat(selection.candidates()).isEmpty();
            assertThat(selection.because()).contains("too few examples");
        }
    }

    @Tag("slow")
    @Test
    void aSourceModelThatIsFarBehindCostsOnlyAGlance() {
        LabeledImages train = Shapes.draw(500, 5);
        Map<String, FloatTensor> zeros = new HashMap<>();
        DIGITS.weights()
                .asMap()
                .forEach((name, tensor) ->
                        zeros.put(name, new FloatTensor(tensor.shape(), new float[tensor.values().length])));
        Backbone blind = new Backbone(DIGITS.architecture(), WeightSet.of(zeros), DIGITS.card());
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            SelectionResult ahead = new Selection(
                            task(List.of(DIGITS, blind), train, cache), new Clock(Budget.unlimited()))
                    .choose()
                    .result();
            SelectionResult behind = new Selection(
                            task(List.of(blind, DIGITS), train, cache), new Clock(Budget.unlimited()))
                    .choose()
                    .result();

            assertThat(ahead.skipped())
                    .anyMatch(reason -> reason.startsWith("backbone digits-cnn: learned from 250 of the examples"));
            assertThat(ahead.sources()).isEmpty();
            // Only who is far behind the best so far is ruled out: the better one is measured whenever its turn comes.
            assertThat(behind.skipped()).noneMatch(reason -> reason.startsWith("backbone"));
            assertThat(Objects.requireNonNull(behind.promised())).isGreaterThan(0.9);
        }
    }

    @Test
    void amongSourceModelsItTakesTheOneWhoseFeaturesFit() {
        LabeledImages train = Shapes.draw(40, 5);
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            SelectionResult selection = new Selection(
                            task(List.of(Backbones.load("cifar-resnet"), DIGITS), train, cache),
                            new Clock(Budget.unlimited()))
                    .choose()
                    .result();

            assertThat(selection.sources()).hasSize(2);
            assertThat(selection.sources().get(0).backbone()).isEqualTo(selection.backbone());
            assertThat(selection.sources()).allSatisfy(source -> {
                assertThat(source.logMe()).isFinite();
                assertThat(source.hScore()).isFinite();
                assertThat(Objects.requireNonNull(source.leep())).isNegative();
            });
        }
    }

    @Test
    void aTinyBudgetLeavesOutWhatDoesNotFitAndSaysSo() {
        LabeledImages train = shuffled(Shapes.draw(120, 5), 5);
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            SelectionResult selection = new Selection(
                            task(List.of(DIGITS), train, cache), new Clock(Budget.of(Duration.ofMillis(1))))
                    .choose()
                    .result();

            assertThat(selection.strategy()).isEqualTo("feature-extraction");
            assertThat(selection.skipped()).isNotEmpty().allSatisfy(line -> assertThat(line)
                    .contains("would not have fitted into the budget"));
        }
    }

    @Test
    void whereTheTimeIsSpentWhatTheChoiceLookedAtIsLearnedFrom() {
        LabeledImages train = Shapes.draw(400, 5);
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            Approach.Transferred transferred =
                    Auto.within(Duration.ofMillis(1)).run(task(List.of(DIGITS), train, cache));

            assertThat(transferred.result().train().size()).isBetween(100, 150);
            assertThat(Objects.requireNonNull(transferred.selection()).skipped())
                    .anyMatch(line -> line.contains("of 400 training examples"));
        }
    }

    @Test
    void examplesThatTheChoiceLookedAtAreNotComputedAgain() {
        LabeledImages train = Shapes.draw(1300, 5);
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            Approach.Transferred transferred = Auto.unlimited().run(task(List.of(DIGITS), train, cache));

            List<FeatureCache.Piece> pieces = Objects.requireNonNull(
                    cache.piecesOf(transferred.result().train().digest()));
            assertThat(pieces).extracting(piece -> piece.examples().size()).containsExactly(1000, 300);
        }
    }

    @Test
    void theProbesOfAChoiceAreThoseOfItsStages() {
        LabeledImages train = Shapes.draw(60, 5);
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            SelectionResult selection = new Selection(
                            task(List.of(DIGITS), train, cache), new Clock(Budget.unlimited()))
                    .choose()
                    .result();
            List<ProbeResult> made = Probes.of(DIGITS, selection);
            List<ProbeResult> measured = Probes.measure(
                    DIGITS, train, cache, TrainingSettings.defaults().seed(), Cores.one());

            assertThat(Probes.scored(
                            made,
                            DIGITS,
                            train,
                            cache,
                            TrainingSettings.defaults().seed(),
                            Cores.one(),
                            () -> true))
                    .usingRecursiveComparison()
                    .isEqualTo(measured);
            assertThat(Probes.of(Backbones.load("cifar-resnet"), selection)).isEmpty();
        }
    }

    @Test
    void aBudgetOfNothingIsRefused() {
        assertThatThrownBy(() -> Auto.within(Duration.ZERO)).isInstanceOf(SettingsException.class);
    }

    private static double accuracyAt(String cut, SelectionResult selection) {
        return selection.candidates().stream()
                .filter(candidate -> candidate.cut().equals(cut))
                .mapToDouble(CandidateResult::accuracy)
                .max()
                .orElseThrow();
    }

    private static TransferTask task(List<Backbone> backbones, LabeledImages train, FeatureCache cache) {
        return new TransferTask(
                SourceModels.of(backbones),
                train,
                null,
                TrainingSettings.defaults(),
                learning -> learning,
                learning -> learning,
                cache,
                Cores.one(),
                () -> false,
                message -> {});
    }

    private static LabeledImages range(LabeledImages data, int from, int to) {
        return data.subset(IntStream.range(from, to).toArray());
    }

    /** Labels that say nothing of the images, as many of one class as of the other. */
    private static LabeledImages shuffled(LabeledImages data, long seed) {
        List<Integer> labels = new ArrayList<>(
                IntStream.range(0, data.size()).map(i -> i % 2).boxed().toList());
        Collections.shuffle(labels, new Random(seed));
        return new Relabeled(data, labels, new SplittableRandom(seed).nextLong());
    }

    private record Relabeled(LabeledImages images, List<Integer> labels, long mark) implements LabeledImages {
        @Override
        public String name() {
            return "shuffled";
        }

        @Override
        public List<String> classNames() {
            return images.classNames();
        }

        @Override
        public int size() {
            return labels.size();
        }

        @Override
        public int label(int index) {
            return labels.get(index);
        }

        @Override
        public Image image(int index) {
            return images.image(index);
        }

        @Override
        public String digest() {
            return images.digest() + mark;
        }

        @Override
        public @Nullable String caption(int index) {
            return null;
        }
    }
}
