package dev.graft.selection;

import dev.graft.evaluation.Evaluation;
import dev.graft.evaluation.Intervals;
import dev.graft.evaluation.TargetMeasures;
import dev.graft.optimization.Answers;
import dev.graft.optimization.RowLosses;
import dev.graft.result.Interval;
import dev.graft.targets.OneClass;
import dev.graft.targets.Targets;
import java.util.Arrays;
import java.util.List;

/** What one candidate predicted of examples that it had not been trained on. */
final class OutOfFold {
    private final Targets targets;
    private final RowLosses losses;
    private final double[] loss;
    private final boolean[] correct;
    private final float[] logits;
    private final float[][] answers;

    private OutOfFold(Targets targets, float[] logits) {
        this.targets = targets;
        this.losses = RowLosses.of(targets, new float[0]);
        this.loss = new double[targets.size()];
        Arrays.fill(loss, Double.NaN);
        this.correct = new boolean[targets.size()];
        this.logits = logits;
        this.answers = new float[targets.size()][];
    }

    /**
     * Nothing judged yet.
     *
     * @param targets of all examples, numbers standardised
     */
    static OutOfFold unjudged(Targets targets) {
        return new OutOfFold(targets, new float[0]);
    }

    /**
     * What a linear head predicted.
     *
     * @param logits (examples, outputs)
     * @param examples those that were judged
     * @param targets of all examples, numbers standardised
     */
    static OutOfFold ofLogits(float[] logits, int[] examples, Targets targets) {
        OutOfFold judged = new OutOfFold(targets, logits);
        int made = logits.length / targets.size();
        float[] row = new float[made];
        for (int example : examples) {
            System.arraycopy(logits, example * made, row, 0, made);
            judged.judge(example, Answers.of(targets.kind(), row, made)[0]);
        }
        return judged;
    }

    /** Notes what was said of one example; numbers standardised. */
    void judge(int example, float[] answer) {
        loss[example] = Math.min(losses.largest(), losses.lossOfAnswer(example, answer));
        answers[example] = answer;
        correct[example] =
                targets.kind() instanceof OneClass && Evaluation.mostProbable(answer) == targets.label(example);
    }

    /** The loss of each example; NaN where it was not judged. */
    double[] loss() {
        return loss;
    }

    /** (examples, outputs), where it is a linear head; else empty. */
    float[] logits() {
        return logits;
    }

    /** What kind of thing was told. */
    Targets targets() {
        return targets;
    }

    double meanLoss(int[] examples) {
        double sum = 0;
        for (int example : examples) {
            sum += loss[example];
        }
        return sum / examples.length;
    }

    /** Its predictions of some examples, which are counted anew. */
    OutOfFold of(int[] examples) {
        OutOfFold some = new OutOfFold(targets.subset(examples), new float[0]);
        for (int i = 0; i < examples.length; i++) {
            some.loss[i] = loss[examples[i]];
            some.correct[i] = correct[examples[i]];
            some.answers[i] = answers[examples[i]];
        }
        return some;
    }

    /** By how many standard errors its loss is lower than another's on the same examples, all of them judged. */
    double lowerLoss(OutOfFold other) {
        int count = loss.length;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            double gain = other.loss[i] - loss[i];
            sum += gain;
            squares += gain * gain;
        }
        double mean = sum / count;
        double variance = squares / count - mean * mean;
        return variance <= 0 ? 0 : mean / Math.sqrt(variance / count);
    }

    /**
     * By how many standard errors it is better than another on the same examples: of classes by how many it alone has right, of others by
     * its loss.
     */
    double lead(OutOfFold other, int[] examples) {
        if (!(targets.kind() instanceof OneClass)) {
            return of(examples).lowerLoss(other.of(examples));
        }
        int better = rightAlone(other, examples);
        int worse = other.rightAlone(this, examples);
        return (double) (better - worse) / Math.sqrt(Math.max(1.0, better + worse));
    }

    /** Takes over what another said of some examples. */
    void take(OutOfFold other, int[] examples) {
        for (int example : examples) {
            loss[example] = other.loss[example];
            correct[example] = other.correct[example];
            answers[example] = other.answers[example];
        }
    }

    int correct(int[] examples) {
        int count = 0;
        for (int example : examples) {
            count += correct[example] ? 1 : 0;
        }
        return count;
    }

    /** How good it is on some examples by the main measure of their kind of target. */
    double score(int[] examples) {
        if (targets.kind() instanceof OneClass) {
            return (double) correct(examples) / examples.length;
        }
        return evaluation(examples).score();
    }

    /** The 95% interval of that. */
    Interval interval(int[] examples) {
        return targets.kind() instanceof OneClass
                ? Intervals.wilson(correct(examples), examples.length)
                : TargetMeasures.overExamples(List.of(evaluation(examples)));
    }

    /** What was said of some examples; numbers standardised. */
    Evaluation evaluation(int[] examples) {
        return new Evaluation(
                Arrays.stream(examples).mapToObj(i -> answers[i]).toArray(float[][]::new), targets.subset(examples));
    }

    /** How good it is on some examples, in words. */
    String said(int[] examples) {
        return TargetMeasures.said(targets.kind(), score(examples));
    }

    /** How many it classified right and the other did not. */
    int rightAlone(OutOfFold other, int[] examples) {
        int count = 0;
        for (int example : examples) {
            count += correct[example] && !other.correct[example] ? 1 : 0;
        }
        return count;
    }
}
