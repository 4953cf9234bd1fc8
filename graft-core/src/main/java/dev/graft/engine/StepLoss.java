package dev.graft.engine;

import dev.graft.optimization.CrossEntropy;
import dev.graft.optimization.Objective;
import dev.graft.optimization.PairSimilarity;
import dev.graft.optimization.TargetLoss;
import dev.graft.targets.Targets;

/** The loss at a network's outputs, and its gradient, as a step's settings say. */
final class StepLoss {
    private final boolean ofPairs;
    private final TargetLoss.Goal goal;

    StepLoss(StepSettings settings) {
        this.ofPairs = settings.objective() instanceof Objective.Pairs;
        this.goal = new TargetLoss.Goal(
                settings.classWeights(),
                settings.objective() instanceof Objective.Classes classes ? classes.labelSmoothing() : 0,
                settings.numberLoss());
    }

    /** Whether the loss can only be told from the outputs of a whole batch. */
    boolean ofPairs() {
        return ofPairs;
    }

    /** Loss and score as they are, without a gradient. */
    CrossEntropy.Outcome measure(float[] outputs, int width, Targets targets) {
        return ofPairs
                ? PairSimilarity.measure(outputs, width, targets.labels(), new float[0], new float[0])
                : TargetLoss.measure(outputs, width, targets, goal.numbers());
    }

    /** Measures all pairs of a batch. */
    CrossEntropy.Outcome measurePairs(float[] outputs, int width, int[] labels, float[] gradient) {
        return PairSimilarity.measure(outputs, width, labels, goal.weights(), gradient);
    }

    /** Measures a share of a batch, each example by itself. */
    CrossEntropy.Outcome measure(float[] logits, int width, Labels labels, Range range, float[] gradient) {
        CrossEntropy.Outcome own = measure(logits, width, labels.own(), range, gradient);
        if (labels.partners() == null) {
            return own;
        }
        float[] other = new float[gradient.length];
        CrossEntropy.Outcome partners = measure(logits, width, labels.partners(), range, other);
        double share = labels.ownShare();
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = (float) (share * gradient[i] + (1 - share) * other[i]);
        }
        return new CrossEntropy.Outcome(share * own.lossSum() + (1 - share) * partners.lossSum(), own.score());
    }

    private CrossEntropy.Outcome measure(float[] logits, int width, Targets all, Range range, float[] gradient) {
        return TargetLoss.measure(logits, width, all, range.from(), goal, gradient);
    }
}
