package dev.graft.engine;

import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;
import dev.graft.layer.ParameterSpec;
import dev.graft.layer.Stage;
import java.util.List;
import java.util.stream.Stream;

/**
 * The trained part of a network: the stages of each trunk after its frozen prefix, the taps among them, and the head. The
 * head receives, trunk after trunk, the cached features of the frozen part, if any, and the taps in order, all joined.
 *
 * @param trunks the trunks, side by side, at least one
 * @param head the head's layers; none to train on what it would receive
 * @param classes the number of classes
 */
public record TrainingPlan(List<Trunk> trunks, List<Layer> head, int classes) {
    /** Copies the lists. */
    public TrainingPlan {
        trunks = List.copyOf(trunks);
        head = List.copyOf(head);
    }

    /** A network with one trunk, whose tensors have no prefix. */
    public TrainingPlan(ActivationShape input, List<Stage> stages, List<Tap> taps, List<Layer> head, int classes) {
        this(List.of(new Trunk("", input, stages, taps)), head, classes);
    }

    /** The tensors of stages and head, in order. */
    List<ParameterSpec> parameters() {
        return Stream.concat(
                        trunks.stream().flatMap(trunk -> trunk.parameters().stream()),
                        head.stream().flatMap(layer -> layer.parameters().stream()))
                .toList();
    }

    /** Whether in training an example's logits depend on the other examples of its batch. */
    boolean mixesExamples() {
        return Stream.concat(
                        trunks.stream()
                                .flatMap(trunk -> trunk.stages().stream().flatMap(stage -> stage.layers().stream())),
                        head.stream())
                .anyMatch(Layer::mixesExamples);
    }

    /** Logits of one example. */
    int logits() {
        return classes == 2 && headEndsInOneLogit() ? 1 : classes;
    }

    private boolean headEndsInOneLogit() {
        return head.get(head.size() - 1) instanceof Layer.Linear last && last.outFeatures() == 1;
    }
}
