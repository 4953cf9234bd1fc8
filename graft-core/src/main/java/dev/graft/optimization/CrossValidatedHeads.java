package dev.graft.optimization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What linear heads of different strengths predict of rows that they did not learn from. Each solution begins where that of the last
 * strength ended, so that a path of strengths costs little more than one of them. Holds matrices until it is closed.
 *
 * <p>A thread that is interrupted meanwhile leaves with a {@link dev.graft.error.StoppedException} before the next product of the rows.
 */
public final class CrossValidatedHeads implements AutoCloseable {
    /** Penalties from strong to weak, for rows whose expected squared length is 1. */
    private static final double[] PENALTIES = {0.5, 0.1, 0.02, 0.004, 0.0008};

    private static final double STEP = 5;
    private static final double STRONGEST = 1e4;
    private static final double WEAKEST = 1e-6;

    /** Shrinkages from strong to weak. */
    private static final double[] SHRINKAGES = {0.9, 0.6, 0.35, 0.2, 0.1, 0.05};

    private static final int TEMPERATURES = 40;
    private static final double COLDEST = 0.01;
    private static final double HOTTEST = 3;

    private final Task task;
    private final List<Fold> folds;
    private final List<Part> parts = new ArrayList<>();

    /**
     * What is to be learned.
     *
     * @param losses what the rows' outputs are to come near to
     * @param features how many features there are, of which the rows may be fewer coordinates
     */
    public record Task(RowLosses losses, int features) {
        /**
         * Classes.
         *
         * @param labels the rows' labels, 0 to {@code classes - 1}
         * @param classes at least 2
         * @param classWeights how much a row of each class counts; empty if all count 1
         */
        public Task(int[] labels, int classes, float[] classWeights, int features) {
            this(RowLosses.ofClasses(labels, classes, classWeights), features);
        }
    }

    /**
     * One division of the rows.
     *
     * @param train the rows that are learned from
     * @param held the rows that are judged
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Fold(int[] train, int[] held) {
        /** Each of some disjoint sets of rows held back from all others. */
        public static List<Fold> of(List<int[]> held, int rows) {
            return held.stream()
                    .map(fold -> {
                        boolean[] out = new boolean[rows];
                        Arrays.stream(fold).forEach(row -> out[row] = true);
                        return new Fold(
                                IntStream.range(0, rows)
                                        .filter(row -> !out[row])
                                        .toArray(),
                                fold);
                    })
                    .toList();
        }
    }

    /**
     * A head of the best strength, judged.
     *
     * @param strength the penalty of a logistic regression, or the shrinkage of a discriminant analysis
     * @param temperature what a discriminant analysis's logits are multiplied by; 1 for a regression
     * @param logits of each row that was held back, (rows, logits), by a head that neither learned from the row's fold nor owes its
     *     strength to it; those of other rows are 0
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Judged(double strength, double temperature, float[] logits) {}

    private static final class Part {
        final DesignMatrix train;
        final DesignMatrix held;
        final RowLosses losses;
        double[] coefficients = new double[0];

        Part(DesignMatrix train, DesignMatrix held, RowLosses losses) {
            this.train = train;
            this.held = held;
            this.losses = losses;
        }
    }

    /**
     * Prepares the folds.
     *
     * @param rows makes a matrix of some of the rows
     */
    public CrossValidatedHeads(Task task, List<Fold> folds, Function<int[], DesignMatrix> rows) {
        this.task = task;
        this.folds = List.copyOf(folds);
        try {
            for (Fold fold : folds) {
                DesignMatrix train = rows.apply(fold.train());
                parts.add(new Part(train, rows.apply(fold.held()), task.losses().of(fold.train())));
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /**
     * Heads of one strength.
     *
     * @param cold the logits at temperature 0, (rows, logits)
     * @param warm those at temperature 1; between them they are linear in the temperature
     * @param losses the weighted sum of the losses of each fold
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Strength(double strength, double temperature, float[] cold, float[] warm, double[] losses) {
        float logit(int i) {
            return (float) (cold[i] + temperature * (warm[i] - cold[i]));
        }

        /** The loss on all folds but one; -1 for none. */
        double loss(int without) {
            double sum = 0;
            for (int fold = 0; fold < losses.length; fold++) {
                sum += fold == without ? 0 : losses[fold];
            }
            return sum;
        }
    }

    /** The regression with the best penalty: the usual ones are tried, and more beyond them while the last is best. */
    public Judged bestRegression() {
        parts.forEach(part -> part.coefficients = start(part));
        List<Strength> path = new ArrayList<>();
        double[][] strongest = new double[parts.size()][];
        for (double penalty : PENALTIES) {
            path.add(regression(penalty));
            if (path.size() == 1) {
                Arrays.setAll(strongest, i -> parts.get(i).coefficients.clone());
            }
        }
        double weakest = PENALTIES[PENALTIES.length - 1];
        while (best(path, -1).strength() <= weakest && weakest > WEAKEST) {
            weakest /= STEP;
            path.add(regression(weakest));
        }
        double most = PENALTIES[0];
        for (int i = 0; i < strongest.length; i++) {
            parts.get(i).coefficients = strongest[i];
        }
        while (best(path, -1).strength() >= most && most < STRONGEST) {
            most *= STEP;
            path.add(regression(most));
        }
        return judged(path);
    }

    private static Strength best(List<Strength> path, int without) {
        Strength best = path.get(0);
        for (Strength one : path) {
            best = one.loss(without) < best.loss(without) ? one : best;
        }
        return best;
    }

    /** The best strength, and the predictions of each fold by the strength that the other folds take for best. */
    private Judged judged(List<Strength> path) {
        int made = task.losses().outputs();
        float[] logits = new float[task.losses().rows() * made];
        for (int fold = 0; fold < folds.size(); fold++) {
            Strength elsewhere = best(path, folds.size() > 1 ? fold : -1);
            for (int row : folds.get(fold).held()) {
                for (int i = row * made; i < (row + 1) * made; i++) {
                    logits[i] = elsewhere.logit(i);
                }
            }
        }
        Strength best = best(path, -1);
        return new Judged(best.strength(), best.temperature(), logits);
    }

    private double[] start(Part part) {
        return new double[task.losses().outputs() * (part.train.width() + 1)];
    }

    private Strength regression(double penalty) {
        float[] logits = new float[task.losses().rows() * task.losses().outputs()];
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            LogisticSolver.approximate(part.train, part.losses, penalty, part.coefficients);
            note(part, folds.get(i).held(), part.coefficients, logits);
        }
        return strength(penalty, 1, logits, logits, task.losses());
    }

    /** The discriminant analysis with the best shrinkage and temperature. */
    public Judged bestDiscriminant() {
        List<DiscriminantSolver> solvers = parts.stream()
                .map(part -> {
                    ClassLosses losses = ClassLosses.require(part.losses);
                    return new DiscriminantSolver(part.train, losses.labels(), losses.classes(), losses.weights());
                })
                .toList();
        // A penalty bounds the logits of a regression; those of a discriminant grow with its temperature.
        RowLosses cautious = ClassLosses.require(task.losses()).cautious();
        List<Strength> path = new ArrayList<>();
        for (double shrinkage : SHRINKAGES) {
            int made = task.losses().rows() * task.losses().outputs();
            float[] cold = new float[made];
            float[] warm = new float[made];
            for (int i = 0; i < parts.size(); i++) {
                DiscriminantSolver.Discriminants found = solvers.get(i).solve(shrinkage, task.features());
                note(parts.get(i), folds.get(i).held(), found.coefficients(0), cold);
                note(parts.get(i), folds.get(i).held(), found.coefficients(1), warm);
            }
            for (int t = 0; t < TEMPERATURES; t++) {
                double temperature = COLDEST * Math.pow(HOTTEST / COLDEST, t / (TEMPERATURES - 1.0));
                path.add(strength(shrinkage, temperature, cold, warm, cautious));
            }
        }
        return judged(path);
    }

    private Strength strength(double strength, double temperature, float[] cold, float[] warm, RowLosses losses) {
        int made = task.losses().outputs();
        Strength found = new Strength(strength, temperature, cold, warm, new double[folds.size()]);
        float[] row = new float[made];
        for (int fold = 0; fold < folds.size(); fold++) {
            for (int held : folds.get(fold).held()) {
                for (int k = 0; k < made; k++) {
                    row[k] = found.logit(held * made + k);
                }
                found.losses()[fold] += losses.loss(held, row, 0);
            }
        }
        return found;
    }

    private void note(Part part, int[] held, double[] x, float[] target) {
        int logits = task.losses().outputs();
        double[] found = new double[held.length * logits];
        part.held.multiply(x, logits, found);
        for (int i = 0; i < found.length; i++) {
            target[held[i / logits] * logits + i % logits] = (float) (found[i] + x[x.length - logits + i % logits]);
        }
    }

    /** To close it twice does nothing. */
    @Override
    public void close() {
        parts.forEach(part -> {
            part.train.close();
            part.held.close();
        });
    }
}
