package dev.graft.selection;

import dev.graft.backbone.Backbone;
import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledImages;
import dev.graft.data.LabeledItems;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.source.Backbones;
import dev.graft.training.Branch;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * What is transferred from: source models for pictures or texts, one of which is used, or the branches of a network for items of
 * several parts, all of which are used. Immutable.
 *
 * @param candidates source models to choose from; none where there are branches
 * @param branches the branches of one network; none where it takes pictures or texts themselves
 * @param ranked whether the source models are in the order in which they are worth a try; if not, a choice within a budget, which may
 *     have time for one alone, looks at each with few examples first
 */
public record SourceModels(List<Backbone> candidates, List<Branch> branches, boolean ranked) {
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

    /** Source models to choose from, whatever their order: an approach that does not choose among them takes the first. */
    public static SourceModels of(List<Backbone> candidates) {
        return new SourceModels(candidates, List.of(), false);
    }

    /** Source models to choose from, those first that are worth a try first. */
    public static SourceModels ranked(List<Backbone> candidates) {
        return new SourceModels(candidates, List.of(), true);
    }

    /** The branches of a network for items of several parts. */
    public static SourceModels ofBranches(List<Branch> branches) {
        return new SourceModels(List.of(), branches, true);
    }

    /**
     * What suits some data: of texts the usual source model for their script, of images those for their size, of items a branch for
     * each column of pictures or texts, one for all numbers and one for all categories.
     *
     * @param named source models to take instead; of items each goes to the next column that it can take
     */
    public static SourceModels suited(LabeledExamples data, List<Backbone> named) {
        if (data instanceof LabeledItems items) {
            return ofBranches(ItemBranches.of(items, named, UnaryOperator.identity()));
        }
        if (!named.isEmpty()) {
            return of(named);
        }
        return ranked(
                data instanceof LabeledImages images ? Backbones.suited(images) : List.of(Backbones.loadUsual(data)));
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
