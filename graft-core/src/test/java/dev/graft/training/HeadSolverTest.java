package dev.graft.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.head.Head;
import dev.graft.optimization.LogisticSolver.Solution;
import dev.graft.optimization.NumberLoss;
import dev.graft.targets.Targets;
import dev.graft.training.SolvedTable.Dense;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeadSolverTest {
    private static final int ROWS = 60;
    private static final int CLASSES = 3;
    private static final List<Integer> BLOCKS = List.of(4, 2, 3);

    @Test
    void anEnsembleIsTheAverageOfItsMembersOnTheirOwnBlocks() {
        Dense table = table(1, labels(ROWS));
        Head.LogisticRegression regression = new Head.LogisticRegression(0.1, true);
        Head.Discriminant discriminant = new Head.Discriminant(new Head.Discriminant.Strength(0.4, 0.7));

        Solution average = solve(
                new Head.Ensemble(List.of(
                        new Head.Ensemble.Member(List.of(1), regression, 0.25),
                        new Head.Ensemble.Member(List.of(0, 2), discriminant, 0.75))),
                table);

        Dense first = table.blocks(List.of(1));
        Dense second = table.blocks(List.of(0, 2));
        float[] ofFirst = first.logits(solve(regression, first));
        float[] ofSecond = second.logits(solve(discriminant, second));
        float[] averaged = table.logits(average);
        for (int i = 0; i < averaged.length; i++) {
            assertThat(averaged[i]).isCloseTo(0.25f * ofFirst[i] + 0.75f * ofSecond[i], within(1e-3f));
        }
    }

    @Test
    void blocksAreTakenInTheirOrder() {
        Dense table = table(1, labels(ROWS));

        assertThat(table.places(List.of(2, 0))).containsExactly(6, 7, 8, 0, 1, 2, 3);
        Dense some = table.blocks(List.of(2, 0));
        assertThat(some.blocks()).containsExactly(3, 4);
        assertThat(some.features()[7 * 5]).isEqualTo(table.features()[9 * 5 + 6]);
    }

    @Test
    void labelsThatFollowNothingLeaveNearlyEqualLogits() {
        int[] labels = labels(ROWS);
        Random random = new Random(5);
        for (int i = labels.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int label = labels[i];
            labels[i] = labels[other];
            labels[other] = label;
        }
        Dense table = table(0, labels);

        assertThat(spread(table.logits(solve(Head.LogisticRegression.defaults(), table))))
                .isLessThan(spread(table.logits(solve(new Head.LogisticRegression(0.1, true), table))) / 3);
    }

    /** Else an example would be judged by a head that knows its twin, and no penalty would be weak enough. */
    @Test
    void allViewsOfAnExampleAreHeldBackTogether() {
        int[] labels = new int[ROWS];
        Random random = new Random(9);
        Arrays.setAll(labels, i -> random.nextInt(CLASSES));
        Dense once = table(0, labels);
        Dense twice = Dense.joined(List.of(once, once));
        Head.Solved chosen = Head.LogisticRegression.defaults();

        Solution seen = new HeadSolver(new float[0], NumberLoss.SQUARED, 2, TimeLimit.NONE).solve(chosen, twice);
        Solution single = solve(chosen, once);

        assertThat(spread(once.logits(seen))).isLessThan(3 * Math.max(0.1, spread(once.logits(single))));
    }

    @Test
    void tooFewExamplesToHoldAnyBackAreSolvedAllTheSame() {
        Dense table = new Dense(
                new float[] {0, 1, 4, 5}, 2, Targets.ofClasses(List.of("a", "b"), new int[] {0, 1}), List.of(2));

        for (Head.Solved head : List.of(Head.LogisticRegression.defaults(), Head.Discriminant.defaults())) {
            float[] logits = table.logits(
                    new HeadSolver(new float[0], NumberLoss.SQUARED, 1, TimeLimit.NONE).solve(head, table));
            assertThat(logits[0]).isNegative();
            assertThat(logits[1]).isPositive();
        }
    }

    @Test
    void aHeadOfFewExamplesIsSolvedThoughTheTimeIsSpent() {
        Dense table = table(1, labels(ROWS));
        Head.Solved head = new Head.LogisticRegression(1.0, true);
        TimeLimit spent = new TimeLimit() {
            private final long start = System.nanoTime();

            @Override
            public double left() {
                return -(System.nanoTime() - start) / 1e9;
            }

            @Override
            public void leaveOut(String what) {
                throw new AssertionError(what);
            }
        };

        Solution solution = new HeadSolver(new float[0], NumberLoss.SQUARED, 1, spent).solve(head, table);

        assertThat(solution.weights()).isEqualTo(solve(head, table).weights());
    }

    @Test
    void whereTheTimeIsSpentTheHeaviestHeadOfAnAverageIsSolvedAsFarAsAStepOrTwo() {
        Dense table = table(2, labels(ROWS));
        Head.Solved light = new Head.LogisticRegression(1.0, true);
        Head.Solved heavy = new Head.LogisticRegression(10.0, true);
        Head.Ensemble average = new Head.Ensemble(List.of(
                new Head.Ensemble.Member(List.of(0), light, 0.3), new Head.Ensemble.Member(List.of(1), heavy, 0.7)));
        Countdown spent = new Countdown(0);

        Solution solution = new HeadSolver(new float[0], NumberLoss.SQUARED, 1, spent).solve(average, table);

        assertThat(spent.leftOut)
                .containsExactly(
                        "the last steps of solving a head by logistic-regression",
                        "1 of the 2 heads of the " + average.name());
        int first = BLOCKS.get(0);
        for (int k = 0; k < CLASSES; k++) {
            assertThat(Arrays.copyOfRange(solution.weights(), k * table.width(), k * table.width() + first))
                    .containsOnly(0);
        }
        assertThat(right(table, solution)).isGreaterThan(0.6);
    }

    @Test
    void whereThereIsTimeEnoughALimitChangesNothing() {
        Dense table = table(1, labels(ROWS));
        Head.Solved head = Head.Discriminant.defaults();
        Countdown plenty = new Countdown(1_000_000);

        Solution solution = new HeadSolver(new float[0], NumberLoss.SQUARED, 1, plenty).solve(head, table);

        assertThat(solution.weights()).isEqualTo(solve(head, table).weights());
        assertThat(plenty.leftOut).isEmpty();
    }

    /** A second passes whenever it is asked. */
    private static final class Countdown implements TimeLimit {
        private final List<String> leftOut = new ArrayList<>();
        private double left;

        Countdown(double seconds) {
            left = seconds;
        }

        @Override
        public double left() {
            return left--;
        }

        @Override
        public void leaveOut(String what) {
            leftOut.add(what);
        }
    }

    private static double right(Dense table, Solution solution) {
        float[] logits = table.logits(solution);
        int right = 0;
        for (int row = 0; row < table.targets().size(); row++) {
            float own = logits[row * CLASSES + table.targets().label(row)];
            boolean largest = true;
            for (int k = 0; k < CLASSES; k++) {
                largest &= logits[row * CLASSES + k] <= own;
            }
            right += largest ? 1 : 0;
        }
        return (double) right / table.targets().size();
    }

    private static Solution solve(Head.Solved head, Dense table) {
        return new HeadSolver(new float[0], NumberLoss.SQUARED, 1, TimeLimit.NONE).solve(head, table);
    }

    private static int[] labels(int rows) {
        return IntStream.range(0, rows).map(row -> row % CLASSES).toArray();
    }

    /** Noise, and in one feature of each block what the label says, so many times as strong. */
    private static Dense table(double signal, int[] labels) {
        int width = BLOCKS.stream().mapToInt(Integer::intValue).sum();
        Random random = new Random(1);
        float[] features = new float[labels.length * width];
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) random.nextGaussian();
        }
        for (int row = 0; row < labels.length; row++) {
            for (int start : new int[] {0, 4, 6}) {
                features[row * width + start] += (float) (signal * labels[row]);
            }
        }
        List<String> names =
                IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList();
        return new Dense(features, width, Targets.ofClasses(names, labels), BLOCKS);
    }

    private static double spread(float[] logits) {
        double sum = 0;
        for (float logit : logits) {
            sum += (double) logit * logit;
        }
        return Math.sqrt(sum / logits.length);
    }
}
