package dev.graft.training;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.optimization.TrainingSettings;
import dev.graft.strategy.Frozen;
import dev.graft.strategy.Phase;
import dev.graft.strategy.Strategy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * How a network's branches are trained if nothing else is said. One optimiser updates the whole network, on one schedule: those
 * of the first branch whose strategy asks for others than the usual ones, such as a transformer that is trained. The learning
 * rate is each branch's own.
 */
final class BranchSettings {
    private BranchSettings() {}

    /** The settings of a run. */
    static TrainingSettings of(List<SourceBranch> branches, int examples, UnaryOperator<TrainingSettings> changes) {
        TrainingSettings usual = TrainingSettings.defaults();
        return changes.apply(branches.stream()
                .filter(branch -> branch.strategy() != null)
                .map(branch -> own(branch, examples))
                .filter(settings -> !settings.equals(usual))
                .findFirst()
                .orElse(usual));
    }

    /**
     * The phases of each branch that has a backbone, by its name; of all branches if none has.
     *
     * @param settings those of the run
     */
    static Map<String, List<Phase>> phases(
            List<SourceBranch> branches,
            TrainingSettings settings,
            int examples,
            UnaryOperator<TrainingSettings> changes) {
        Map<String, List<Phase>> phases = new LinkedHashMap<>();
        for (SourceBranch branch : branches) {
            Strategy strategy = branch.strategy();
            if (strategy != null) {
                double rate = changes.apply(own(branch, examples)).learningRate();
                phases.put(
                        branch.name(),
                        reached(branch, strategy.phases(branch.architecture(), settings.withLearningRate(rate))));
            }
        }
        if (phases.isEmpty()) {
            branches.forEach(branch -> phases.put(branch.name(), List.of(Phase.ofHead(settings))));
        }
        return phases;
    }

    /**
     * The phases that train something of the branch as far as its cut, and those that are meant to train the head alone.
     *
     * @throws SettingsException if a strategy that trains the backbone begins behind the cut
     */
    private static List<Phase> reached(SourceBranch branch, List<Phase> phases) {
        List<Phase> reached = phases.stream()
                .filter(phase -> phase.frozen().equals(Frozen.everything()) || trains(branch, phase))
                .toList();
        boolean lost = reached.stream().noneMatch(phase -> trains(branch, phase)) && reached.size() < phases.size();
        if (lost) {
            throw new SettingsException(Problem.of("Nothing of a branch would be trained: its cut comes first.")
                    .where("branch " + branch.name() + ", cut at "
                            + branch.cut().stageNames())
                    .expected("a stage to train from that is not behind the cut")
                    .found(Objects.requireNonNull(branch.strategy()).name())
                    .fix("cut the branch further on, or train from an earlier stage"));
        }
        return reached;
    }

    private static boolean trains(SourceBranch branch, Phase phase) {
        int used = branch.architecture()
                .stagesThrough(branch.cut().last(branch.architecture()))
                .size();
        return phase.frozen().stages(branch.architecture(), branch.cut()).size() < used;
    }

    private static TrainingSettings own(SourceBranch branch, int examples) {
        return Objects.requireNonNull(branch.strategy()).defaultSettings(branch.architecture(), examples);
    }
}
