package dev.graft.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.graft.error.DataException;
import dev.graft.error.SettingsException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetsTest {
    private static final LabelSet LABELS = new LabelSet(List.of("common", "half", "rare"));

    @Test
    void entriesAreWhatTheyWereMadeOf() {
        Targets targets = Targets.of(LABELS, new double[] {1, 0, 1, 0, 0, 0});

        assertThat(targets.size()).isEqualTo(2);
        assertThat(targets.describe(0)).isEqualTo("common, rare");
        assertThat(targets.describe(1)).isEqualTo("no label");
        assertThat(targets.subset(new int[] {1, 0}).describe(1)).isEqualTo("common, rare");
    }

    @Test
    void onlyClassesAndGradesHaveAnIndex() {
        assertThat(Targets.ofIndexes(new Grades(List.of("1", "2", "3")), new int[] {2, 0})
                        .labels())
                .containsExactly(2, 0);
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> Targets.of(LABELS, new double[] {1, 0, 1}).label(0))
                .withMessageContaining("one class each");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void whatIsNoNumberIsRefusedWhereItStands(double value) {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> Targets.of(new Numbers(List.of("price")), new double[] {1, value}))
                .withMessageContaining("example 1");
    }

    @Test
    void labelsAreThereOrNot() {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> Targets.of(LABELS, new double[] {1, 0.5, 0}))
                .withMessageContaining("half");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> Targets.ofClasses(List.of("a", "b"), new int[] {2}));
        assertThatExceptionOfType(DataException.class).isThrownBy(() -> Targets.of(LABELS, new double[] {1, 0}));
    }

    @Test
    void numbersAreStandardisedAndGivenBack() {
        Targets targets = Targets.of(new Numbers(List.of("price", "age")), new double[] {1000, 7, 3000, 7});
        TargetScale scale = TargetScale.of(targets);
        Targets scaled = scale.standardised(targets);

        assertThat(scaled.values()).containsExactly(-1, 0, 1, 0);
        assertThat(scale.restored(0, scaled.value(1, 0))).isEqualTo(3000);
        assertThat(scale.deviation(1)).isEqualTo(1);
        assertThat(TargetScale.of(Targets.of(LABELS, new double[] {1, 1, 0})).isPlain())
                .isTrue();
    }

    @Test
    void everyPartGetsItsShareOfEveryLabelAndRareOnesAreNotLost() {
        SplittableRandom random = new SplittableRandom(3);
        double[] values = new double[400 * 3];
        for (int i = 0; i < 400; i++) {
            values[3 * i] = random.nextInt(10) < 8 ? 1 : 0;
            values[3 * i + 1] = random.nextInt(2);
            values[3 * i + 2] = i % 40 == 0 ? 1 : 0;
        }
        Targets targets = Targets.of(LABELS, values);

        int[] parts = targets.deal(new double[] {0.7, 0.1, 0.2}, 42);

        assertThat(counts(parts)).satisfies(all -> {
            assertThat(all[0]).isBetween(275, 285);
            assertThat(all[1]).isBetween(37, 43);
            assertThat(all[2]).isBetween(77, 83);
        });
        // Ten examples have the rare label: seven, one and two of them.
        assertThat(counts(IntStream.range(0, 400)
                        .filter(i -> values[3 * i + 2] > 0)
                        .map(i -> parts[i])
                        .toArray()))
                .containsExactly(7, 1, 2);
        assertThat(targets.deal(new double[] {0.7, 0.1, 0.2}, 42)).isEqualTo(parts);
        assertThat(targets.deal(new double[] {0.7, 0.1, 0.2}, 43)).isNotEqualTo(parts);
    }

    @Test
    void everyPartGetsLowAndHighNumbers() {
        double[] values = IntStream.range(0, 200).mapToDouble(i -> i * i).toArray();
        int[] parts = Targets.of(new Numbers(List.of("n")), values).deal(new double[] {0.5, 0, 0.5}, 1);

        assertThat(counts(parts)).containsExactly(100, 0, 100);
        double low = IntStream.range(0, 100).filter(i -> parts[i] == 0).count();
        assertThat(low).isCloseTo(50, within(3.0));
    }

    @Test
    void intervalsHoldAsManyAsAskedAndNoMoreIsPromisedThanKnown() {
        Numbers kind = new Numbers(List.of("n"));
        float[][] answers = new float[99][1];
        double[] truth = IntStream.rangeClosed(1, 99).asDoubleStream().toArray();
        NumberErrors errors = NumberErrors.of(answers, Targets.of(kind, truth));

        assertThat(errors.halfWidth(0, 0.9)).isEqualTo(90);
        assertThat(errors.allows(0.99)).isTrue();
        assertThat(errors.allows(0.995)).isFalse();
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> errors.halfWidth(0, 0.995))
                .withMessageContaining("too few held-out examples");
    }

    @Test
    void manyErrorsAreThinnedToTheSafeSide() {
        Numbers kind = new Numbers(List.of("n"));
        double[] truth = IntStream.rangeClosed(1, 1000).asDoubleStream().toArray();
        NumberErrors errors = NumberErrors.of(new float[1000][1], Targets.of(kind, truth));

        assertThat(errors.sorted().get(0)).hasSize(200);
        assertThat(errors.halfWidth(0, 0.9)).isBetween(900.0, 906.0);
    }

    @Test
    void numbersAreShownAsPeopleReadThem() {
        assertThat(List.of(Numbers.shown(42.123), Numbers.shown(1234.6), Numbers.shown(0.012345), Numbers.shown(0)))
                .containsExactly("42.12", "1235", "0.01235", "0");
    }

    private static int[] counts(int[] parts) {
        int[] counts = new int[3];
        Arrays.stream(parts).forEach(part -> counts[part]++);
        return counts;
    }
}
