package dev.graft.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.error.DataException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LabeledImagesTest {
    private static final Image DARK = grey(0);
    private static final Image LIGHT = grey(250);

    private static Image grey(int value) {
        return new Image(1, 1, 1, new byte[] {(byte) value});
    }

    @Test
    void classesAreTheSortedNamesOfTheLabels() {
        LabeledImages images = LabeledImages.of("i", List.of(DARK, LIGHT, DARK), List.of("night", "day", "night"));

        assertThat(images.classNames()).containsExactly("day", "night");
        assertThat(new int[] {images.label(0), images.label(1), images.label(2)})
                .containsExactly(1, 0, 1);
        assertThat(images.image(1)).isSameAs(LIGHT);
    }

    @Test
    void classesThatAreGivenKeepTheirOrderAndMayBeEmpty() {
        LabeledImages images =
                LabeledImages.of("i", List.of("night", "day", "dusk"), List.of(DARK, LIGHT), List.of("night", "day"));

        assertThat(images.classNames()).containsExactly("night", "day", "dusk");
        assertThat(images.label(1)).isEqualTo(1);
    }

    @Test
    void theDigestIsThatOfThePixelsLabelsAndClasses() {
        List<String> labels = List.of("a", "b");
        String digest = LabeledImages.of("i", List.of(DARK, LIGHT), labels).digest();

        assertThat(LabeledImages.of("other", List.of(grey(0), grey(250)), labels)
                        .digest())
                .isEqualTo(digest);
        assertThat(List.of(
                        LabeledImages.of("i", List.of(DARK, grey(251)), labels).digest(),
                        LabeledImages.of("i", List.of(DARK, LIGHT), List.of("b", "a"))
                                .digest(),
                        LabeledImages.of("i", List.of("a", "b", "c"), List.of(DARK, LIGHT), labels)
                                .digest()))
                .doesNotContain(digest)
                .doesNotHaveDuplicates();
    }

    @Test
    void anImplementationHasADigestOfItsContentWithoutWritingOne() {
        LabeledImages given = LabeledImages.of("i", List.of(DARK, LIGHT), List.of("a", "b"));

        assertThat(new LabelsOnly(List.of(0, 1), 2).subset(new int[] {1}).digest())
                .isNotEqualTo(given.digest());
        assertThat(new Own(given).digest()).isEqualTo(given.digest());
    }

    private record Own(LabeledImages given) implements LabeledImages {
        @Override
        public Image image(int index) {
            return given.image(index);
        }

        @Override
        public String name() {
            return given.name();
        }

        @Override
        public List<String> classNames() {
            return given.classNames();
        }

        @Override
        public int size() {
            return given.size();
        }

        @Override
        public int label(int index) {
            return given.label(index);
        }
    }

    @Test
    void equalPicturesHaveEqualContent() {
        LabeledImages images = LabeledImages.of("i", List.of(DARK, LIGHT, grey(0)), List.of("a", "b", "b"));

        assertThat(images.content(2)).isEqualTo(images.content(0)).isNotEqualTo(images.content(1));
    }

    @Test
    void picturesAreMadeWhenTheyAreAskedFor() {
        AtomicInteger made = new AtomicInteger();
        LabeledImages images = LabeledImages.of("i", List.of("a", "b"), index -> {
            made.incrementAndGet();
            return grey(index);
        });

        assertThat(made).hasValue(0);
        assertThat(images.subset(new int[] {1}).image(0).pixels()).containsExactly(1);
        assertThat(made).hasValue(1);
    }

    @Test
    void whatDoesNotFitIsRefusedByItsPlace() {
        refused(() -> LabeledImages.of("i", List.of(DARK), List.of("a", "b")), "1 labels");
        refused(() -> LabeledImages.of("i", Arrays.asList(DARK, none()), List.of("a", "b")), "picture 1");
        refused(() -> LabeledImages.of("i", List.of(DARK, LIGHT), Arrays.asList("a", none())), "label 1");
        refused(() -> LabeledImages.of("i", List.of(DARK), List.of(" ")), "no name");
        refused(() -> LabeledImages.of("i", List.of(), List.of()), "no examples");
        refused(() -> LabeledImages.of("i", List.of("a"), List.of(DARK), List.of("b")), "example 0");
        refused(() -> LabeledImages.of("i", List.of("a", "a"), List.of(DARK), List.of("a")), "one name");
        refused(() -> LabeledImages.of("i", List.of("a"), index -> none()).image(0), "picture 0");
    }

    @Test
    void textsAndItemsHaveLabelsByNameToo() {
        LabeledTexts texts = LabeledTexts.of("t", List.of("good", "bad"), List.of("yes", "no"));
        LabeledItems items = LabeledItems.of("i", List.of("yes", "no"))
                .withImages("photo", List.of(LIGHT, DARK))
                .withTexts("title", List.of("good", "bad"));

        assertThat(texts.classNames()).containsExactly("no", "yes").isEqualTo(items.classNames());
        assertThat(texts.label(0)).isEqualTo(1).isEqualTo(items.label(0));
        assertThat(items.item(1).image("photo")).isSameAs(DARK);
        assertThat(LabeledTexts.of("t", List.of("yes", "no"), List.of("good"), List.of("yes"))
                        .label(0))
                .isZero();
        refused(() -> LabeledTexts.of("t", Arrays.asList("good", none()), List.of("yes", "no")), "text 1");
        refused(() -> LabeledTexts.of("t", List.of("yes"), Arrays.asList("good", none()), new int[] {0, 0}), "text 1");
        refused(() -> LabeledItems.of("i", List.of()), "no examples");
        refused(() -> items.withTexts("other", Arrays.asList("good", none())), "text 1");
        refused(() -> items.withImages("other", Arrays.asList(DARK, none())), "picture 1");
        refused(() -> items.withCategories("other", Arrays.asList("good", none())), "category 1");
        refused(() -> Item.empty().withText("title", none()), "title");
        refused(() -> Item.empty().withNumber("price", Double.POSITIVE_INFINITY), "price");
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T none() {
        @Nullable T nothing = null;
        return nothing;
    }

    private static void refused(Runnable making, String where) {
        assertThatExceptionOfType(DataException.class).isThrownBy(making::run).withMessageContaining(where);
    }
}
