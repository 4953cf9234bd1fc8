package dev.graft.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Architectures;
import dev.graft.optimization.TrainingSettings;
import dev.graft.strategy.FineTuning;
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
}
