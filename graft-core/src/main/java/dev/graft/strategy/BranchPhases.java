package dev.graft.strategy;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.optimization.Objective;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * Joins the phases of a network's branches, each of which is trained by a strategy of its own, into the phases of the whole
 * network: its i-th phase freezes each branch as the branch's i-th phase says. A branch that has fewer phases stays in its last.
 */
public final class BranchPhases {
    private BranchPhases() {}

    /**
     * Joins phases.
     *
     * <p>Each branch learns at its own rates. The head learns at the lowest rate that a trained branch wants for it, so that it
     * moves none of them faster than that branch bears; alone at the highest. What a phase has besides the loss of the examples
     * is what the strictest of the trained branches asks for.
     *
     * @param branches the phases of each branch by the branch's name, at least one branch, each with at least one phase
     * @throws SettingsException if one is trained on pairs of its own features, which are those of one branch
     */
    public static List<Phase> joined(Map<String, List<Phase>> branches) {
        requireNoPairs(branches);
        int count = branches.values().stream().mapToInt(List::size).max().orElseThrow();
        List<Phase> joined = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            joined.add(joined(leading(branches, i), at(branches, i)));
        }
        return joined;
    }

    /** The phase that says how long and under which name: of branches that still have one, the first that is trained. */
    private static Phase leading(Map<String, List<Phase>> branches, int index) {
        List<Phase> left = branches.values().stream()
                .filter(phases -> phases.size() > index)
                .map(phases -> phases.get(index))
                .toList();
        return left.stream().filter(BranchPhases::trains).findFirst().orElse(left.get(0));
    }

    private static boolean trains(Phase phase) {
        return !phase.frozen().equals(Frozen.everything());
    }

    private static Map<String, Phase> at(Map<String, List<Phase>> branches, int index) {
        Map<String, Phase> phases = new LinkedHashMap<>();
        branches.forEach((name, own) -> phases.put(name, own.get(Math.min(index, own.size() - 1))));
        return phases;
    }

    private static Phase joined(Phase leading, Map<String, Phase> branches) {
        Map<String, Frozen> frozen = new LinkedHashMap<>();
        Map<String, LearningRates> rates = new LinkedHashMap<>();
        branches.forEach((name, phase) -> {
            frozen.put(name, phase.frozen());
            rates.put(name, phase.rates());
        });
        List<Phase> trained =
                branches.values().stream().filter(BranchPhases::trains).toList();
        List<Phase> heard = trained.isEmpty() ? List.copyOf(branches.values()) : trained;
        DoubleStream wanted = heard.stream().mapToDouble(phase -> phase.rates().head());
        double head = (trained.isEmpty() ? wanted.max() : wanted.min()).orElseThrow();
        LearningRates own = heard.get(0).rates();
        return new Phase(
                leading.name(),
                Frozen.byBranch(frozen),
                leading.epochs(),
                new LearningRates(head, own.backbone(), own.stageDecay()).withBranches(rates),
                leading.schedule(),
                new Penalty(
                        strictest(heard.stream()
                                .mapToDouble(phase -> phase.penalty().startingPoint())),
                        strictest(heard.stream()
                                .mapToDouble(phase -> phase.penalty().head()))),
                new Objective.Classes(strictest(heard.stream().mapToDouble(BranchPhases::labelSmoothing))),
                heard.stream().anyMatch(Phase::runningStatistics));
    }

    private static double labelSmoothing(Phase phase) {
        return phase.objective() instanceof Objective.Classes classes ? classes.labelSmoothing() : 0;
    }

    private static void requireNoPairs(Map<String, List<Phase>> branches) {
        branches.forEach((branch, phases) -> {
            if (phases.stream().anyMatch(Phase::onPairs)) {
                throw new SettingsException(Problem.of("Contrastive fine-tuning is for one backbone, not for branches.")
                        .where("branch " + branch)
                        .found("branches " + branches.keySet())
                        .fix("use fine-tuning or lp-ft, or train on the text alone"));
            }
        });
    }

    private static double strictest(DoubleStream values) {
        return values.max().orElse(0);
    }
}
