package dev.graft.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

    @Test
    void someClassesAloneKeepEveryColumnAndAreLabelledAnew() {
        LabeledItems items = LabeledItems.of("items", List.of("a", "b", "c"), new int[] {2, 0, 1, 2})
                .withImages("photo", Shapes.draw(4, 1))
                .withTexts("title", List.of("w", "x", "y", "z"))
                .withNumbers("price", 1, 2, 3, 4)
                .withCategories("colour", List.of("red", "", "blue", "green"));

        LabeledItems some = items.withClasses(List.of("c", "b"));

        assertThat(some.classNames()).containsExactly("b", "c");
        assertThat(ClassIndexes.labels(some)).containsExactly(1, 0, 1);
        assertThat(some.texts("title").text(1)).isEqualTo("y");
        assertThat(some.texts("title").label(1)).isZero();
        assertThat(some.presentNumbers("price")).containsExactly(1, 3, 4);
        assertThat(some.categories("colour")).containsExactly("red", "blue", "green");
        assertThat(some.images("photo").classNames()).containsExactly("b", "c");
        assertThat(some.images("photo").image(2).pixels())
                .isEqualTo(items.images("photo").image(3).pixels());
        assertThatThrownBy(() -> items.withClasses(List.of("a", "d"))).hasMessageContaining("d");
        assertThatThrownBy(() -> items.withClasses(List.of("a"))).hasMessageContaining("One class");
    }
}
