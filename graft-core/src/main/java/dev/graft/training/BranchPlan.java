package dev.graft.training;

import dev.graft.backbone.Architecture;
import dev.graft.engine.Tap;
import dev.graft.engine.Trunk;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.ParameterSpec;
import dev.graft.layer.Stage;
import dev.graft.strategy.Frozen;
import java.util.List;
import java.util.stream.Stream;

/**
 * A phase laid out on one branch: which stages are frozen and which are trained, and on which side each tap of the cut lies.
 * The head receives the frozen taps first, which is the branch's order.
 *
 * @param branch the branch's name; empty if it is the only one
 */
record BranchPlan(
        String branch,
        Architecture architecture,
        List<Stage> frozen,
        List<Stage> trained,
        List<Tap> frozenTaps,
        List<Tap> trainedTaps) {

    static BranchPlan of(String branch, Architecture architecture, Cut cut, Frozen extent) {
        List<Stage> used = architecture.stagesThrough(cut.last(architecture));
        List<Stage> frozen = extent.of(branch).stages(architecture, cut);
        List<Tap> taps = Tap.at(architecture, cut);
        List<Tap> frozenTaps = taps.stream()
                .filter(tap -> architecture.position(tap.stage()) < frozen.size())
                .toList();
        return new BranchPlan(
                branch,
                architecture,
                frozen,
                used.subList(frozen.size(), used.size()),
                frozenTaps,
                taps.subList(frozenTaps.size(), taps.size()));
    }

    /** What the names of its tensors begin with in the whole network. */
    String prefix() {
        return SourceBranch.prefix(branch);
    }

    boolean nothingTrained() {
        return trained.isEmpty();
    }

    /** Whether nothing is trained and nothing computed: the head receives the prepared examples themselves. */
    boolean passesOn() {
        return nothingTrained()
                && frozen.stream().allMatch(stage -> stage.layers().isEmpty())
                && frozenTaps.stream().allMatch(tap -> tap.pooling() == Pooling.NONE);
    }

    /** Where the trained stages begin: the last frozen stage's output, or the branch's input. */
    ActivationShape trainedInput() {
        return frozen.isEmpty()
                ? architecture.inputShape()
                : architecture.outputShape(frozen.get(frozen.size() - 1).name());
    }

    Trunk trunk() {
        return new Trunk(prefix(), trainedInput(), trained, trainedTaps);
    }

    /** The tensors of the frozen stages, under the architecture's own names. */
    List<ParameterSpec> frozenParameters() {
        return frozen.stream().flatMap(stage -> stage.parameters().stream()).toList();
    }

    /** The tensors that an optimiser trains, under their full names. */
    Stream<ParameterSpec> learned() {
        return trained.stream().flatMap(stage -> learned(stage).stream());
    }

    /** The tensors of one stage that an optimiser trains, under their full names. */
    List<ParameterSpec> learned(Stage stage) {
        return stage.parameters().stream()
                .filter(ParameterSpec::learned)
                .map(spec -> spec.withPrefix(prefix()))
                .toList();
    }
}
