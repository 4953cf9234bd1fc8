package dev.graft.engine;

import dev.graft.backbone.ActivationShape;
import dev.graft.backbone.Layer;
import dev.graft.backbone.ParameterSpec;
import dev.graft.backbone.Stage;
import java.util.List;
import java.util.stream.Stream;

/**
 * The trained part of a network: stages after the frozen prefix, the taps among them, and the head. The head receives
 * the cached features of the frozen part, if any, joined with the taps in order.
 *
 * @param input the shape of one example's activation where the trained part begins
 * @param stages the trained stages; empty if only the head is trained
 * @param taps where features are taken out of the trained stages; the features at a cut
 * @param head the head's layers
 * @param classes the number of classes
 */
public record TrainingPlan(ActivationShape input, List<Stage> stages, List<Tap> taps, List<Layer> head, int classes) {
    /** Copies the lists. */
    public TrainingPlan {
        stages = List.copyOf(stages);
        taps = List.copyOf(taps);
        head = List.copyOf(head);
    }

    /** The tensors of stages and head, in order. */
    List<ParameterSpec> parameters() {
        return Stream.concat(
                        stages.stream().flatMap(stage -> stage.parameters().stream()),
                        head.stream().flatMap(layer -> layer.parameters().stream()))
                .toList();
    }

    /** Logits of one example. */
    int logits() {
        return classes == 2 && headEndsInOneLogit() ? 1 : classes;
    }

    private boolean headEndsInOneLogit() {
        return head.get(head.size() - 1) instanceof Layer.Linear last && last.outFeatures() == 1;
    }
}
