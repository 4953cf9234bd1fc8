package dev.graft.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.curation.LabelErrors;
import dev.graft.curation.ShownExamples;
import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledImages;
import dev.graft.data.LabeledItems;
import dev.graft.data.Shapes;
import dev.graft.error.DataException;
import dev.graft.feature.FeatureCache;
import dev.graft.result.LabelReview;
import dev.graft.source.Backbones;
import dev.graft.training.SideBySide;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutOfFoldAnswersIT {
    private static final int CHANGED = 12;

    private static LabeledImages labeled(LabeledImages data, int[] labels) {
        return LabeledItems.of("shapes", data.classNames(), labels)
                .withImages("shape", data)
                .images("shape");
    }

    private static LabelReview review(LabeledExamples data, int most) {
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            return LabelErrors.review(
                    Backbones.load("digits-cnn"),
                    data,
                    new ShownExamples(data),
                    most,
                    cache,
                    1,
                    SideBySide.whenNeeded());
        }
    }

    @Test
    void changedLabelsComeFirst() {
        LabeledImages right = Shapes.draw(120, 5);
        int[] labels = IntStream.range(0, 120).map(right::label).toArray();
        Set<Integer> changed = new TreeSet<>();
        for (int i = 0; i < CHANGED; i++) {
            labels[i * 10] = 1 - labels[i * 10];
            changed.add(i * 10);
        }

        LabelReview review = review(labeled(right, labels), CHANGED);

        assertThat(review.suspects()).hasSize(CHANGED);
        assertThat(review.suspects().stream()
                        .filter(one -> changed.contains(one.index()))
                        .count())
                .isGreaterThanOrEqualTo(CHANGED - 2);
        assertThat(review.flagged()).isBetween(CHANGED - 2, CHANGED + 6);
        LabelReview.Suspect first = review.suspects().get(0);
        assertThat(first.given()).isNotEqualTo(first.likelier());
        assertThat(first.neighbors()).hasSize(4).allMatch(one -> one.label().equals(first.likelier()));
        assertThat(first.evidence().givenProbability())
                .isLessThan(first.evidence().likelierProbability());
    }

    @Test
    void manyExamplesAreLookedAtInPartFirst() {
        LabeledImages data = Shapes.draw(700, 6);
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            OutOfFoldAnswers held =
                    OutOfFoldAnswers.of(Backbones.load("digits-cnn"), data, cache, 1, SideBySide.whenNeeded());

            assertThat(held.values()).hasDimensions(700, 2);
            assertThat(held.score()).isGreaterThan(0.97);
            assertThat(held.cuts()).hasSize(3).doesNotHaveDuplicates();
            for (float[] row : held.values()) {
                assertThat(row[0] + row[1]).isBetween(0.999f, 1.001f);
            }
        }
    }

    @Test
    void aClassWithOneExampleIsNamedAndNotDoubted() {
        LabeledImages some = Shapes.draw(40, 9);
        int[] labels = IntStream.range(0, 40).map(some::label).toArray();
        labels[3] = 2;
        LabeledImages data = LabeledItems.of("shapes", List.of("circle", "square", "odd"), labels)
                .withImages("shape", some)
                .images("shape");

        LabelReview review = review(data, 40);

        assertThat(review.told().unchecked()).containsExactly("odd");
        assertThat(review.notes()).singleElement().asString().contains("Class odd has one example");
        assertThat(review.suspects()).noneMatch(one -> one.index() == 3);
    }

    @Test
    void tooFewExamplesAreRefused() {
        LabeledImages some = Shapes.draw(40, 9);
        int[] labels = new int[40];
        Arrays.fill(labels, 0, 1, 1);

        assertThatThrownBy(() -> review(labeled(some, labels), 5))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("too few examples")
                .hasMessageContaining("two examples or more each");
    }
}
