package dev.graft.curation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.curation.Doubts.Doubt;
import dev.graft.experiment.DrawnTargets;
import dev.graft.targets.Grades;
import dev.graft.targets.LabelSet;
import dev.graft.targets.Numbers;
import dev.graft.targets.OneClass;
import dev.graft.targets.Targets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DoubtsTest {
    private static final Numbers PRICE = new Numbers(List.of("price"));

    @Test
    void everyKindHasDoubtsOfItsOwn() {
        assertThat(Doubts.of(new OneClass(List.of("a", "b")))).isInstanceOf(ClassDoubts.class);
        DrawnTargets.kinds().forEach(kind -> assertThat(Doubts.of(kind))
                .isInstanceOf(
                        kind instanceof Grades
                                ? ClassDoubts.class
                                : kind instanceof LabelSet ? LabelDoubts.class : NumberDoubts.class));
    }

    @Test
    void aLabelIsDoubtedWhereItIsThereOrMissingAgainstTheOdds() {
        Targets targets = Targets.of(new LabelSet(List.of("A", "B", "C")), new double[] {
            1, 1, 0,
            1, 1, 0,
            1, 0, 1,
            0, 0, 1,
            0, 1, 1
        });
        float[][] answers = {
            {0.9f, 0.8f, 0.93f}, {0.9f, 0.04f, 0.1f}, {0.8f, 0.1f, 0.9f}, {0.1f, 0.2f, 0.8f}, {0.2f, 0.9f, 0.9f}
        };

        List<Doubt> doubts = new LabelDoubts().find(answers, targets);

        assertThat(doubts)
                .extracting(Doubt::words)
                .containsExactly("labelled A, B; has B (0.04)", "labelled A, B; lacks C (0.93)");
        assertThat(doubts).allMatch(Doubt::flagged);
        assertThat(doubts).extracting(Doubt::value).containsExactly(0.0, 1.0);
        assertThat(doubts.get(1).evidence().givenProbability()).isCloseTo(0.07, within(1e-6));
    }

    @Test
    void anExampleWithoutALabelIsSaidToBeThat() {
        Targets targets = Targets.of(new LabelSet(List.of("A", "B")), 0, 0, 1, 0, 1, 0, 0, 1);
        float[][] answers = {{0.9f, 0.1f}, {0.9f, 0.1f}, {0.9f, 0.1f}, {0.1f, 0.9f}};

        assertThat(new LabelDoubts().find(answers, targets))
                .extracting(Doubt::words)
                .containsExactly("without a label; lacks A (0.90)");
    }

    @Test
    void aLabelThatOneExampleHasIsNotDoubtedAndNamed() {
        Targets targets = Targets.of(new LabelSet(List.of("A", "B")), 1, 0, 0, 1, 0, 1, 0, 0);
        float[][] answers = {{0.1f, 0.1f}, {0.1f, 0.9f}, {0.1f, 0.9f}, {0.1f, 0.1f}};

        assertThat(new LabelDoubts().find(answers, targets)).isEmpty();
        assertThat(new LabelDoubts().unchecked(targets)).containsExactly("A");
        assertThat(new LabelDoubts().note(targets, "A")).contains("label A", "fewer than two");
    }

    @Test
    void numbersAreMeasuredInRobustDeviations() {
        SplittableRandom random = new SplittableRandom(3);
        double[] given = new double[1001];
        Arrays.setAll(given, i -> 100 + 5 * random.nextGaussian());
        given[7] = 100 + 4 * 5 * 1.1;
        given[8] = 100 - 1e6;
        float[][] expected = IntStream.range(0, given.length)
                .mapToObj(i -> new float[] {100})
                .toArray(float[][]::new);

        List<Doubt> doubts = new NumberDoubts().find(expected, Targets.of(PRICE, given));

        assertThat(doubts.get(0).index()).isEqualTo(8);
        assertThat(doubts.get(0).words()).startsWith("given -999900, expected 100.0 (");
        assertThat(doubts)
                .filteredOn(Doubt::flagged)
                .extracting(Doubt::index)
                .contains(7, 8)
                .hasSizeLessThan(8);
        // Of a normal distribution 1.2% lie above 2.5.
        assertThat(doubts).hasSizeBetween(5, 30);
        double[] deviations = NumberDoubts.deviations(expected, Targets.of(PRICE, given), 0);
        assertThat(deviations[7]).isCloseTo(4.4, within(0.3));
    }

    @Test
    void residualsThatAreMostlyEqualAreMeasuredByTheirMeanDeviation() {
        float[][] expected = {{1}, {1}, {1}, {1}, {1}, {1}, {1}, {1}};

        List<Doubt> doubts = new NumberDoubts().find(expected, Targets.of(PRICE, 1, 1, 1, 1, 1, 1, 1, 9));

        assertThat(doubts).singleElement().matches(one -> one.index() == 7 && one.flagged());
        assertThat(new NumberDoubts().find(expected, Targets.of(PRICE, 1, 1, 1, 1, 1, 1, 1, 1)))
                .isEmpty();
    }

    @Test
    void ofSeveralNumbersTheOneInDoubtIsNamed() {
        Targets targets = Targets.of(new Numbers(List.of("price", "rooms")), 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 70);
        float[][] expected = {{1.1f, 2}, {2, 3.1f}, {2.9f, 4}, {4, 5.2f}, {5.1f, 6}, {6, 7}};

        assertThat(new NumberDoubts().find(expected, targets).get(0).words())
                .startsWith("rooms: given 70.00, expected 7.000");
    }
}
