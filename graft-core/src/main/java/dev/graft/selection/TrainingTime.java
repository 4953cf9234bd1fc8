package dev.graft.selection;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledExamples;
import java.util.List;
import java.util.Locale;

/**
 * How long it takes to try a way to train a backbone, and to train on all examples by it, foreseen in seconds. Within a budget a few
 * steps are timed. Without one texts are given so much arithmetic as two cores do in a few minutes: what is tried then depends on
 * the data alone. Anything else has no limit.
 */
final class TrainingTime {
    /** What ways to train a transformer may take without a budget, on two cores. */
    private static final double USUAL = 300;

    // Two cores of a server do so many multiplications a second in a training step; the machine at hand may be another.
    private static final double USUAL_SPEED = 9.5e10;
    private static final int USUAL_CORES = 2;

    private static final double TO_SPARE = 1.2;
    // Of its steps a training may leave out a fifth, where they are slower than foreseen.
    private static final double COMPRESSED = 0.8;
    // A step of a training alone is dealt to so many.
    private static final int CORES_OF_A_STEP = 4;
    // A budget is for more than the training: reading, frozen features, judging, the report.
    private static final double WITH_THE_REST = 1.4;
    private static final int MINUTE = 60;

    private enum Kind {
        UNLIMITED,
        BUDGET,
        USUAL
    }

    private final TransferTask task;
    private final Clock clock;
    private final Kind kind;
    private final double exampleSeconds;
    private final int data;
    private final int foldTrain;
    private double spent;
    private boolean alone;

    private TrainingTime(
            TransferTask task, Clock clock, Kind kind, double exampleSeconds, int data, int foldTrain, boolean alone) {
        this.task = task;
        this.clock = clock;
        this.kind = kind;
        this.exampleSeconds = exampleSeconds;
        this.data = data;
        this.foldTrain = foldTrain;
        this.alone = alone;
    }

    /**
     * Times a few steps within a budget, and counts the arithmetic of texts without one.
     *
     * @param data the examples that ways are tried on
     * @param foldTrain how many of them are trained on in a trial
     */
    static TrainingTime of(
            TransferTask task, LabeledExamples data, int foldTrain, Clock clock, Recipe recipe, FeatureCandidate best) {
        Backbone backbone = best.backbone();
        boolean alone = recipe.trainsEnd();
        if (clock.budgetSeconds() != null) {
            double seconds = TrainingCost.perExample(task, data, backbone, recipe.dearest(best), clock.left())
                    / recipe.trainedShare();
            return new TrainingTime(task, clock, Kind.BUDGET, seconds, data.size(), foldTrain, alone);
        }
        if (!backbone.architecture().inputShape().isSequence()) {
            return new TrainingTime(task, clock, Kind.UNLIMITED, 0, data.size(), foldTrain, alone);
        }
        return usual(task, clock, TrainingCost.multiplications(data, backbone), data.size(), foldTrain);
    }

    /**
     * For texts without a budget.
     *
     * @param multiplications those of a step that trains the whole backbone, for each text
     * @param data the examples that ways are tried on
     * @param foldTrain how many of them are trained on in a trial
     */
    static TrainingTime usual(TransferTask task, Clock clock, double multiplications, int data, int foldTrain) {
        return new TrainingTime(task, clock, Kind.USUAL, multiplications / USUAL_SPEED, data, foldTrain, false);
    }

    /** What is left, in seconds; infinite without a limit. */
    double left() {
        return switch (kind) {
            case UNLIMITED -> Double.POSITIVE_INFINITY;
            case BUDGET -> clock.left();
            case USUAL -> USUAL - spent;
        };
    }

    /** Says that from now on one is tried at a time, on all cores. */
    void oneAtATime() {
        alone = true;
    }

    /** Notes that those were tried. */
    void tried(List<Trials.Trial> trials) {
        trials.forEach(trial -> spent += trying(trial, 2, unit()) + pass(trial, unit()));
    }

    /** Whether all of them can be tried side by side, and the one that costs most be trained on all examples. */
    boolean fitsTogether(List<Trials.Trial> trials) {
        return kind == Kind.UNLIMITED || together(trials) <= left();
    }

    /** Seconds to try all of them, side by side, and to train the one that costs most on all examples. */
    double together(List<Trials.Trial> trials) {
        return trials.stream()
                        .mapToDouble(trial -> trying(trial, 2, unit()) + pass(trial, unit()))
                        .sum()
                + trials.stream()
                        .mapToDouble(trial -> training(trial, unit()))
                        .max()
                        .orElse(0);
    }

    /** Whether a training on all examples fits that is not tried before. */
    boolean fitsUntried(Trials.Trial trial) {
        double available = kind == Kind.BUDGET ? ValidatedTraining.available(task, clock) : left();
        return COMPRESSED * untried(trial) <= available;
    }

    /** Seconds for a training on all examples that is not tried before, without any to spare. */
    double untried(Trials.Trial trial) {
        return training(trial, unit()) / TO_SPARE;
    }

    /**
     * Seconds to try it on the folds that are left, and to train it on all examples, with some to spare.
     *
     * @param folds how many are left
     * @param round how many it was tried on
     * @param seconds what that took
     */
    double cost(Trials.Trial trial, int folds, int round, double seconds) {
        double unit = round == 0 || kind != Kind.BUDGET ? unit() : shown(trial, round, seconds);
        double pass = round == 0 ? pass(trial, unit) : 0;
        return (trying(trial, folds, unit) + pass) * cores() + training(trial, unit);
    }

    /** Whether there is time for a search for its learning rate, which takes about as long as a trial. */
    boolean fitsSearch(Trials.Trial trial) {
        return kind == Kind.UNLIMITED || 2 * unit() * cores() * work(trial, foldTrain, 0) <= left();
    }

    /** What is said of something that takes too long. */
    String refusal(String what, double seconds) {
        return kind == Kind.BUDGET
                ? what + ": " + Math.round(seconds) + " s would not have fitted into the budget"
                : String.format(
                        Locale.ROOT,
                        "%s: about %d minutes on two cores; a budget of %dm has room for it",
                        what,
                        minutes(seconds),
                        minutes(WITH_THE_REST * seconds));
    }

    private static int minutes(double seconds) {
        return (int) Math.max(1, Math.ceil(seconds / MINUTE));
    }

    private double unit() {
        return exampleSeconds;
    }

    /** Seconds on all cores for an example of a step that trains the whole backbone, as trying it showed. */
    private double shown(Trials.Trial trial, int round, double seconds) {
        return seconds / cores() / (round * work(trial, foldTrain, 0) + work(trial, 0, data));
    }

    private double trying(Trials.Trial trial, int folds, double unit) {
        return unit * Math.max(2, folds) * work(trial, foldTrain, 0);
    }

    private double pass(Trials.Trial trial, double unit) {
        return unit * work(trial, 0, data);
    }

    private double training(Trials.Trial trial, double unit) {
        int all = task.train().size();
        return TO_SPARE * unit * work(trial, all, all);
    }

    private double work(Trials.Trial trial, int examples, int passed) {
        int epochs =
                examples == 0 ? 0 : trial.settings(task.settings(), examples).epochs();
        return trial.recipe().work(examples, epochs, passed);
    }

    /** How many cores a training on all examples has for each that a trial has. */
    private int cores() {
        if (alone) {
            return 1;
        }
        return kind == Kind.USUAL
                ? USUAL_CORES
                : Math.min(CORES_OF_A_STEP, Runtime.getRuntime().availableProcessors());
    }
}
