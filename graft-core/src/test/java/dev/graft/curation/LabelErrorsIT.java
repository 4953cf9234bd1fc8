package dev.graft.curation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.LabeledImages;
import dev.graft.error.DataException;
import dev.graft.experiment.DrawnTargets;
import dev.graft.feature.FeatureCache;
import dev.graft.result.LabelReview;
import dev.graft.result.LabelReview.Suspect;
import dev.graft.source.Backbones;
import dev.graft.targets.LabelSet;
import dev.graft.targets.Numbers;
import dev.graft.targets.TargetKind;
import dev.graft.targets.Targets;
import dev.graft.training.SideBySide;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A tenth of the labels changed, or a twentieth of the numbers disturbed, and how far up in the list of suspects they come. */
class LabelErrorsIT {
    private static final int EXAMPLES = 240;

    private static LabelReview review(LabeledImages data) {
        try (FeatureCache cache = FeatureCache.withDefaults()) {
            return LabelErrors.review(
                    Backbones.load("digits-cnn"),
                    data,
                    new ShownExamples(data),
                    10 * EXAMPLES,
                    cache,
                    1,
                    SideBySide.whenNeeded());
        }
    }

    /** Changes some values, and returns where: the example and the place in its entry. */
    private static Set<Integer> disturb(TargetKind kind, double[] values) {
        SplittableRandom random = new SplittableRandom(11);
        Set<Integer> changed = new HashSet<>();
        int wanted = kind instanceof Numbers ? values.length / 20 : values.length / 10;
        Targets right = Targets.of(kind, values);
        while (changed.size() < wanted) {
            int i = random.nextInt(values.length);
            if (changed.add(i)) {
                double range = kind instanceof Numbers ? range(right, i % kind.width()) : 0;
                values[i] = kind instanceof Numbers
                        ? values[i] + (random.nextBoolean() ? 1 : -1) * range * (0.7 + random.nextDouble())
                        : kind instanceof LabelSet
                                ? 1 - values[i]
                                : (values[i] + 2) % kind.names().size();
            }
        }
        return changed;
    }

    private static double range(Targets targets, int place) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < targets.size(); i++) {
            least = Math.min(least, targets.value(i, place));
            most = Math.max(most, targets.value(i, place));
        }
        return most - least;
    }

    private static double averagePrecision(List<Suspect> suspects, Targets given, Set<Integer> changed) {
        double sum = 0;
        int right = 0;
        for (int rank = 0; rank < suspects.size(); rank++) {
            if (changed.contains(
                    suspects.get(rank).index() * given.kind().width() + place(suspects.get(rank), given))) {
                right++;
                sum += (double) right / (rank + 1);
            }
        }
        return sum / changed.size();
    }

    /** Which value of the entry is in doubt. */
    private static int place(Suspect suspect, Targets given) {
        for (int place = 0; place < given.kind().width(); place++) {
            String name = given.kind().names().get(place);
            boolean label = given.kind() instanceof LabelSet && suspect.doubt().contains("s " + name + " (");
            boolean number = given.kind() instanceof Numbers && suspect.doubt().startsWith(name + ":");
            if (label || number) {
                return place;
            }
        }
        return 0;
    }

    static Stream<TargetKind> kinds() {
        return DrawnTargets.kinds();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatWasChangedComesFirst(TargetKind kind) {
        LabeledImages right = DrawnTargets.draw(kind, EXAMPLES, 5);
        double[] values = right.targets().values();
        Set<Integer> changed = disturb(kind, values);
        Targets given = Targets.of(kind, values);

        LabelReview review = review(right.withTargets(given));

        double precision = averagePrecision(review.suspects(), given, changed);
        assertThat(precision).as(review.toString()).isGreaterThan(0.7);
        assertThat(review.flagged()).isBetween(changed.size() / 2, 2 * changed.size());
        assertThat(review.conclusion()).contains("are likely wrong");
        assertThat(review.told().task()).isEqualTo(kind.task());
        assertThat(review.heads().score()).isBetween(0.2, 1.0);
        Suspect first = review.suspects().get(0);
        assertThat(first.given()).isEqualTo(given.describe(first.index())).isNotEqualTo(first.likelier());
        assertThat(first.neighbors()).hasSize(4);
        if (kind instanceof Numbers) {
            assertThat(Objects.requireNonNull(first.evidence().deviations())).isGreaterThan(3.5);
            assertThat(first.evidence().givenProbability()).isNull();
        } else {
            assertThat(Objects.requireNonNull(first.evidence().givenProbability()))
                    .isLessThan(Objects.requireNonNull(first.evidence().likelierProbability()));
        }
    }

    @Test
    void aNumberAThousandTimesTooLargeHidesNoOthers() {
        Numbers kind = new Numbers(List.of("radius"));
        LabeledImages right = DrawnTargets.draw(kind, EXAMPLES, 5);
        double[] values = right.targets().values();
        Set<Integer> changed = disturb(kind, values);
        values[17] *= 1000;
        changed.add(17);
        Targets given = Targets.of(kind, values);

        LabelReview review = review(right.withTargets(given));

        assertThat(review.suspects().get(0).index()).isEqualTo(17);
        assertThat(averagePrecision(review.suspects(), given, changed)).isGreaterThan(0.9);
        assertThat(review.flagged()).isBetween(changed.size() - 2, changed.size() + 8);
    }

    @Test
    void tooFewExamplesOfAnyKindAreRefused() {
        LabeledImages three = DrawnTargets.draw(new Numbers(List.of("radius")), 3, 1);
        assertThatThrownBy(() -> review(three))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("too few examples")
                .hasMessageContaining("four examples or more");

        LabeledImages some = DrawnTargets.draw(new LabelSet(List.of("disc", "frame")), 20, 1);
        double[] one = new double[40];
        one[0] = 1;
        assertThatThrownBy(() -> review(some.withTargets(Targets.of(some.kind(), one))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a label that two examples or more have");
    }
}
