package dev.graft.optimization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.error.StoppedException;
import dev.graft.optimization.CrossValidatedHeads.Fold;
import dev.graft.optimization.LogisticSolver.Regression;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A thread that is interrupted while it solves does not go on to the end. */
class InterruptedSolvingTest {
    private static final int ROWS = 60;
    private static final int WIDTH = 20;
    private static final int INTERRUPTED_AT = 9;

    // What the step that was begun may still multiply.
    private static final int MOST_MORE = 3;

    private final float[] features = features();
    private final int[] labels = IntStream.range(0, ROWS).map(row -> row % 2).toArray();
    private int products;

    @AfterEach
    void takeTheMarkOff() {
        Thread.interrupted();
    }

    @Test
    void aRegression() {
        Regression regression = new Regression(features, WIDTH, labels, 2, new float[0], List.of(), 1e-6);

        requireStop(made -> LogisticSolver.solve(regression, made::matrix));
    }

    @Test
    void aRegressionOnRowsAsTheyAre() {
        requireStop(made -> LogisticSolver.solveAsIs(
                made.matrix(features, WIDTH), RowLosses.ofClasses(labels, 2, new float[0]), 1e-6));
    }

    @Test
    void aDiscriminantAnalysis() {
        Regression problem = new Regression(features, WIDTH, labels, 2, new float[0], List.of(), 1);

        requireStop(made -> DiscriminantSolver.solve(problem, 1e-6, 1, made::matrix));
    }

    @Test
    void theChoiceAmongPenalties() {
        requireStop(made -> {
            try (CrossValidatedHeads heads = heads(made)) {
                heads.bestRegression();
            }
        });
    }

    @Test
    void theChoiceAmongShrinkages() {
        requireStop(made -> {
            try (CrossValidatedHeads heads = heads(made)) {
                heads.bestDiscriminant();
            }
        });
    }

    @Test
    void coordinatesOfManyRows() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Coordinates.of(new double[] {1, 0, 0, 1}, 2)).isInstanceOf(StoppedException.class);
    }

    private void requireStop(Consumer<Interrupting> solve) {
        assertThatThrownBy(() -> solve.accept(new Interrupting())).isInstanceOf(StoppedException.class);

        assertThat(products).isBetween(INTERRUPTED_AT, INTERRUPTED_AT + MOST_MORE);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    private CrossValidatedHeads heads(Interrupting made) {
        List<int[]> held = IntStream.range(0, 3)
                .mapToObj(fold ->
                        IntStream.range(0, ROWS / 3).map(i -> 3 * i + fold).toArray())
                .toList();
        Function<int[], DesignMatrix> rows = chosen -> {
            float[] some = new float[chosen.length * WIDTH];
            for (int i = 0; i < chosen.length; i++) {
                System.arraycopy(features, chosen[i] * WIDTH, some, i * WIDTH, WIDTH);
            }
            return made.matrix(some, WIDTH);
        };
        return new CrossValidatedHeads(
                new CrossValidatedHeads.Task(labels, 2, new float[0], WIDTH), Fold.of(held, ROWS), rows);
    }

    private static float[] features() {
        Random random = new Random(3);
        float[] features = new float[ROWS * WIDTH];
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) random.nextGaussian();
        }
        return features;
    }

    /** Makes matrices of which some product is interrupted. */
    private final class Interrupting {
        DesignMatrix matrix(float[] values, int width) {
            DesignMatrix plain = DesignMatrix.inJava(values, width);
            return new DesignMatrix() {
                @Override
                public int rows() {
                    return plain.rows();
                }

                @Override
                public int width() {
                    return plain.width();
                }

                @Override
                public void multiply(double[] weights, int logits, double[] target) {
                    count();
                    plain.multiply(weights, logits, target);
                }

                @Override
                public void multiplyTransposed(double[] residuals, int logits, double[] target) {
                    count();
                    plain.multiplyTransposed(residuals, logits, target);
                }

                @Override
                public double squaredLength() {
                    return plain.squaredLength();
                }

                @Override
                public void close() {
                    plain.close();
                }
            };
        }

        private void count() {
            if (++products == INTERRUPTED_AT) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
