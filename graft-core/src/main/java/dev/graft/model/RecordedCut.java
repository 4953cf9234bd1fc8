package dev.graft.model;

import dev.graft.backbone.Architecture;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.layer.Layer;
import dev.graft.layer.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the features of a network's record of classes are taken: at every stage that it runs, since what is unlike the classes may show
 * early or late, as far as they are not too many.
 */
public final class RecordedCut {
    /** More features are not kept: their covariance grows with the square. */
    public static final int MOST_FEATURES = 1536;

    private RecordedCut() {}

    /**
     * A cut for each branch: means, maxima and standard deviations of every stage; of wide networks means alone, of the last stages
     * first. Branches with a backbone share what the others leave.
     *
     * @return the cuts in the branches' order; none if even so there would be too many features, as with counted words
     */
    public static Optional<List<Cut>> of(List<ModelBranch> branches) {
        int columns = 0;
        int backbones = 0;
        for (ModelBranch branch : branches) {
            columns += branch.hasBackbone() ? 0 : branch.features();
            backbones += branch.hasBackbone() ? 1 : 0;
        }
        List<Cut> cuts = new ArrayList<>();
        int features = 0;
        for (ModelBranch branch : branches) {
            Cut cut = branch.hasBackbone()
                    ? of(branch, (MOST_FEATURES - columns) / Math.max(1, backbones))
                    : branch.cut();
            cuts.add(cut);
            features += cut.features(branch.architecture());
        }
        return features > MOST_FEATURES ? Optional.empty() : Optional.of(cuts);
    }

    private static Cut of(ModelBranch branch, int most) {
        Architecture architecture = branch.architecture();
        List<String> stages = branch.stages().stream()
                .filter(stage -> !stage.layers().stream().allMatch(Layer.Flatten.class::isInstance))
                .map(Stage::name)
                .toList();
        if (stages.isEmpty()) {
            return branch.cut();
        }
        Cut all = new Cut(stages, Pooling.MEAN_MAX_STD);
        return all.features(architecture) <= most ? all : means(branch, most);
    }

    /** What has no parameters says the same as the stage before, since all are averaged. */
    private static Cut means(ModelBranch branch, int most) {
        List<Stage> stages = branch.stages();
        List<Cut.Place> places = new ArrayList<>();
        int left = most;
        for (int i = stages.size() - 1; i >= 0; i--) {
            Stage stage = stages.get(i);
            int features = Pooling.MEAN.features(branch.architecture().outputShape(stage.name()));
            if (features <= left && !stage.parameters().isEmpty()) {
                places.add(0, new Cut.Place(stage.name(), Pooling.MEAN));
                left -= features;
            }
        }
        return places.isEmpty() ? branch.cut() : new Cut(places);
    }
}
