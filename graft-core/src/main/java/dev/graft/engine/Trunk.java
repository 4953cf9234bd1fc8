package dev.graft.engine;

import dev.graft.backbone.Architecture;
import dev.graft.feature.Cut;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.ParameterSpec;
import dev.graft.layer.Stage;
import java.util.List;

/**
 * A run of stages that ends where features are taken out of it. A network has one or several, side by side; each tensor of a
 * trunk has the trunk's prefix before its name.
 *
 * @param prefix what its tensors' names begin with, such as {@code photo/}; empty for a network's only trunk
 * @param input the shape of one example's activation where it begins
 * @param stages its stages; empty if features are all that comes from here
 * @param taps where features are taken out of the stages
 */
public record Trunk(String prefix, ActivationShape input, List<Stage> stages, List<Tap> taps) {
    /** Copies the lists. */
    public Trunk {
        stages = List.copyOf(stages);
        taps = List.copyOf(taps);
    }

    /** The tensors of the stages, in order, under their full names. */
    List<ParameterSpec> parameters() {
        return stages.stream()
                .flatMap(stage -> stage.parameters().stream())
                .map(spec -> spec.withPrefix(prefix))
                .toList();
    }

    /** The stages of a network as far as its cut, on the network's input. */
    public static Trunk of(String prefix, Architecture architecture, Cut cut) {
        return new Trunk(
                prefix,
                architecture.inputShape(),
                architecture.stagesThrough(cut.last(architecture)),
                Tap.at(architecture, cut));
    }
}
