package dev.graft.selection;

import dev.graft.backbone.Architecture;
import dev.graft.feature.Cut;
import dev.graft.feature.Pooling;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;
import dev.graft.layer.ParameterSpec;
import dev.graft.layer.Stage;
import dev.graft.layer.TokenEmbedding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The cuts of a backbone that are worth a try: each stage by itself, its first and its last stages joined (features of
 * several layers at once serve distant targets: Evci et al. 2022, arXiv 2201.03529), and where position may matter the
 * quarters of maps, and whole maps if they are small.
 */
final class FeatureCuts {
    static final Pooling POOLING = Pooling.MEAN_MAX_STD;
    private static final int WIDEST_MAP = 8192;
    private static final int MANY_MAPS = 8;
    private static final int LAST_MAPS = 3;

    private FeatureCuts() {}

    /** The stages whose outputs differ by more than their shape, in the network's order. */
    static List<String> stages(Architecture architecture) {
        return architecture.featureStages().stream()
                .filter(stage -> !onlyReshapes(stage))
                .map(Stage::name)
                .toList();
    }

    /**
     * The first stage from which on the network does no more than a share of its multiplications: training from there on costs
     * little once what comes before is cached.
     */
    static String end(Architecture architecture, double share) {
        List<Stage> stages = architecture.featureStages();
        double[] costs = ofStages(architecture);
        double left = share * Arrays.stream(costs).sum();
        int first = stages.size();
        while (first > 0 && left >= costs[first - 1]) {
            first--;
            left -= costs[first];
        }
        return stages.get(Math.min(first, stages.size() - 1)).name();
    }

    /** The share of the network's multiplications that it does from a stage on. */
    static double share(Architecture architecture, String from) {
        double[] costs = ofStages(architecture);
        return Arrays.stream(costs).skip(architecture.position(from)).sum()
                / Arrays.stream(costs).sum();
    }

    /** The multiplications of all stages for an example, of a sequence for each token. */
    static double multiplications(Architecture architecture) {
        return Arrays.stream(ofStages(architecture)).sum();
    }

    private static double[] ofStages(Architecture architecture) {
        Map<String, ActivationShape> shapes = architecture.outputShapes();
        return architecture.featureStages().stream()
                .mapToDouble(stage -> multiplications(stage, Objects.requireNonNull(shapes.get(stage.name()))))
                .toArray();
    }

    /** About as many as the values of its kernels at each place of its output. */
    private static double multiplications(Stage stage, ActivationShape output) {
        // What is looked up in a table is not multiplied.
        long values = stage.layers().stream()
                .filter(layer -> !(layer instanceof TokenEmbedding))
                .flatMap(layer -> layer.parameters().stream())
                .mapToLong(ParameterSpec::elements)
                .sum();
        return (double) values * (output.isMap() ? output.height() * output.width() : 1);
    }

    /** Cuts, the safest first: all stages joined, then joined ones, then single ones, then quarters, then whole maps. */
    static List<Cut> of(Architecture architecture) {
        List<String> stages = stages(architecture);
        List<String> maps = maps(architecture, stages);
        return maps.size() < MANY_MAPS ? ofAll(architecture, stages, maps) : ofMany(stages, maps);
    }

    /**
     * A few that differ much, for where trying all would take longer than it is worth: all stages, those that most tasks are solved
     * by, and of maps their quarters.
     */
    static List<Cut> few(Architecture architecture) {
        List<String> stages = stages(architecture);
        List<String> maps = maps(architecture, stages);
        int count = stages.size();
        Set<Cut> cuts = new LinkedHashSet<>();
        cuts.add(new Cut(stages, POOLING));
        cuts.add(new Cut(stages.subList(Math.max(0, count - LAST_MAPS), count), POOLING));
        cuts.add(new Cut(stages.subList(0, (count + 1) / 2), POOLING));
        cuts.add(new Cut(stages.subList(count / 2, count), POOLING));
        cuts.add(new Cut(stages.subList(count - 1, count), POOLING));
        if (!maps.isEmpty()) {
            cuts.add(new Cut(maps.subList(Math.max(0, maps.size() - LAST_MAPS), maps.size()), Pooling.QUADRANTS));
        }
        return List.copyOf(cuts);
    }

    private static List<Cut> ofAll(Architecture architecture, List<String> stages, List<String> maps) {
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

    /**
     * Of many feature maps not every run: those that end with the last map, those that end before it (the last is closest to the
     * source's own task), and two from the beginning on; each stage alone; quarters of the last maps.
     */
    private static List<Cut> ofMany(List<String> stages, List<String> maps) {
        int count = maps.size();
        List<Cut> cuts = new ArrayList<>();
        for (int first = 0; first < count - 1; first++) {
            cuts.add(new Cut(maps.subList(first, count), POOLING));
        }
        for (int first = 1; first < count - 2; first++) {
            cuts.add(new Cut(maps.subList(first, count - 1), POOLING));
        }
        cuts.add(new Cut(maps.subList(0, count / 2), POOLING));
        cuts.add(new Cut(maps.subList(0, count * 2 / 3), POOLING));
        stages.forEach(stage -> cuts.add(new Cut(List.of(stage), POOLING)));
        cuts.add(new Cut(maps.subList(count - LAST_MAPS, count), Pooling.QUADRANTS));
        cuts.add(new Cut(List.of(maps.get(count - 1)), Pooling.QUADRANTS));
        return cuts;
    }

    private static List<String> maps(Architecture architecture, List<String> stages) {
        return stages.stream()
                .filter(stage -> architecture.outputShape(stage).isMap())
                .toList();
    }

    private static boolean onlyReshapes(Stage stage) {
        return stage.layers().stream().allMatch(Layer.Flatten.class::isInstance);
    }
}
