package dev.graft.selection;

import dev.graft.backbone.Backbone;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.training.Branch;
import java.util.List;
import java.util.Objects;

/**
 * What is transferred from: source models for pictures or texts, one of which is used, or the branches of a network for items of
 * several parts, all of which are used. Immutable.
 *
 * @param candidates source models to choose from; none where there are branches
 * @param branches the branches of one network; none where it takes pictures or texts themselves
 */
public record SourceModels(List<Backbone> candidates, List<Branch> branches) {
    /**
     * Copies and checks.
     *
     * @throws SettingsException if there is neither a source model nor a branch, or there are both
     */
    public SourceModels {
        candidates = List.copyOf(candidates);
        branches = List.copyOf(branches);
        if (candidates.isEmpty() == branches.isEmpty()) {
            throw new SettingsException(Problem.of("A transfer needs a source model.")
                    .expected("source models to choose from, or the branches of one network")
                    .found(candidates.isEmpty() ? "none" : "both"));
        }
    }

    /** Source models to choose from: an approach that does not choose among them takes the first. */
    public static SourceModels of(List<Backbone> candidates) {
        return new SourceModels(candidates, List.of());
    }

    /** The branches of a network for items of several parts. */
    public static SourceModels ofBranches(List<Branch> branches) {
        return new SourceModels(List.of(), branches);
    }

    /** Whether the network takes items of several parts. */
    public boolean takesItems() {
        return !branches.isEmpty();
    }

    /** The network of an approach that chooses nothing: the branches, or the first source model. */
    public List<Branch> network() {
        return takesItems() ? branches : List.of(Branch.only(candidates.get(0)));
    }

    /** The branches that have a source model. */
    List<Branch> pretrained() {
        return network().stream().filter(branch -> branch.backbone() != null).toList();
    }

    /** The source models of all branches, or those to choose from. */
    List<Backbone> backbones() {
        return takesItems()
                ? pretrained().stream()
                        .map(branch -> Objects.requireNonNull(branch.backbone()))
                        .toList()
                : candidates;
    }
}
