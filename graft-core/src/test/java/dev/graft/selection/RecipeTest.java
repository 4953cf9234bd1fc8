package dev.graft.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Architectures;
import dev.graft.backbone.Initialization;
import dev.graft.layer.PointwiseLinear;
import dev.graft.layer.SequencePool;
import dev.graft.layer.Stage;
import dev.graft.layer.TokenEmbedding;
import dev.graft.layer.UnitLength;
import dev.graft.optimization.TrainingSettings;
import dev.graft.preparation.Tokenization;
import dev.graft.strategy.FineTuning;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecipeTest {
    @Test
    void ofANetworkForLargeImagesTheEndIsTrainedAndCheaperWaysTrainLess() {
        Architecture architecture = Architectures.named("tf_efficientnet_lite0");
        Recipe recipe = Recipe.of(architecture);

        assertThat(recipe.ofEnd(architecture).strategy().name()).isEqualTo("lp-ft@blocks.4");
        assertThat(recipe.cheaper(architecture))
                .extracting(trial -> trial.strategy().name())
                .containsExactly("lp-ft@blocks.4", "lp-ft@blocks.5");
        assertThat(recipe.cheaper(architecture))
                .extracting(trial ->
                        trial.settings(TrainingSettings.defaults(), 3000).epochs())
                .containsExactly(3, 3);
        assertThat(recipe.relatives(recipe.ofEnd(architecture), architecture)).isEmpty();
    }

    @Test
    void theRelativesOfATrainingTrainLessOrMoreGentlyAtItsRate() {
        Architecture architecture = Architectures.named("cifar-resnet");
        Recipe recipe = Recipe.of(architecture);

        List<Trials.Trial> relatives =
                recipe.relatives(new Trials.Trial(FineTuning.all(), 0.002, recipe), architecture);

        assertThat(relatives)
                .extracting(trial -> trial.strategy().name())
                .containsExactly("fine-tuning@stage2", "l2-sp", "gradual-unfreezing");
        assertThat(relatives).extracting(Trials.Trial::rate).containsOnly(0.002);
        relatives.forEach(trial -> assertThat(
                        trial.strategy().phases(architecture, trial.settings(TrainingSettings.defaults(), 300)))
                .isNotEmpty());
    }

    @Test
    void ofATransformerEndsAreTrainedWhereAllOfItCostsTooMuch() {
        Architecture six = transformer(6);
        Recipe recipe = Recipe.of(six);

        assertThat(recipe.trainsEnd()).isFalse();
        List<Trials.Trial> ends = recipe.cheaper(six);
        assertThat(ends)
                .extracting(trial -> trial.strategy().name())
                .startsWith("fine-tuning", "fine-tuning@layer1", "fine-tuning@layer2", "fine-tuning@layer3")
                .endsWith("fine-tuning@layer5")
                .isEqualTo(recipe.untried(six, true).stream()
                        .map(trial -> trial.strategy().name())
                        .toList());
        assertThat(ends.subList(1, ends.size()))
                .allMatch(trial -> trial.recipe().trainsEnd());
        assertThat(ends)
                .isSortedAccordingTo(Comparator.comparingDouble((Trials.Trial trial) -> work(trial, 60_000))
                        .reversed());
    }

    @Test
    void anEndWithoutWeightsIsNotTrained() {
        Architecture two = transformer(2);

        assertThat(Recipe.of(two).cheaper(two))
                .extracting(trial -> trial.strategy().name())
                .containsExactly("fine-tuning", "fine-tuning@layer1", "fine-tuning@layer1");
    }

    @Test
    void theWorkOfAnEndIsItsShareOfEachEpochAndOnePassThroughWhatComesBefore() {
        assertThat(new Recipe(3, 60, false, 0.25, 0).work(100, 2, 120)).isEqualTo(0.25 * 200 + 0.75 * 120 / 3);
        assertThat(new Recipe(3, 60, false, 1, 0).work(100, 2, 120)).isEqualTo(200);
    }

    private static double work(Trials.Trial trial, int examples) {
        int epochs = trial.settings(TrainingSettings.defaults(), examples).epochs();
        return trial.recipe().work(examples, epochs, examples);
    }

    /** Token states of width 8, and so many layers. */
    private static Architecture transformer(int layers) {
        List<Stage> stages = new ArrayList<>();
        // The table is larger than all else, and costs nothing.
        stages.add(Stage.of("embeddings", new TokenEmbedding("words", 1000, "places", 20, 0, "types", 0, 8)));
        for (int i = 0; i < layers; i++) {
            stages.add(Stage.of("layer" + i, new PointwiseLinear("layer" + i, 8, 8)));
        }
        stages.add(Stage.of("pooled", SequencePool.MEAN));
        stages.add(Stage.of("sentence", new UnitLength()));
        return new Architecture("own", new Words(20), stages, Initialization.GLOROT_UNIFORM);
    }

    private record Words(int maxTokens) implements Tokenization {
        @Override
        public String fingerprint() {
            return "Words[" + maxTokens + "]";
        }

        @Override
        public Tokenization withMaxTokens(int most) {
            return new Words(most);
        }

        @Override
        public int highestId() {
            return 999;
        }

        @Override
        public Tokens tokens(String text) {
            return new Tokens(new int[] {1}, false);
        }
    }
}
