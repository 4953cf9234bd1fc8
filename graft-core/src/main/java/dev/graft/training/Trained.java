package dev.graft.training;

import dev.graft.data.LabeledExamples;
import dev.graft.engine.Examples;
import dev.graft.engine.TrainableNetwork;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.evaluation.Evaluation;
import dev.graft.feature.FeatureCache;
import dev.graft.optimization.CrossEntropy;
import dev.graft.result.EpochResult;
import dev.graft.strategy.Phase;
import dev.graft.weights.WeightSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run that came to its end: the weights, the history, and how good they are. Holds no native memory. */
final class Trained {
    private static final int BATCH = 256;

    private final Run run;
    private final WeightSet weights;
    private final List<EpochResult> history;
    private final double featureSeconds;
    private final double trainSeconds;
    private @Nullable Evaluation test;

    Trained(Run run, WeightSet weights, List<EpochResult> history, double featureSeconds, double trainSeconds) {
        this.run = run;
        this.weights = weights;
        this.history = List.copyOf(history);
        this.featureSeconds = featureSeconds;
        this.trainSeconds = trainSeconds;
    }

    Run run() {
        return run;
    }

    WeightSet weights() {
        return weights;
    }

    List<EpochResult> history() {
        return history;
    }

    double featureSeconds() {
        return featureSeconds;
    }

    double trainSeconds() {
        return trainSeconds;
    }

    Evaluation test() {
        if (test == null) {
            throw new SettingsException(Problem.of("This run had no test data.")
                    .fix("call .test(…), or .split(…) with a test part, before .run()"));
        }
        return test;
    }

    void measureTest(LabeledExamples data) {
        test = evaluate(data, run.cache());
    }

    /** Measures the network on other data, with the frozen parts through the given cache. */
    Evaluation evaluate(LabeledExamples data, FeatureCache cache) {
        PhasePlan plan = lastPlan();
        BranchData parts = BranchData.of(data, run.branches());
        int[] labels = parts.labels();
        try (FrozenParts frozen = new FrozenParts(plan, weights, cache);
                Examples examples = frozen.examples(parts);
                TrainableNetwork network = new TrainableNetwork(
                        plan.trainingPlan(),
                        weights,
                        plan.stepSettings(lastPhase().rates(), run.settings()))) {
            float[][] probabilities = new float[labels.length][];
            for (int[] batch : Batches.of(examples.lengths(), 0, labels.length, BATCH)) {
                float[][] part = CrossEntropy.probabilities(network.logits(examples, batch), network.logitWidth());
                for (int i = 0; i < batch.length; i++) {
                    probabilities[batch[i]] = part[i];
                }
            }
            return new Evaluation(probabilities, labels, data.classNames());
        }
    }

    private Phase lastPhase() {
        return run.phases().get(run.phases().size() - 1);
    }

    PhasePlan lastPlan() {
        return run.plan(lastPhase());
    }
}
