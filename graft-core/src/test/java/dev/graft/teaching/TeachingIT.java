package dev.graft.teaching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.bundle.Bundle;
import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import dev.graft.error.ClosedException;
import dev.graft.error.DataException;
import dev.graft.error.SettingsException;
import dev.graft.model.TransferModel;
import dev.graft.prediction.Classifier;
import dev.graft.prediction.Prediction;
import dev.graft.prediction.PredictionSettings;
import dev.graft.source.Backbones;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes that are taught example by example. */
class TeachingIT {
    @TempDir
    private Path directory = Path.of(".");

    private final Teaching teaching = new Teaching(Backbones.load("digits-cnn"));

    @AfterEach
    void close() {
        teaching.close();
    }

    private static List<Image> shapes(String className, int count, long seed) {
        LabeledImages drawn = Shapes.draw(4 * count + 20, seed);
        List<Image> images = new ArrayList<>();
        for (int i = 0; i < drawn.size() && images.size() < count; i++) {
            if (drawn.classNames().get(drawn.label(i)).equals(className)) {
                images.add(drawn.image(i));
            }
        }
        return images;
    }

    /** Pictures of random noise: a class that is like neither of the shapes. */
    private static List<Image> noise(int count) {
        List<Image> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] pixels = new byte[28 * 28];
            new Random(i).nextBytes(pixels);
            images.add(new Image(28, 28, 1, pixels));
        }
        return images;
    }

    @Test
    void aThirdClassIsLearnedFromTheFeaturesOfTheFirstTwo() {
        teaching.addImages("circle", shapes("circle", 15, 1));
        teaching.addImages("square", shapes("square", 15, 2));
        Lesson first = teaching.learn();
        teaching.addImages("noise", noise(10));
        Lesson second = teaching.learn();

        assertThat(first.model().classNames()).containsExactly("circle", "square");
        assertThat(first.accuracy()).isGreaterThan(0.8);
        assertThat(second.model().classNames()).containsExactly("circle", "square", "noise");
        assertThat(second.counts()).containsExactly(15, 15, 10);
        assertThat(second.accuracy()).isGreaterThan(0.8);
        assertThat(second.guessing()).isEqualTo(15 / 40.0);
        assertThat(second.revision()).isGreaterThan(first.revision());
        assertThat(right(second.model(), "circle", shapes("circle", 20, 7))).isGreaterThanOrEqualTo(17);
        assertThat(right(second.model(), "noise", noise(12).subList(10, 12))).isEqualTo(2);
    }

    @Test
    void whatIsUnlikeAllExamplesIsNoneOfTheClassesOnceThereAreEnough() {
        teaching.addImages("circle", shapes("circle", 15, 1));
        teaching.addImages("square", shapes("square", 4, 2));
        Lesson few = teaching.learn();
        teaching.addImages("square", shapes("square", 15, 3));
        Lesson enough = teaching.learn();

        assertThat(few.tellsUnknown()).as("four of a class are too few").isFalse();
        assertThat(enough.tellsUnknown()).isTrue();
        assertThat(refused(enough.model(), noise(20))).isGreaterThanOrEqualTo(18);
        List<Image> taught = new ArrayList<>(shapes("circle", 15, 1));
        taught.addAll(shapes("square", 4, 2));
        taught.addAll(shapes("square", 15, 3));
        assertThat(refused(enough.model(), taught)).as("one in twenty of 34").isLessThanOrEqualTo(1);
        List<Image> known = new ArrayList<>(shapes("circle", 30, 7));
        known.addAll(shapes("square", 30, 8));
        assertThat(refused(enough.model(), known)).isLessThanOrEqualTo(9);

        Bundle.write(directory.resolve("taught"), teaching.complete(enough), false);
        TransferModel taken = Bundle.read(directory.resolve("taught"));
        assertThat(Objects.requireNonNull(taken.record()).unknown())
                .isEqualTo(Objects.requireNonNull(enough.model().record()).unknown());
        assertThat(refused(taken, noise(20))).isEqualTo(refused(enough.model(), noise(20)));
        assertThat(Objects.requireNonNull(teaching.complete(few).record()).unknown())
                .isNull();
    }

    private static long refused(TransferModel model, List<Image> images) {
        try (Classifier classifier = new Classifier(model)) {
            return classifier.predict(images, 1).stream()
                    .filter(Prediction::noneOfThese)
                    .count();
        }
    }

    private static long right(TransferModel model, String className, List<Image> images) {
        try (Classifier classifier = new Classifier(model)) {
            return classifier.predict(images, PredictionSettings.top(1).withThreshold(null)).stream()
                    .filter(one -> one.label().equals(className))
                    .count();
        }
    }

    @Test
    void theOrderInWhichExamplesComeDoesNotMatterToWhatIsLearned() {
        List<Image> circles = shapes("circle", 12, 1);
        List<Image> squares = shapes("square", 12, 2);
        teaching.addImages("circle", circles);
        teaching.addImages("square", squares);
        Lesson together = teaching.learn();
        try (Teaching other = new Teaching(Backbones.load("digits-cnn"))) {
            other.addImages("circle", circles.subList(0, 5));
            other.addImages("circle", circles.subList(5, 12));
            other.addImages("square", squares);
            Teaching.Added wrong = other.addImages("circle", squares.subList(0, 0));
            Lesson piecemeal = other.learn();

            assertThat(wrong.numbers()).isEmpty();
            assertThat(piecemeal.accuracy()).isEqualTo(together.accuracy());
            assertThat(piecemeal.model().weights().digest())
                    .isEqualTo(together.model().weights().digest());
        }
    }

    @Test
    void whatWasTakenOutIsNotLearned() {
        List<Image> circles = shapes("circle", 12, 1);
        List<Image> squares = shapes("square", 12, 2);
        teaching.addImages("circle", circles);
        teaching.addImages("square", squares);
        long before = teaching.state().revision();
        Lesson clean = teaching.learn();
        Teaching.Added wrong = teaching.addImages("circle", shapes("square", 3, 9));
        teaching.addImages("noise", noise(3));
        Arrays.stream(wrong.numbers())
                .forEach(number -> assertThat(teaching.remove(number)).isTrue());

        assertThat(teaching.remove(wrong.numbers()[0])).isFalse();
        assertThat(teaching.removeClass("noise")).isTrue();
        assertThat(teaching.removeClass("noise")).isFalse();
        assertThat(teaching.state().revision()).isGreaterThan(before);
        assertThat(teaching.state().counts()).containsOnlyKeys("circle", "square");
        assertThat(teaching.learn().model().weights().digest())
                .isEqualTo(clean.model().weights().digest());
        teaching.renameClass("square", "box");
        assertThat(teaching.learn().model().classNames()).containsExactly("circle", "box");
    }

    @Test
    void wrongLabelsAreDoubtedAndTheNearestExamplesAreToldByTheirNumbers() {
        Teaching.Added circles = teaching.addImages("circle", shapes("circle", 25, 1));
        Teaching.Added squares = teaching.addImages("square", shapes("square", 25, 2));
        Teaching.Added wrong = teaching.addImages("square", shapes("circle", 2, 8));
        Lesson lesson = teaching.learn();

        assertThat(lesson.doubts()).extracting(Lesson.Doubt::example).contains(wrong.numbers()[0], wrong.numbers()[1]);
        List<Teaching.Neighbor> nearest =
                teaching.nearest(shapes("circle", 1, 1).get(0), 3);
        assertThat(nearest).hasSize(3);
        assertThat(nearest.get(0).example()).isEqualTo(circles.numbers()[0]);
        assertThat(nearest.get(0).similarity()).isGreaterThan(0.9999);
        assertThat(squares.repeated()).isZero();
    }

    @Test
    void theBundleCanBeAddedTo() {
        teaching.addImages("circle", shapes("circle", 15, 1));
        teaching.addImages("square", shapes("square", 15, 2));

        TransferModel complete = teaching.complete(teaching.learn());
        Bundle.write(directory.resolve("bundle"), complete, false);

        TransferModel read = Bundle.read(directory.resolve("bundle"));
        assertThat(read.record()).isNotNull();
        assertThat(right(read, "square", shapes("square", 20, 9))).isGreaterThanOrEqualTo(15);
    }

    @Test
    void anExampleCountsOnce() {
        List<Image> circles = shapes("circle", 4, 1);

        assertThat(teaching.addImages("circle", circles).repeated()).isZero();
        Teaching.Added again = teaching.addImages("square", circles.subList(0, 2));

        assertThat(again.repeated()).isEqualTo(2);
        assertThat(again.numbers()).containsExactly(0, 0);
        assertThat(teaching.state().counts()).containsEntry("circle", 4).containsEntry("square", 0);
        assertThat(teaching.state().learnable()).isFalse();
    }

    @Test
    void whatComesAndGoesWithoutEndIsRefused() {
        List<Image> many = noise(Teaching.MOST_EXAMPLES);
        for (int i = 0; i < 10; i++) {
            teaching.addImages("noise", many);
            teaching.removeClass("noise");
        }

        assertThatThrownBy(() -> teaching.addImages("noise", many.subList(0, 1)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("come and gone");
    }

    @Test
    void whatCannotBeTaughtIsRefused() {
        List<Image> circle = shapes("circle", 1, 1);

        assertThatThrownBy(teaching::learn)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("two classes");
        assertThatThrownBy(() -> teaching.addImages(" ", circle))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("name");
        assertThatThrownBy(() -> teaching.addTexts("circle", List.of("round")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("pictures");
        assertThatThrownBy(() -> teaching.addImages("circle", Collections.nCopies(1001, circle.get(0))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("at most 1000");
        assertThatThrownBy(() -> teaching.renameClass("circle", "box")).isInstanceOf(SettingsException.class);
        assertThatThrownBy(() -> teaching.nearest("round", 1)).isInstanceOf(SettingsException.class);
    }

    @Test
    void whoUsesItAfterItsEndIsTold() {
        teaching.addImages("circle", shapes("circle", 3, 1));
        teaching.addImages("square", shapes("square", 3, 1));
        teaching.close();
        teaching.close();

        assertThatThrownBy(teaching::learn).isInstanceOf(ClosedException.class);
        assertThatThrownBy(teaching::state).isInstanceOf(ClosedException.class);
        assertThatThrownBy(() -> teaching.addImages("circle", shapes("circle", 1, 4)))
                .isInstanceOf(ClosedException.class);
    }
}
