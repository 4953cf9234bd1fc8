package dev.graft.prediction;

import dev.graft.data.Image;
import dev.graft.engine.Tap;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.evidence.Evidence;
import dev.graft.evidence.EvidenceMap;
import dev.graft.evidence.EvidenceMethod;
import dev.graft.layer.Layer;
import dev.graft.weights.WeightSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Maps of evidence in pictures, or an error where a network takes none. Safe for use by several threads. */
final class PictureEvidence {
    private final BatchedNetwork network;
    private final @Nullable Evidence evidence;

    PictureEvidence(BatchedNetwork network, List<Layer> head, WeightSet weights, List<String> classNames) {
        this.network = network;
        this.evidence = network.takesImages()
                ? new Evidence(
                        network.architecture(),
                        Tap.at(network.architecture(), network.branches().get(0).cut()),
                        head,
                        weights,
                        classNames)
                : null;
    }

    EvidenceMethod method() {
        return required().method();
    }

    EvidenceMap map(Image image, int label) {
        return required().map(network.open(), image, label);
    }

    private Evidence required() {
        if (evidence == null) {
            throw new SettingsException(Problem.of("There are no maps of evidence in texts and items.")
                    .expected("a network for pictures")
                    .found(
                            network.takesItems()
                                    ? "one for items of several parts"
                                    : "one for texts: " + network.architecture().id())
                    .fix("leave the maps out; what the network says comes without them"));
        }
        return evidence;
    }
}
