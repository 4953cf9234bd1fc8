package dev.graft.engine;

import dev.graft.optimization.NumberLoss;
import dev.graft.optimization.Objective;
import dev.graft.optimization.Optimizer;
import java.util.Map;

/**
 * How a training step updates the weights.
 *
 * @param optimizer the optimiser
 * @param learningRates the learning rate of each tensor, by name
 * @param clipNorm the largest global norm of the gradient; {@link Double#POSITIVE_INFINITY} for no clipping
 * @param classWeights how much an example of each class counts; empty if all count 1
 * @param penalties penalties on tensors, by name; their gradients join the loss's before clipping
 * @param objective what is brought down; on pairs, the plan has no head
 * @param runningStatistics whether batch normalisation uses the statistics that it has, and leaves them as they are, instead of
 *     those of the batch
 * @param numberLoss what the error of a number costs
 */
@SuppressWarnings("ArrayRecordComponent")
public record StepSettings(
        Optimizer optimizer,
        Map<String, Double> learningRates,
        double clipNorm,
        float[] classWeights,
        Map<String, WeightPenalty> penalties,
        Objective objective,
        boolean runningStatistics,
        NumberLoss numberLoss) {
    /** No penalties, labels as they are, and the batch's statistics. */
    public StepSettings(Optimizer optimizer, Map<String, Double> learningRates, double clipNorm, float[] classWeights) {
        this(
                optimizer,
                learningRates,
                clipNorm,
                classWeights,
                Map.of(),
                Objective.classes(),
                false,
                NumberLoss.SQUARED);
    }

    /** Every class counts the same. */
    public StepSettings(Optimizer optimizer, Map<String, Double> learningRates, double clipNorm) {
        this(optimizer, learningRates, clipNorm, new float[0]);
    }

    /** Copies the maps. */
    public StepSettings {
        learningRates = Map.copyOf(learningRates);
        penalties = Map.copyOf(penalties);
    }

    /** Returns a copy with penalties in place of the optimiser's weight decay. */
    public StepSettings withPenalties(Map<String, WeightPenalty> values) {
        return new StepSettings(
                optimizer.withWeightDecay(0),
                learningRates,
                clipNorm,
                classWeights,
                values,
                objective,
                runningStatistics,
                numberLoss);
    }

    /** These settings with another objective. */
    public StepSettings withObjective(Objective value) {
        return new StepSettings(
                optimizer, learningRates, clipNorm, classWeights, penalties, value, runningStatistics, numberLoss);
    }

    /** These settings with batch normalisation by its running statistics, or by those of the batch. */
    public StepSettings withRunningStatistics(boolean value) {
        return new StepSettings(
                optimizer, learningRates, clipNorm, classWeights, penalties, objective, value, numberLoss);
    }

    /** These settings with what the error of a number costs. */
    public StepSettings withNumberLoss(NumberLoss value) {
        return new StepSettings(
                optimizer, learningRates, clipNorm, classWeights, penalties, objective, runningStatistics, value);
    }
}
