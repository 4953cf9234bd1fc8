package dev.graft.selection;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.Shapes;
import dev.graft.error.SettingsException;
import org.junit.jupiter.api.Test;

class BagOfWordsRegressionTest {
    @Test
    void imagesAreRefusedBeforeAnythingIsTrained() {
        assertThatThrownBy(() -> new BagOfWordsRegression().requireUsable(Shapes.draw(10, 1)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("Only texts have words to count")
                .hasMessageContaining("leave bag-of-words out");
    }
}
