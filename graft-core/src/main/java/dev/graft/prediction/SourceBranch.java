package dev.graft.prediction;

import dev.graft.backbone.Backbone;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.feature.Cut;
import dev.graft.layer.Stage;
import dev.graft.model.ModelBranch;
import java.util.List;

/** A source model below the classifier of its own task. */
final class SourceBranch {
    private SourceBranch() {}

    /**
     * The branch that ends where the classifier begins.
     *
     * @throws SettingsException if the source model was trained without classes
     */
    static ModelBranch of(Backbone source) {
        if (source.card().classNames().isEmpty()) {
            throw new SettingsException(Problem.of("Backbone " + source.id() + " has no classes of its own.")
                    .expected("a transferred network, or a source model that was trained on classes")
                    .found("a source model that makes vectors of texts")
                    .fix("transfer it first, to data that has classes (TransferLearning.on)"));
        }
        List<Stage> stages = source.architecture().featureStages();
        return ModelBranch.only(
                source.architecture(), Cut.at(stages.get(stages.size() - 1).name()));
    }
}
