package dev.graft.evaluation;

import dev.graft.result.Classification;
import dev.graft.targets.Decision;
import dev.graft.targets.Grades;
import dev.graft.targets.TargetKind;
import dev.graft.targets.Targets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a network says of labelled examples, and what follows from it.
 *
 * @param answers (examples, names): of classes and grades their probabilities, which add up to 1; of labels the probability of each;
 *     of numbers the numbers
 * @param targets what is true of each example
 * @param decision from which probability on an example is said to have a label
 */
@SuppressWarnings("ArrayRecordComponent")
public record Evaluation(float[][] answers, Targets targets, Decision decision) {
    /** Answers that say a label from a half on. */
    public Evaluation(float[][] answers, Targets targets) {
        this(answers, targets, Decision.USUAL);
    }

    /**
     * A classifier's probabilities.
     *
     * @param probabilities (examples, classes), each row sums to 1
     * @param truth the true label of each example
     * @param classNames the classes' names, by label
     */
    public Evaluation(float[][] probabilities, int[] truth, List<String> classNames) {
        this(probabilities, Targets.ofClasses(classNames, truth));
    }

    /** What kind of thing was told. */
    public TargetKind kind() {
        return targets.kind();
    }

    /** The probabilities of classes, grades or labels, (examples, names). */
    public float[][] probabilities() {
        return answers;
    }

    /**
     * The true class or grade of each example.
     *
     * @throws dev.graft.error.DataException if examples have no class each
     */
    public int[] truth() {
        return targets.labels();
    }

    /** The names of the classes, grades, labels or numbers. */
    public List<String> classNames() {
        return targets.kind().names();
    }

    /** The number of examples. */
    public int size() {
        return answers.length;
    }

    /** The class or grade that is said of each example. */
    public int[] predicted() {
        int[] predicted = new int[answers.length];
        for (int i = 0; i < predicted.length; i++) {
            predicted[i] = kind() instanceof Grades ? GradeMeasures.median(answers[i]) : mostProbable(answers[i]);
        }
        return predicted;
    }

    /** The first of the largest probabilities. */
    public static int mostProbable(float[] row) {
        int best = 0;
        for (int c = 1; c < row.length; c++) {
            if (row[c] > row[best]) {
                best = c;
            }
        }
        return best;
    }

    /** Returns the answers with other thresholds of labels. */
    public Evaluation withDecision(Decision other) {
        return new Evaluation(answers, targets, other);
    }

    /** How good it is by the main measure of its kind of target ({@link TargetMeasures#primary}): at most 1. */
    public double score() {
        return TargetMeasures.score(this);
    }

    /** The share of right predictions, 0 to 1: of classes their main measure. */
    public double accuracy() {
        boolean[] correct = correct();
        int right = 0;
        for (boolean one : correct) {
            right += one ? 1 : 0;
        }
        return right / (double) correct.length;
    }

    /** The mean loss, in nats; of numbers half the squared error of standardised ones, by the examples' own deviation. */
    public double loss() {
        return TargetMeasures.loss(this);
    }

    /** Confusion matrix and per-class figures of classes and grades; of labels the figures of each. */
    public Classification classification() {
        return TargetMeasures.classification(this);
    }

    /** Which examples are right: of labels those with all labels right and no other; of numbers none counts as right. */
    public boolean[] correct() {
        if (!kind().isOneOfNames()) {
            return TargetMeasures.correct(this);
        }
        int[] predicted = predicted();
        int[] truth = truth();
        boolean[] correct = new boolean[predicted.length];
        for (int i = 0; i < correct.length; i++) {
            correct[i] = predicted[i] == truth[i];
        }
        return correct;
    }

    /** The first {@code count} examples alone. */
    public Evaluation first(int count) {
        return some(IntStream.range(0, count).toArray());
    }

    /** Some of the examples, which may be there several times. */
    public Evaluation some(int[] examples) {
        return new Evaluation(
                Arrays.stream(examples).mapToObj(i -> answers[i]).toArray(float[][]::new),
                targets.subset(examples),
                decision);
    }
}
