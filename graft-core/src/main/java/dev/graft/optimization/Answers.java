package dev.graft.optimization;

import dev.graft.targets.LabelSet;
import dev.graft.targets.Numbers;
import dev.graft.targets.TargetKind;

/** What a network's outputs say, by kind of target. */
public final class Answers {
    private Answers() {}

    /**
     * The answers to a batch.
     *
     * @param outputs (batch, {@code kind.outputs()}), row after row
     * @param width the outputs of one example
     * @return (batch, names): of classes and grades their probabilities, which add up to 1; of labels the probability of each; of
     *     numbers the outputs as they are
     */
    public static float[][] of(TargetKind kind, float[] outputs, int width) {
        if (kind.isOneOfNames()) {
            return CrossEntropy.probabilities(outputs, width);
        }
        float[][] answers = new float[outputs.length / width][width];
        for (int i = 0; i < outputs.length; i++) {
            answers[i / width][i % width] =
                    kind instanceof LabelSet ? (float) (1 / (1 + Math.exp(-(double) outputs[i]))) : outputs[i];
        }
        return answers;
    }

    /** Whether outputs are probabilities in another form, which a temperature can make softer. */
    public static boolean areProbabilities(TargetKind kind) {
        return !(kind instanceof Numbers);
    }
}
