package dev.graft.report;

import dev.graft.result.TargetTask;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * What a report calls the things that are told of examples, and how well they are told.
 *
 * @param task the task as results name it; null for classes
 * @param noun what one of the target's names is: {@code class}, {@code label}, {@code number} or {@code grade}
 * @param measure the main measure, in a sentence
 */
record TargetWords(@Nullable String task, String noun, String measure) {
    private static final String LABELS = "multi-label";
    private static final String NUMBERS = "regression";
    private static final String GRADES = "ordinal";

    /** Finds the words for a target. */
    static TargetWords of(TargetTask target) {
        String task = target.task();
        String noun = task == null
                ? "class"
                : switch (task) {
                    case LABELS -> "label";
                    case NUMBERS -> "number";
                    case GRADES -> "grade";
                    default -> "name";
                };
        return new TargetWords(task, noun, target.measureName());
    }

    /** Whether an example has exactly one class. */
    boolean areClasses() {
        return task == null;
    }

    boolean areLabels() {
        return LABELS.equals(task);
    }

    boolean areNumbers() {
        return NUMBERS.equals(task);
    }

    boolean areGrades() {
        return GRADES.equals(task);
    }

    /** Several of what the target has. */
    String nouns() {
        return noun + (noun.endsWith("s") ? "es" : "s");
    }

    /** The main measure at the beginning of a title. */
    String title() {
        return capital(measure);
    }

    /** What is measured at each epoch: the main measure of classes alone can be counted batch by batch. */
    String epochScore() {
        return areClasses() || areGrades() ? "accuracy" : "score";
    }

    /** What that is; empty where its name says it. */
    String epochScoreMeaning() {
        if (areLabels()) {
            return "The score is the share of the labels that are right.";
        }
        return areNumbers() ? "The score is 1 less the mean squared error of the standardised numbers." : "";
    }

    /** What a loss is. */
    String loss() {
        if (areLabels()) {
            return "the cross-entropy of an example's labels, in nats";
        }
        return areNumbers()
                ? "half the squared error of an example's standardised numbers"
                : "the mean cross-entropy in nats";
    }

    /** The axis of the main measure. */
    Scale scale(DoubleStream values) {
        return areClasses() ? Scale.accuracies(values) : Scale.scores(values);
    }

    /** Whether scores such as LogME, which need one name for each example, can be measured. */
    boolean haveTransferScores() {
        return !areLabels() && !areNumbers();
    }

    /** What probes find out, as a title. */
    String probing() {
        return "What the source features still tell" + (areClasses() ? " apart" : " of the " + nouns());
    }

    /** The model that probes features. */
    String probe() {
        return areNumbers() ? "linear regression" : "logistic regression";
    }

    /** What guessing reaches by the main measure; NaN where that depends on the data. */
    double guessing(int names) {
        if (areClasses()) {
            return 1.0 / Math.max(1, names);
        }
        return areNumbers() || areGrades() ? 0 : Double.NaN;
    }

    /** What guessing is called. */
    String guess(int names) {
        if (areClasses()) {
            return "chance, " + names + " classes";
        }
        return areNumbers() ? "telling the mean" : "chance";
    }

    /** How far off an answer is. */
    String error(double error, int names) {
        if (areNumbers()) {
            String off =
                    (Double.isFinite(error) ? Numbers.tick(error, 0.01) : Numbers.MISSING) + " standard deviations off";
            return names > 1 ? off + ", all numbers together" : off;
        }
        if (areGrades()) {
            return Numbers.count(Math.round(error), "grade") + " off";
        }
        return Numbers.count(Math.round(error), noun) + " wrong";
    }

    /** A word with a capital. */
    static String capital(String word) {
        return word.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
