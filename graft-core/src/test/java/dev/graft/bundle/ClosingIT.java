package dev.graft.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.data.Image;
import dev.graft.data.Item;
import dev.graft.data.LabeledImages;
import dev.graft.data.LabeledTexts;
import dev.graft.data.Shapes;
import dev.graft.engine.ClosingSoak;
import dev.graft.error.ClosedException;
import dev.graft.feature.Cut;
import dev.graft.head.Head;
import dev.graft.model.TransferModel;
import dev.graft.prediction.Classifier;
import dev.graft.preparation.BagOfWords;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Closing a classifier at the wrong moment ends nothing but the use of it. */
class ClosingIT {
    private static final TransferModel MODEL = SampleModels.transfer(List.of("square", "circle"));
    private static final LabeledImages SHAPES = Shapes.draw(40, 3);

    @Test
    void aClassifierThatIsClosedWhileThreadsPredictEndsThemWithGraftsException() {
        List<Image> images = images(3);
        try (ClosingSoak soak = new ClosingSoak()) {
            soak.run(() -> new Classifier(MODEL), Classifier::close, classifier -> classifier.predict(images, 1));
        }
    }

    @Test
    void aClassifierThatIsClosedWhileThreadsLookForEvidenceEndsThemToo() {
        TransferModel exact =
                SampleModels.transfer(Cut.at("flatten"), new Head.Classifier(0), List.of("square", "circle"));
        Image image = SHAPES.image(0);
        try (ClosingSoak soak = new ClosingSoak()) {
            soak.run(() -> new Classifier(exact), Classifier::close, classifier -> classifier.evidence(image, 1));
        }
    }

    @Test
    void aClassifierOfTextsThatIsClosedWhileThreadsPredictEndsThemToo() {
        BagOfWords words = BagOfWords.of(
                LabeledTexts.of("texts", List.of("a", "b"), List.of("so good", "so bad"), new int[] {0, 1}));
        TransferModel model = SampleModels.ofWords(words);
        List<String> texts = List.of("good", "bad", "so");
        try (ClosingSoak soak = new ClosingSoak()) {
            soak.run(() -> new Classifier(model), Classifier::close, one -> one.predictTexts(texts, 1));
        }
    }

    @Test
    void aClassifierOfItemsThatIsClosedWhileThreadsPredictEndsThemToo() {
        TransferModel model = SampleModels.ofNumbers();
        List<Item> items = List.of(Item.empty().withNumber("size", 3));
        try (ClosingSoak soak = new ClosingSoak()) {
            soak.run(() -> new Classifier(model), Classifier::close, one -> one.predictItems(items, 1));
        }
    }

    @Test
    void noWayToUseAClosedClassifierGivesAnythingButGraftsException() {
        Classifier classifier = new Classifier(MODEL);
        classifier.close();
        classifier.close();

        assertClosed(() -> classifier.probabilities(images(1)));
        assertClosed(() -> classifier.probabilities(List.of()));
        assertClosed(() -> classifier.predict(images(1), 1));
        assertClosed(() -> classifier.evaluate(SHAPES));
        assertClosed(() -> classifier.evidence(SHAPES.image(0), 1));
        assertThat(classifier.classNames()).containsExactly("square", "circle");
    }

    @Test
    void aClassifierMayBeClosedByWhatItAsksForAnImage() {
        Classifier classifier = new Classifier(MODEL);

        assertClosed(() -> classifier.probabilities(1000, i -> {
            classifier.close();
            return SHAPES.image(i % SHAPES.size());
        }));
    }

    @Test
    void threadsThatShareAClassifierGetWhatEachWouldGetAlone() {
        List<Image> images = images(SHAPES.size());
        try (Classifier classifier = new Classifier(MODEL)) {
            float[][] alone = classifier.probabilities(images);

            List<float[][]> together = IntStream.range(0, 64)
                    .parallel()
                    .mapToObj(i -> classifier.probabilities(images))
                    .toList();

            assertThat(together).hasSize(64).allSatisfy(rows -> assertThat(rows).isDeepEqualTo(alone));
        }
    }

    private static void assertClosed(Runnable use) {
        assertThatExceptionOfType(ClosedException.class)
                .isThrownBy(use::run)
                .withMessageContaining("This classifier is closed.")
                .withMessageContaining("make another one");
    }

    private static List<Image> images(int count) {
        return IntStream.range(0, count).mapToObj(SHAPES::image).toList();
    }
}
