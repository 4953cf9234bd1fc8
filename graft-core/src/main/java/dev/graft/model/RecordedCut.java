package dev.graft.model;

import dev.graft.backbone.Architecture;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.layer.Layer;
import dev.graft.layer.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the features of a network's record of classes are taken: at every stage that it runs, since what is unlike the classes may show
 * early or late, as far as they are not too many.
 */
public final class RecordedCut {
    /** More features are not kept: their covariance grows with the square. */
    public static final int MOST_FEATURES = 1536;

    private RecordedCut() {}

    /** Means, maxima and standard deviations of every stage; of wide networks means alone, of the last stages first. */
    public static Cut of(ModelBranch branch) {
        if (!branch.hasBackbone()) {
            return branch.cut();
        }
        Architecture architecture = branch.architecture();
        List<String> stages = branch.stages().stream()
                .filter(stage -> !stage.layers().stream().allMatch(Layer.Flatten.class::isInstance))
                .map(Stage::name)
                .toList();
        Cut all = new Cut(stages, Pooling.MEAN_MAX_STD);
        return all.features(architecture) <= MOST_FEATURES ? all : means(branch);
    }

    /** What has no parameters says the same as the stage before, since all are averaged. */
    private static Cut means(ModelBranch branch) {
        List<Stage> stages = branch.stages();
        List<Cut.Place> places = new ArrayList<>();
        int left = MOST_FEATURES;
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
