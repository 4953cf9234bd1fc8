package dev.graft.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabeledItemsTest {
    @Test
    void anItemIsDescribedByItsPartsButPicturesWithoutThoseThatAreMissing() {
        LabeledItems items = LabeledItems.of("items", List.of("no", "yes"), new int[] {0, 1})
                .withTexts("title", List.of(" A chair ", "A table"))
                .withNumbers("price", 12, Double.NaN)
                .withNumbers("weight", 0.5, 3)
                .withCategories("colour", List.of("red", ""));

        assertThat(items.description(0)).isEqualTo("title: A chair · price: 12 · weight: 0.5 · colour: red");
        assertThat(items.description(1)).isEqualTo("title: A table · weight: 3");
        assertThat(items.imageColumns()).isEmpty();
    }
}
