package dev.graft.optimization;

import dev.graft.targets.Grades;
import dev.graft.targets.LabelSet;
import dev.graft.targets.OneClass;
import dev.graft.targets.Targets;

/**
 * What the outputs of rows are to come near to: the loss of each row against its own target, and the gradient of it. A kind of target has
 * one implementation. Immutable.
 */
public sealed interface RowLosses permits ClassLosses, LabelLosses, NumberLosses {
    /**
     * The losses of some targets.
     *
     * @param targets numbers standardised ({@link dev.graft.targets.TargetScale})
     * @param weights how much a row of each class or grade counts, or each label where a row has it; empty if all count 1, as numbers
     *     do
     */
    static RowLosses of(Targets targets, float[] weights) {
        return of(targets, weights, NumberLoss.SQUARED);
    }

    /**
     * The losses of some targets, those of numbers by another than the squared error.
     *
     * @param targets numbers standardised ({@link dev.graft.targets.TargetScale})
     * @param weights how much a row of each class or grade counts, or each label where a row has it; empty if all count 1, as numbers
     *     do
     * @param numbers what the error of a number costs; other kinds do not know it
     */
    static RowLosses of(Targets targets, float[] weights, NumberLoss numbers) {
        if (targets.kind() instanceof OneClass classes) {
            return new ClassLosses(targets.labels(), classes.names().size(), weights, SoftLabels.NONE);
        }
        if (targets.kind() instanceof Grades grades) {
            int count = grades.names().size();
            return new ClassLosses(targets.labels(), count, weights, SoftLabels.ofGrades(count));
        }
        if (targets.kind() instanceof LabelSet) {
            return new LabelLosses(targets, weights);
        }
        return new NumberLosses(targets, numbers);
    }

    /** The losses of classes. */
    static RowLosses ofClasses(int[] labels, int classes, float[] classWeights) {
        return new ClassLosses(labels, classes, classWeights, SoftLabels.NONE);
    }

    /** The number of rows. */
    int rows();

    /** The outputs of one row. */
    int outputs();

    /** The losses of some of the rows. */
    RowLosses of(int[] some);

    /** The weighted loss of a row. */
    double loss(int row, float[] outputs, int offset);

    /** The loss of what was said of a row ({@link Answers}), not weighted. */
    double lossOfAnswer(int row, float[] answer);

    /** Returns the weighted loss of a row, and puts its gradient in the place of the outputs. */
    double lossAndGradient(int row, double[] outputs);

    /**
     * How good the outputs of a row are, at most 1, not weighted: of classes 1 if they are right, else 0; of labels the share of them
     * that are right; of numbers 1 less the squared error of standardised ones, whose mean is the explained share of the variance.
     */
    double score(int row, float[] outputs, int offset);

    /** What a row's loss is cut off at where losses are compared, so that one row does not outweigh all others. */
    double largest();
}
