package dev.graft.training;

import dev.graft.data.Folds;
import dev.graft.engine.EngineMatrix;
import dev.graft.head.Head;
import dev.graft.optimization.CrossValidatedHeads;
import dev.graft.optimization.CrossValidatedHeads.Fold;
import dev.graft.optimization.CrossValidatedHeads.Judged;
import dev.graft.optimization.DiscriminantSolver;
import dev.graft.optimization.LogisticSolver;
import dev.graft.optimization.LogisticSolver.Solution;
import dev.graft.optimization.NumberLoss;
import dev.graft.optimization.RowLosses;
import dev.graft.optimization.SparseMatrix;
import dev.graft.targets.Targets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Solves heads on features; what a head leaves open about its strength, cross-validation on these very rows decides. */
final class HeadSolver {
    // Values that the choice of a strength looks at; more rows would change it no more.
    private static final long MOST_VALUES = 16L << 20;
    private static final int FEWEST_ROWS = 1000;

    // For so few examples that none can be held back.
    private static final double SAFE_PENALTY = 0.1;
    private static final Head.Discriminant.Strength SAFE_STRENGTH = new Head.Discriminant.Strength(0.9, 0.1);

    // A solved head does not depend on a run's seed.
    private static final long SEED = 0;

    private final float[] weights;
    private final NumberLoss numberLoss;
    private final int views;
    private final TimeLimit limit;

    /**
     * For the rows of a run.
     *
     * @param weights how much a row of each class counts, or each label where a row has it; empty if all count 1
     * @param numberLoss what the error of a number costs
     * @param views how often the rows of all examples are there, each time changed in another way
     * @param limit how long it may take
     */
    HeadSolver(float[] weights, NumberLoss numberLoss, int views, TimeLimit limit) {
        this.limit = limit;
        this.weights = weights;
        this.numberLoss = numberLoss;
        this.views = views;
    }

    Solution solve(Head.Solved head, SolvedTable table) {
        if (table instanceof SolvedTable.Dense dense) {
            return solve(head, dense);
        }
        SolvedTable.Sparse sparse = (SolvedTable.Sparse) table;
        Double penalty = head instanceof Head.Regression regression ? regression.penalty() : null;
        return LogisticSolver.solveAsIs(sparse.rows(), losses(sparse), penalty == null ? penalty(sparse) : penalty);
    }

    private RowLosses losses(SolvedTable table) {
        return losses(table.targets());
    }

    private RowLosses losses(Targets targets) {
        return RowLosses.of(targets, weights, numberLoss);
    }

    private Solution solve(Head.Solved head, SolvedTable.Dense table) {
        return head instanceof Head.Ensemble ensemble ? solve(ensemble, table) : solve(head, table, 1);
    }

    /**
     * A single head.
     *
     * @param share of the time that is left
     */
    private Solution solve(Head.Solved head, SolvedTable.Dense table, double share) {
        if (head instanceof Head.Discriminant discriminant) {
            Head.Discriminant.Strength given = discriminant.strength();
            Head.Discriminant.Strength strength = given == null ? strength(table) : given;
            Deadline deadline = new Deadline(limit, share);
            Solution solution = DiscriminantSolver.solve(
                    regression(table, table.blocks(), 1),
                    strength.shrinkage(),
                    strength.temperature(),
                    EngineMatrix::of,
                    deadline);
            deadline.say(head);
            return solution;
        }
        Head.Regression regression = (Head.Regression) head;
        List<Integer> blocks = regression.stagesEqual() ? table.blocks() : List.of();
        Double given = regression.penalty();
        double penalty = given == null ? penalty(table, blocks) : given;
        Deadline deadline = new Deadline(limit, share);
        Solution solution = LogisticSolver.solve(regression(table, blocks, penalty), EngineMatrix::of, deadline);
        deadline.say(head);
        return solution;
    }

    private LogisticSolver.Regression regression(SolvedTable.Dense table, List<Integer> blocks, double penalty) {
        return new LogisticSolver.Regression(table.features(), table.width(), losses(table), blocks, penalty);
    }

    /**
     * Each member on its own blocks, and then their average on all. Each has the share of the time that its values are of those of the
     * members still to be solved; the heaviest come first, and those for which there is no time are left out.
     */
    private Solution solve(Head.Ensemble ensemble, SolvedTable.Dense table) {
        int logits = table.targets().kind().outputs();
        float[] sum = new float[logits * table.width()];
        float[] biases = new float[logits];
        List<Head.Ensemble.Member> members = new ArrayList<>(ensemble.members());
        if (Double.isFinite(limit.left())) {
            members.sort(
                    Comparator.comparingDouble(Head.Ensemble.Member::weight).reversed());
        }
        double values = members.stream()
                .mapToDouble(member -> table.places(member.blocks()).length)
                .sum();
        double solved = 0;
        int count = 0;
        for (Head.Ensemble.Member member : members) {
            if (count > 0 && limit.left() <= 0) {
                break;
            }
            int[] places = table.places(member.blocks());
            Solution solution = solve(member.head(), table.blocks(member.blocks()), places.length / values);
            values -= places.length;
            solved += member.weight();
            count++;
            for (int k = 0; k < logits; k++) {
                for (int f = 0; f < places.length; f++) {
                    sum[k * table.width() + places[f]] +=
                            (float) (member.weight() * solution.weights()[k * places.length + f]);
                }
                biases[k] += (float) (member.weight() * solution.biases()[k]);
            }
        }
        if (count < members.size()) {
            limit.leaveOut((members.size() - count) + " of the " + members.size() + " heads of the " + ensemble.name());
            scale(sum, 1 / solved);
            scale(biases, 1 / solved);
        }
        return new Solution(sum, biases);
    }

    private static void scale(float[] values, double factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= (float) factor;
        }
    }

    private double penalty(SolvedTable.Dense table, List<Integer> blocks) {
        int[] rows = looked(table.targets(), table.width());
        Targets targets = table.targets().subset(rows);
        List<Fold> folds = folds(targets);
        if (folds.isEmpty()) {
            return SAFE_PENALTY * (blocks.isEmpty() ? table.width() : 1);
        }
        try (CrossValidatedHeads heads = rows(table, rows).heads(losses(targets), folds)) {
            double found = heads.bestRegression().strength();
            // Features that each count 1 make rows as many times longer, and coefficients as much smaller.
            return blocks.isEmpty() ? found * table.width() : found;
        }
    }

    private Head.Discriminant.Strength strength(SolvedTable.Dense table) {
        int[] rows = looked(table.targets(), table.width());
        Targets targets = table.targets().subset(rows);
        List<Fold> folds = folds(targets);
        if (folds.isEmpty()) {
            return SAFE_STRENGTH;
        }
        try (CrossValidatedHeads heads = rows(table, rows).heads(losses(targets), folds)) {
            Judged best = heads.bestDiscriminant();
            return new Head.Discriminant.Strength(best.strength(), best.temperature());
        }
    }

    private double penalty(SolvedTable.Sparse table) {
        List<Fold> folds = folds(table.targets());
        if (folds.isEmpty()) {
            return SAFE_PENALTY;
        }
        SparseMatrix all = table.rows();
        CrossValidatedHeads.Task task = new CrossValidatedHeads.Task(losses(table), all.width());
        try (CrossValidatedHeads heads = new CrossValidatedHeads(task, folds, all::subset)) {
            return heads.bestRegression().strength();
        }
    }

    private static HeadRows rows(SolvedTable.Dense table, int[] rows) {
        int width = table.width();
        float[] features = table.features();
        if (rows.length < table.targets().size()) {
            features = new float[rows.length * width];
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(table.features(), rows[i] * width, features, i * width, width);
            }
        }
        return HeadRows.of(features, width, table.blocks());
    }

    /** The rows to look at, all views of as many examples as are affordable, in rising order. */
    private int[] looked(Targets targets, int width) {
        int examples = targets.size() / views;
        long groups = targets.kind().names().size();
        int most = (int) Math.max(Math.max(FEWEST_ROWS, 2 * groups), MOST_VALUES / width / views);
        int[] chosen = most >= examples
                ? IntStream.range(0, examples).toArray()
                : Folds.of(firstView(targets), (examples + most - 1) / most, SEED)
                        .get(0);
        return IntStream.range(0, views)
                .flatMap(view -> Arrays.stream(chosen).map(row -> view * examples + row))
                .toArray();
    }

    private Targets firstView(Targets targets) {
        return views == 1
                ? targets
                : targets.subset(IntStream.range(0, targets.size() / views).toArray());
    }

    /** All views of an example are held back together. */
    private List<Fold> folds(Targets targets) {
        int examples = targets.size() / views;
        List<int[]> held = new ArrayList<>();
        for (int[] fold : HeadRows.folds(firstView(targets), SEED)) {
            held.add(IntStream.range(0, views)
                    .flatMap(view -> Arrays.stream(fold).map(row -> view * examples + row))
                    .toArray());
        }
        return Fold.of(held, targets.size());
    }
}
