package dev.graft.training;

import dev.graft.backbone.ActivationShape;
import dev.graft.backbone.Architecture;
import dev.graft.backbone.Layer;
import dev.graft.backbone.ParameterSpec;
import dev.graft.backbone.Stage;
import dev.graft.engine.Pull;
import dev.graft.engine.StepSettings;
import dev.graft.engine.Tap;
import dev.graft.engine.TrainingPlan;
import dev.graft.feature.Cut;
import dev.graft.optimization.TrainingSettings;
import dev.graft.strategy.Frozen;
import dev.graft.strategy.LearningRates;
import dev.graft.strategy.Penalty;
import dev.graft.strategy.Phase;
import dev.graft.weights.WeightSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A phase laid out on a network: which stages are frozen and which are trained, and on which side each tap of the cut
 * lies. The head receives the frozen taps first, which is the network's order.
 */
record PhasePlan(
        Architecture architecture,
        List<Stage> frozen,
        List<Stage> trained,
        List<Tap> frozenTaps,
        List<Tap> trainedTaps,
        List<Layer> head,
        int classes) {

    static PhasePlan of(Architecture architecture, Cut cut, List<Layer> head, int classes, Frozen extent) {
        List<Stage> used = architecture.stagesThrough(cut.last(architecture));
        List<Stage> frozen = extent.stages(architecture, cut);
        List<Tap> taps = cut.ordered(architecture).stream()
                .map(stage -> new Tap(stage, cut.pooling()))
                .toList();
        List<Tap> frozenTaps = taps.stream()
                .filter(tap -> architecture.position(tap.stage()) < frozen.size())
                .toList();
        return new PhasePlan(
                architecture,
                frozen,
                used.subList(frozen.size(), used.size()),
                frozenTaps,
                taps.subList(frozenTaps.size(), taps.size()),
                head,
                classes);
    }

    boolean headOnly() {
        return trained.isEmpty();
    }

    /** Where the trained stages begin: the last frozen stage's output, or the image. */
    ActivationShape trainedInput() {
        return frozen.isEmpty()
                ? architecture.inputShape()
                : architecture.outputShape(frozen.get(frozen.size() - 1).name());
    }

    TrainingPlan trainingPlan() {
        return new TrainingPlan(trainedInput(), trained, trainedTaps, head, classes);
    }

    List<ParameterSpec> frozenParameters() {
        return frozen.stream().flatMap(stage -> stage.parameters().stream()).toList();
    }

    /** The number of values that an optimiser trains. */
    long trainableParameters() {
        long stages = trained.stream()
                .flatMap(stage -> stage.parameters().stream())
                .filter(ParameterSpec::learned)
                .mapToLong(ParameterSpec::elements)
                .sum();
        return stages
                + head.stream()
                        .flatMap(layer -> layer.parameters().stream())
                        .mapToLong(ParameterSpec::elements)
                        .sum();
    }

    /** How a step of a run's phase updates the weights. */
    StepSettings stepSettings(Phase phase, Run run) {
        StepSettings plain = stepSettings(phase.rates(), run.settings(), run.classWeights());
        return phase.penalty().equals(Penalty.NONE)
                ? plain
                : plain.withPulls(pulls(phase.penalty(), run.startingPoint()));
    }

    private Map<String, Pull> pulls(Penalty penalty, WeightSet startingPoint) {
        Map<String, Pull> pulls = new HashMap<>();
        for (Stage stage : trained) {
            stage.parameters().stream()
                    .filter(ParameterSpec::learned)
                    .map(ParameterSpec::name)
                    .forEach(name -> pulls.put(name, new Pull(penalty.startingPoint(), startingPoint.get(name))));
        }
        for (Layer layer : head) {
            layer.parameters().forEach(parameter -> pulls.put(parameter.name(), new Pull(penalty.head(), null)));
        }
        return pulls;
    }

    /** The learning rate of each tensor: falling from the last trained stage that has weights to the first. */
    StepSettings stepSettings(LearningRates rates, TrainingSettings settings, float[] classWeights) {
        Map<String, Double> byTensor = new HashMap<>();
        for (Layer layer : head) {
            layer.parameters().forEach(parameter -> byTensor.put(parameter.name(), rates.head()));
        }
        double rate = rates.backbone();
        for (int i = trained.size() - 1; i >= 0; i--) {
            List<ParameterSpec> parameters = trained.get(i).parameters();
            for (ParameterSpec parameter : parameters) {
                byTensor.put(parameter.name(), rate);
            }
            if (!parameters.isEmpty()) {
                rate *= rates.stageDecay();
            }
        }
        return new StepSettings(settings.optimizer(), byTensor, settings.clipNorm(), classWeights);
    }

    /** The same with classes that all count the same. */
    StepSettings stepSettings(LearningRates rates, TrainingSettings settings) {
        return stepSettings(rates, settings, new float[0]);
    }
}
