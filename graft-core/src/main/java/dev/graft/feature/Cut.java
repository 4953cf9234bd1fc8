package dev.graft.feature;

import dev.graft.backbone.Architecture;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.layer.ActivationShape;
import java.util.Comparator;
import java.util.List;

/**
 * Where the backbone ends and the head begins: one stage or several, whose pooled outputs are joined.
 *
 * @param stages the stages' names, at least one, no name twice
 * @param pooling how each stage's output becomes a vector
 */
public record Cut(List<String> stages, Pooling pooling) {
    /**
     * Copies and checks.
     *
     * @throws SettingsException if there is no stage, or one is named twice
     */
    public Cut {
        stages = List.copyOf(stages);
        if (stages.isEmpty() || stages.stream().distinct().count() != stages.size()) {
            throw new SettingsException(Problem.of("A cut needs at least one stage, and each only once.")
                    .found(stages));
        }
    }

    /** A cut at one stage, its output taken whole. */
    public static Cut at(String stage) {
        return new Cut(List.of(stage), Pooling.NONE);
    }

    /** A cut at several stages, their outputs pooled and joined. */
    public static Cut pooled(Pooling pooling, String... stages) {
        return new Cut(List.of(stages), pooling);
    }

    /** The stages in words, such as {@code conv1+conv2}. */
    public String stageNames() {
        return String.join("+", stages);
    }

    /** The stage furthest into the network: the backbone runs through it and no further. */
    public String last(Architecture architecture) {
        return stages.stream()
                .max(Comparator.comparingInt(architecture::position))
                .orElseThrow();
    }

    /** The stages in the network's order. */
    public List<String> ordered(Architecture architecture) {
        return stages.stream()
                .sorted(Comparator.comparingInt(architecture::position))
                .toList();
    }

    /**
     * The number of features that the head receives.
     *
     * @throws SettingsException if the architecture lacks one of the stages
     */
    public int features(Architecture architecture) {
        int sum = 0;
        for (String stage : stages) {
            ActivationShape shape = architecture.outputShape(stage);
            sum = Math.addExact(sum, pooling.features(shape));
        }
        return sum;
    }
}
