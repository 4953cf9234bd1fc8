package dev.graft.optimization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.optimization.CrossValidatedHeads.Fold;
import dev.graft.optimization.CrossValidatedHeads.Judged;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CrossValidatedHeadsTest {
    private static final int ROWS = 60;
    private static final int WIDTH = 20;
    private static final double STRONGEST_USUAL = 0.5;
    private static final double WEAKEST_USUAL = 0.0008;

    @Test
    void rowsThatSayNothingTakeAStrongerPenaltyThanTheUsualOnes() {
        float[] noise = rows(0);

        Judged best = regression(noise, labels(ROWS));

        assertThat(best.strength()).isGreaterThan(STRONGEST_USUAL);
        // Next to nothing is then said of any row.
        assertThat(loss(best)).isCloseTo(Math.log(2), within(0.05));
    }

    @Test
    void rowsThatSayAllTakeAWeakerPenaltyThanTheUsualOnes() {
        float[] clear = rows(50);

        Judged best = regression(clear, labels(ROWS));

        assertThat(best.strength()).isLessThan(WEAKEST_USUAL);
        assertThat(loss(best)).isLessThan(0.01);
    }

    @Test
    void aDiscriminantThatHasAllHeldOutRowsRightIsNoSurerThanSoManyRowsAllow() {
        double share = 1.0 / (ROWS + 2);

        try (CrossValidatedHeads heads = heads(rows(50), labels(ROWS))) {
            assertThat(loss(heads.bestDiscriminant())).isBetween(share / 4, share * 4);
        }
    }

    @Test
    void logitsAreThoseOfHeadsThatDidNotSeeTheRow() {
        float[] rows = rows(2);
        int[] labels = labels(ROWS);

        try (CrossValidatedHeads heads = heads(rows, labels)) {
            Judged best = heads.bestRegression();

            int[] held = folds().get(0);
            int[] train = Fold.of(folds(), ROWS).get(0).train();
            assertThat(train).doesNotContain(held).hasSize(ROWS - held.length);
            double[] x = new double[WIDTH + 1];
            try (DesignMatrix matrix = DesignMatrix.inJava(some(rows, train), WIDTH)) {
                LogisticSolver.approximate(
                        matrix,
                        RowLosses.ofClasses(
                                IntStream.of(train).map(row -> labels[row]).toArray(), 2, new float[0]),
                        best.strength(),
                        x);
            }
            for (int row : held) {
                double logit = x[WIDTH];
                for (int f = 0; f < WIDTH; f++) {
                    logit += x[f] * rows[row * WIDTH + f];
                }
                assertThat((double) best.logits()[row]).isCloseTo(logit, within(0.05 * Math.max(1, Math.abs(logit))));
            }
        }
    }

    @Test
    void aTemperatureMakesUpForACovarianceOfFewRows() {
        try (CrossValidatedHeads heads = heads(rows(1), labels(ROWS))) {
            Judged best = heads.bestDiscriminant();

            assertThat(best.temperature()).isLessThan(1);
            assertThat(loss(best)).isLessThan(Math.log(2));
        }
    }

    private static double loss(Judged judged) {
        return CrossEntropy.measure(judged.logits(), 1, labels(ROWS), 0, new float[0])
                        .lossSum()
                / ROWS;
    }

    private static Judged regression(float[] rows, int[] labels) {
        try (CrossValidatedHeads heads = heads(rows, labels)) {
            return heads.bestRegression();
        }
    }

    private static CrossValidatedHeads heads(float[] rows, int[] labels) {
        return new CrossValidatedHeads(
                new CrossValidatedHeads.Task(labels, 2, new float[0], WIDTH),
                Fold.of(folds(), ROWS),
                chosen -> DesignMatrix.inJava(some(rows, chosen), WIDTH));
    }

    private static List<int[]> folds() {
        return IntStream.range(0, 3)
                .mapToObj(fold ->
                        IntStream.range(0, ROWS / 3).map(i -> 3 * i + fold).toArray())
                .toList();
    }

    /** Noise of expected squared length 1, and in the first feature what the label says, so many times as strong. */
    private static float[] rows(double signal) {
        Random random = new Random(3);
        float[] rows = new float[ROWS * WIDTH];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (float) (random.nextGaussian() / Math.sqrt(WIDTH));
        }
        for (int row = 0; row < ROWS; row++) {
            rows[row * WIDTH] += (float) (signal / Math.sqrt(WIDTH) * (row % 2 == 0 ? -1 : 1));
        }
        return rows;
    }

    private static int[] labels(int rows) {
        return IntStream.range(0, rows).map(row -> row % 2).toArray();
    }

    private static float[] some(float[] rows, int[] chosen) {
        float[] some = new float[chosen.length * WIDTH];
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(rows, chosen[i] * WIDTH, some, i * WIDTH, WIDTH);
        }
        return some;
    }
}
