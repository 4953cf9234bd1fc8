package dev.graft.optimization;

import dev.graft.error.StoppedException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.BooleanSupplier;

/**
 * Minimises a smooth function by limited-memory BFGS (Nocedal and Wright, Numerical Optimization, 2nd ed., algorithm
 * 7.5) with a backtracking line search that also checks the curvature.
 */
final class Lbfgs {
    private static final int MEMORY = 10;
    private static final double SUFFICIENT_DECREASE = 1e-4;
    private static final int MAXIMUM_HALVINGS = 40;

    private Lbfgs() {}

    /** A function and its gradient. */
    @FunctionalInterface
    interface Objective {
        /** Returns the value at {@code x} and writes the gradient there. */
        double evaluate(double[] x, double[] gradient);
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Pair(double[] step, double[] change, double curvature) {}

    /**
     * Moves {@code x} to the minimum, in place.
     *
     * @param tolerance stops when the largest gradient component is at most this times max(1, first gradient)
     * @return the iterations taken
     */
    static int minimize(Objective objective, double[] x, int maximumIterations, double tolerance) {
        return minimize(objective, x, maximumIterations, tolerance, () -> false);
    }

    /**
     * Moves {@code x} towards the minimum, in place, until it is there or is told to stop.
     *
     * @param tolerance stops when the largest gradient component is at most this times max(1, first gradient)
     * @param stop asked before each iteration but the first
     * @return the iterations taken
     * @throws StoppedException if the thread is interrupted
     */
    static int minimize(
            Objective objective, double[] x, int maximumIterations, double tolerance, BooleanSupplier stop) {
        double[] gradient = new double[x.length];
        double value = evaluate(objective, x, gradient);
        double threshold = tolerance * Math.max(1, largest(gradient));
        Deque<Pair> memory = new ArrayDeque<>();
        double[] next = new double[x.length];
        double[] nextGradient = new double[x.length];
        for (int iteration = 0; iteration < maximumIterations; iteration++) {
            if (largest(gradient) <= threshold || (iteration > 0 && stop.getAsBoolean())) {
                return iteration;
            }
            double[] direction = direction(gradient, memory);
            double slope = dot(direction, gradient);
            double length = memory.isEmpty() ? Math.min(1, 1 / largest(gradient)) : 1;
            double nextValue = value;
            boolean found = false;
            for (int halving = 0; halving < MAXIMUM_HALVINGS && !found; halving++) {
                for (int i = 0; i < x.length; i++) {
                    next[i] = x[i] + length * direction[i];
                }
                nextValue = evaluate(objective, next, nextGradient);
                found = nextValue <= value + SUFFICIENT_DECREASE * length * slope;
                if (!found) {
                    length /= 2;
                }
            }
            if (!found) {
                return iteration;
            }
            remember(memory, x, next, gradient, nextGradient);
            System.arraycopy(next, 0, x, 0, x.length);
            System.arraycopy(nextGradient, 0, gradient, 0, x.length);
            value = nextValue;
        }
        return maximumIterations;
    }

    private static double evaluate(Objective objective, double[] x, double[] gradient) {
        StoppedException.throwIfInterrupted();
        return objective.evaluate(x, gradient);
    }

    private static void remember(Deque<Pair> memory, double[] x, double[] next, double[] gradient, double[] after) {
        double[] step = new double[x.length];
        double[] change = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            step[i] = next[i] - x[i];
            change[i] = after[i] - gradient[i];
        }
        double curvature = dot(step, change);
        if (curvature > 1e-12 * dot(change, change)) {
            memory.addLast(new Pair(step, change, curvature));
            if (memory.size() > MEMORY) {
                memory.removeFirst();
            }
        }
    }

    /** The two-loop recursion. */
    private static double[] direction(double[] gradient, Deque<Pair> memory) {
        double[] q = new double[gradient.length];
        for (int i = 0; i < q.length; i++) {
            q[i] = -gradient[i];
        }
        double[] alphas = new double[memory.size()];
        int place = memory.size();
        for (Iterator<Pair> newestFirst = memory.descendingIterator(); newestFirst.hasNext(); ) {
            Pair pair = newestFirst.next();
            double alpha = dot(pair.step(), q) / pair.curvature();
            alphas[--place] = alpha;
            addScaled(q, -alpha, pair.change());
        }
        if (!memory.isEmpty()) {
            Pair newest = memory.getLast();
            double scale = newest.curvature() / dot(newest.change(), newest.change());
            for (int i = 0; i < q.length; i++) {
                q[i] *= scale;
            }
        }
        for (Pair pair : memory) {
            double beta = dot(pair.change(), q) / pair.curvature();
            addScaled(q, alphas[place++] - beta, pair.step());
        }
        return q;
    }

    private static void addScaled(double[] target, double factor, double[] values) {
        for (int i = 0; i < target.length; i++) {
            target[i] += factor * values[i];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
