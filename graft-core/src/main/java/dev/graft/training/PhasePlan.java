package dev.graft.training;

import dev.graft.engine.StepSettings;
import dev.graft.engine.TrainingPlan;
import dev.graft.engine.WeightPenalty;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;
import dev.graft.layer.ParameterSpec;
import dev.graft.layer.Stage;
import dev.graft.optimization.TrainingSettings;
import dev.graft.strategy.Frozen;
import dev.graft.strategy.LearningRates;
import dev.graft.strategy.Penalty;
import dev.graft.strategy.Phase;
import dev.graft.weights.WeightSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A phase laid out on a network: its branches, whose features are joined in order, and the head. */
record PhasePlan(List<BranchPlan> branches, List<Layer> head, int classes) {

    static PhasePlan of(List<SourceBranch> branches, List<Layer> head, int classes, Frozen extent) {
        return new PhasePlan(
                branches.stream()
                        .map(branch -> BranchPlan.of(branch.name(), branch.architecture(), branch.cut(), extent))
                        .toList(),
                head,
                classes);
    }

    boolean headOnly() {
        return branches.stream().allMatch(BranchPlan::nothingTrained);
    }

    /** Where the first branch's trained stages begin: what is blended, which only a network of one branch can. */
    ActivationShape blendedInput() {
        return branches.get(0).trainedInput();
    }

    TrainingPlan trainingPlan() {
        return new TrainingPlan(branches.stream().map(BranchPlan::trunk).toList(), head, classes);
    }

    /** The number of values that an optimiser trains. */
    long trainableParameters() {
        long stages = branches.stream()
                .flatMap(BranchPlan::learned)
                .mapToLong(ParameterSpec::elements)
                .sum();
        return stages
                + head.stream()
                        .flatMap(layer -> layer.parameters().stream())
                        .filter(ParameterSpec::learned)
                        .mapToLong(ParameterSpec::elements)
                        .sum();
    }

    /** How a step of a run's phase updates the weights. */
    StepSettings stepSettings(Phase phase, Run run) {
        StepSettings plain = stepSettings(phase.rates(), run.settings(), run.classWeights())
                .withObjective(phase.objective())
                .withRunningStatistics(phase.runningStatistics())
                .withNumberLoss(run.numberLoss());
        return phase.penalty().equals(Penalty.NONE)
                ? plain
                : plain.withPenalties(penalties(phase.penalty(), run.startingPoint()));
    }

    private Map<String, WeightPenalty> penalties(Penalty penalty, WeightSet startingPoint) {
        Map<String, WeightPenalty> penalties = new HashMap<>();
        branches.stream()
                .flatMap(BranchPlan::learned)
                .map(ParameterSpec::name)
                // Adapters start at nothing, and are held nowhere.
                .filter(name -> startingPoint.names().contains(name))
                .forEach(name ->
                        penalties.put(name, new WeightPenalty(penalty.startingPoint(), startingPoint.get(name))));
        for (Layer layer : head) {
            layer.parameters().stream()
                    .filter(ParameterSpec::learned)
                    .forEach(parameter -> penalties.put(parameter.name(), new WeightPenalty(penalty.head(), null)));
        }
        return penalties;
    }

    /** The learning rate of each tensor: in each branch, falling from the last trained stage that has weights to the first. */
    StepSettings stepSettings(LearningRates rates, TrainingSettings settings, float[] classWeights) {
        Map<String, Double> byTensor = new HashMap<>();
        for (Layer layer : head) {
            layer.parameters().forEach(parameter -> byTensor.put(parameter.name(), rates.head()));
        }
        for (BranchPlan branch : branches) {
            LearningRates own = rates.of(branch.branch());
            double rate = own.backbone();
            List<Stage> trained = branch.trained();
            for (int i = trained.size() - 1; i >= 0; i--) {
                List<ParameterSpec> parameters = trained.get(i).parameters();
                for (ParameterSpec parameter : parameters) {
                    byTensor.put(branch.prefix() + parameter.name(), rate);
                }
                if (!parameters.isEmpty()) {
                    rate *= own.stageDecay();
                }
            }
        }
        return new StepSettings(settings.optimizer(), byTensor, settings.clipNorm(), classWeights);
    }

    /** How a step updates the weights where all classes count alike. */
    StepSettings stepSettings(LearningRates rates, TrainingSettings settings) {
        return stepSettings(rates, settings, new float[0]);
    }
}
