package dev.graft.selection;

import dev.graft.backbone.ActivationShape;
import dev.graft.backbone.Architecture;
import dev.graft.backbone.Layer;
import dev.graft.backbone.Stage;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import java.util.ArrayList;
import java.util.List;

/**
 * The cuts of a backbone that are worth a try: each stage by itself, its first and its last stages joined (features of
 * several layers at once serve distant targets: Evci et al. 2022, arXiv 2201.03529), and where position may matter the
 * quarters of maps, and whole maps if they are small.
 */
final class FeatureCuts {
    static final Pooling POOLING = Pooling.MEAN_MAX_STD;
    private static final int WIDEST_MAP = 8192;

    private FeatureCuts() {}

    /** The stages whose outputs differ by more than their shape, in the network's order. */
    static List<String> stages(Architecture architecture) {
        return architecture.featureStages().stream()
                .filter(stage -> !onlyReshapes(stage))
                .map(Stage::name)
                .toList();
    }

    /** Cuts, the safest first: all stages joined, then joined ones, then single ones, then quarters, then whole maps. */
    static List<Cut> of(Architecture architecture) {
        List<String> stages = stages(architecture);
        int count = stages.size();
        List<Cut> cuts = new ArrayList<>();
        cuts.add(new Cut(stages, POOLING));
        for (int length = count - 1; length >= 2; length--) {
            cuts.add(new Cut(stages.subList(0, length), POOLING));
            cuts.add(new Cut(stages.subList(count - length, count), POOLING));
        }
        if (count > 1) {
            stages.forEach(stage -> cuts.add(new Cut(List.of(stage), POOLING)));
        }
        List<String> maps = stages.stream()
                .filter(stage -> architecture.outputShape(stage).isMap())
                .toList();
        if (maps.size() > 1) {
            cuts.add(new Cut(maps, Pooling.QUADRANTS));
        }
        maps.forEach(stage -> cuts.add(new Cut(List.of(stage), Pooling.QUADRANTS)));
        for (String stage : stages) {
            ActivationShape shape = architecture.outputShape(stage);
            if (shape.isMap() && shape.elements() <= WIDEST_MAP) {
                cuts.add(Cut.at(stage));
            }
        }
        return cuts;
    }

    private static boolean onlyReshapes(Stage stage) {
        return stage.layers().stream().allMatch(Layer.Flatten.class::isInstance);
    }
}
