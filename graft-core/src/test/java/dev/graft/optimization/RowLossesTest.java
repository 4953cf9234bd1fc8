package dev.graft.optimization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.targets.Grades;
import dev.graft.targets.LabelSet;
import dev.graft.targets.Numbers;
import dev.graft.targets.OneClass;
import dev.graft.targets.TargetKind;
import dev.graft.targets.Targets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RowLossesTest {
    private static final float[] OUTPUTS = {0.3f, -1.2f, 2.1f};
    private static final double STEP = 1e-3;

    /** All kinds: a kind that is not here is not tested. */
    static Stream<Arguments> kinds() {
        List<String> three = List.of("a", "b", "c");
        return Stream.of(
                Arguments.of(new OneClass(three), new double[] {1}, new float[] {1, 2, 3}),
                Arguments.of(new OneClass(List.of("a", "b")), new double[] {1}, new float[] {1, 2}),
                Arguments.of(new Grades(three), new double[] {2}, new float[] {1, 2, 3}),
                Arguments.of(new Grades(List.of("a", "b")), new double[] {0}, new float[0]),
                Arguments.of(new LabelSet(three), new double[] {1, 0, 1}, new float[] {1, 2, 3}),
                Arguments.of(new Numbers(three), new double[] {1.5, -0.2, 0}, new float[0]));
    }

    @Test
    void everyKindIsTested() {
        assertThat(kinds().<Class<?>>map(one -> one.get()[0].getClass())
                        .distinct()
                        .toList())
                .containsExactlyInAnyOrderElementsOf(List.of(TargetKind.class.getPermittedSubclasses()));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theGradientIsThatOfTheLoss(TargetKind kind, double[] target, float[] weights) {
        RowLosses losses = RowLosses.of(Targets.of(kind, target), weights);
        int width = losses.outputs();
        double[] gradient = new double[width];
        for (int k = 0; k < width; k++) {
            gradient[k] = OUTPUTS[k];
        }
        double loss = losses.lossAndGradient(0, gradient);

        assertThat(loss).isCloseTo(losses.loss(0, OUTPUTS, 0), within(1e-6));
        for (int k = 0; k < width; k++) {
            float[] more = OUTPUTS.clone();
            float[] less = OUTPUTS.clone();
            more[k] += (float) STEP;
            less[k] -= (float) STEP;
            double slope = (losses.loss(0, more, 0) - losses.loss(0, less, 0)) / (2 * STEP);
            assertThat(gradient[k]).isCloseTo(slope, within(1e-3));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theGradientOfEveryLossOfNumbersIsThatOfTheLoss(NumberLoss loss) {
        RowLosses losses = RowLosses.of(Targets.of(new Numbers(List.of("n")), 0.25), new float[0], loss);
        for (float output : new float[] {-7, -0.9f, 0.2471f, 0.2503f, 0.256f, 1.2f, 1.3f, 40}) {
            double[] gradient = {output};
            double value = losses.lossAndGradient(0, gradient);
            double step = 1e-5;
            double slope = (loss.loss(output - 0.25 + step) - loss.loss(output - 0.25 - step)) / (2 * step);

            assertThat(value).isCloseTo(losses.loss(0, new float[] {output}, 0), within(1e-9));
            assertThat(gradient[0]).as("at %s", output).isCloseTo(slope, within(1e-3));
        }
    }

    @Test
    void largeErrorsCostTheirSizeAndSmallOnesTheirSquare() {
        assertThat(NumberLoss.SQUARED.loss(-4)).isEqualTo(8);
        assertThat(NumberLoss.HUBER.loss(-4)).isEqualTo(3.5);
        assertThat(NumberLoss.HUBER.loss(0.5)).isEqualTo(0.125);
        assertThat(NumberLoss.ABSOLUTE.loss(-4)).isCloseTo(4, within(0.006));
        assertThat(NumberLoss.ABSOLUTE.loss(0.005)).isCloseTo(0.00125, within(1e-9));
        assertThat(NumberLoss.ABSOLUTE.slope(-4)).isEqualTo(-1);
        assertThat(NumberLoss.HUBER.slope(4)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void theScoreIsOfSquaresWhateverTheLoss(NumberLoss loss) {
        Targets numbers = Targets.of(new Numbers(List.of("n")), 2);

        assertThat(RowLosses.of(numbers, new float[0], loss).score(0, new float[] {0}, 0))
                .isEqualTo(-3);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theLossOfAnAnswerIsThatOfTheOutputsBehindIt(TargetKind kind, double[] target, float[] weights) {
        RowLosses losses = RowLosses.of(Targets.of(kind, target), new float[0]);
        int width = losses.outputs();
        float[] outputs = new float[width];
        System.arraycopy(OUTPUTS, 0, outputs, 0, width);

        assertThat(losses.lossOfAnswer(0, Answers.of(kind, outputs, width)[0]))
                .isCloseTo(losses.loss(0, outputs, 0), within(1e-5));
    }

    @Test
    void aGradeFarOffCostsMoreThanOneNearby() {
        RowLosses losses =
                RowLosses.of(Targets.of(new Grades(List.of("1", "2", "3", "4")), new double[] {0}), new float[0]);
        float[] near = {0, 5, 0, 0};
        float[] far = {0, 0, 0, 5};

        assertThat(losses.loss(0, near, 0)).isLessThan(losses.loss(0, far, 0));
    }

    @Test
    void scoresAreAtMostOne() {
        Targets labels = Targets.of(new LabelSet(List.of("a", "b")), new double[] {1, 0});
        Targets numbers = Targets.of(new Numbers(List.of("n")), new double[] {2});

        assertThat(RowLosses.of(labels, new float[0]).score(0, new float[] {3, 3}, 0))
                .isEqualTo(0.5);
        assertThat(RowLosses.of(numbers, new float[0]).score(0, new float[] {2}, 0))
                .isEqualTo(1);
        assertThat(RowLosses.of(numbers, new float[0]).score(0, new float[] {0}, 0))
                .isEqualTo(-3);
    }
}
