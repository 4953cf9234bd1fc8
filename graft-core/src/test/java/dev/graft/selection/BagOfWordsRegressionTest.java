package dev.graft.selection;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.backbone.Architectures;
import dev.graft.data.Shapes;
import dev.graft.error.SettingsException;
import org.junit.jupiter.api.Test;

class BagOfWordsRegressionTest {
    @Test
    void anUnknownNameIsAnsweredWithAllThatThereAre() {
        assertThatThrownBy(() -> Approaches.named("bag-of-wrds", Architectures.named("digits-cnn"), null))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll("bag-of-words", "auto", "lora");
    }

    @Test
    void imagesAreRefusedBeforeAnythingIsTrained() {
        assertThatThrownBy(() -> new BagOfWordsRegression().requireUsable(Shapes.draw(10, 1)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("Only texts have words to count")
                .hasMessageContaining("leave bag-of-words out");
    }
}
