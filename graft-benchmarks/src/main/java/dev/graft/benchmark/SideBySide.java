package dev.graft.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Measures works in the processes of Graft and its peers by turns: one round of Graft, one of each peer, again and again,
 * so that whatever else the machine does falls on all of them.
 */
final class SideBySide implements AutoCloseable {
    /** Features agree when their statistics do, to the precision of float32 sums in another order. */
    private static final double TOLERANCE = 1e-3;

    /**
     * How long to measure.
     *
     * @param rounds rounds of each work
     * @param seconds the least length of a round
     * @param warmUpSeconds the least length of the run before, which does not count
     * @param stepWarmUpSeconds the same for training steps: trainings take minutes, and Java's compilers seconds
     */
    record Effort(int rounds, double seconds, double warmUpSeconds, double stepWarmUpSeconds) {
        static final Effort FULL = new Effort(5, 0.8, 2, 8);
        static final Effort QUICK = new Effort(3, 0.25, 0.8, 0.8);
        /** Only shows that each work runs. */
        static final Effort SMALLEST = new Effort(1, 0, 0, 0);

        double warmUpSeconds(Task task) {
            return switch (task.kind()) {
                case STEP, FIT, TEXT_STEP -> stepWarmUpSeconds;
                default -> warmUpSeconds;
            };
        }
    }

    private record Turn(String column, Child child, String work, List<Double> times) {}

    private final Child graft;
    private final List<Child> peers;
    private final Effort effort;
    private final Consumer<String> failures;

    SideBySide(List<String> peerNames, Effort effort, Path log, Consumer<String> failures) {
        this.effort = effort;
        this.failures = failures;
        this.graft = Child.start("graft", log);
        this.peers = new ArrayList<>();
        peerNames.forEach(name -> peers.add(Child.start(name, log)));
    }

    /** Milliseconds of the engine's own matrix product. */
    double matrixProduct() {
        Task task = Catalogue.matrixProduct();
        graft.prepare(task);
        graft.round(task.work(), effort.warmUpSeconds());
        double[] times = new double[Math.max(3, effort.rounds())];
        for (int i = 0; i < times.length; i++) {
            times[i] = graft.round(task.work(), effort.seconds());
        }
        graft.closeWork(task.work());
        return Statistics.median(times);
    }

    /** Measures one row. */
    Row measure(Catalogue.Entry entry, @Nullable Double limit) {
        Task task = entry.task();
        List<Turn> turns = new ArrayList<>();
        prepare(turns, "graft", graft, task);
        entry.variants().forEach((column, variant) -> prepare(turns, column, graft, variant));
        if (entry.variants().isEmpty()) {
            peers.forEach(peer -> prepareOrLeaveOut(turns, peer, task));
        }
        if (entry.busy()) {
            try (Neighbour neighbour = Neighbour.start()) {
                measure(turns);
                neighbour.requireRunning();
            }
        } else {
            measure(turns);
        }
        requireSameResults(task, turns);
        turns.forEach(turn -> turn.child().closeWork(turn.work()));
        Map<String, Double> medians = new LinkedHashMap<>();
        turns.forEach(turn -> medians.put(
                turn.column(),
                Statistics.median(
                        turn.times().stream().mapToDouble(Double::doubleValue).toArray())));
        double own = medians.remove("graft");
        return Row.of(task.work(), own, medians, limit);
    }

    private void measure(List<Turn> turns) {
        for (int round = 0; round < effort.rounds(); round++) {
            for (Turn turn : turns) {
                turn.times().add(turn.child().round(turn.work(), effort.seconds()));
            }
        }
    }

    /** A peer that fails at a work has no figure there, which the table shows; the others do. */
    private void prepareOrLeaveOut(List<Turn> turns, Child peer, Task task) {
        try {
            prepare(turns, peer.name(), peer, task);
        } catch (IllegalStateException e) {
            failures.accept(String.valueOf(e.getMessage()));
        }
    }

    private void prepare(List<Turn> turns, String column, Child child, Task task) {
        if (child.prepare(task)) {
            child.round(task.work(), effort.warmUpSeconds(task));
            turns.add(new Turn(column, child, task.work(), new ArrayList<>()));
        }
    }

    /** Who computes something else must not be compared. */
    private static void requireSameResults(Task task, List<Turn> turns) {
        float[] expected = turns.get(0).child().outcome(turns.get(0).work());
        for (Turn turn : turns) {
            float[] found = turn.child().outcome(turn.work());
            for (int i = 0; i < found.length; i++) {
                boolean same = !task.kind().givesFeatures()
                        || Math.abs(found[i] - expected[i]) <= TOLERANCE * Math.max(1e-3, Math.abs(expected[i]));
                if (!same || !Float.isFinite(found[i])) {
                    throw new IllegalStateException(task.work() + ": " + turn.column() + " computes " + found[i]
                            + " where graft computes " + expected[i]);
                }
            }
        }
    }

    @Override
    public void close() {
        graft.close();
        peers.forEach(Child::close);
    }
}
