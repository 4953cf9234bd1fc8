package dev.graft.feature;

import dev.graft.backbone.Architecture;
import dev.graft.error.Problem;
import dev.graft.error.Required;
import dev.graft.error.SettingsException;
import dev.graft.layer.ActivationShape;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Where the backbone ends and the head begins: one stage or several, whose pooled outputs are joined.
 *
 * @param places what is taken, at least one, no place twice; a stage may be pooled in several ways
 */
public record Cut(List<Place> places) {
    /**
     * What is taken of one stage.
     *
     * @param stage the stage's name
     * @param pooling how its output becomes a vector
     */
    public record Place(String stage, Pooling pooling) {
        /** Checks that both are there. */
        public Place {
            Required.setting(stage, "stage of a cut");
            Required.setting(pooling, "pooling of a cut");
        }

        @Override
        public String toString() {
            return pooling == Pooling.NONE ? stage : stage + " (" + pooling.label() + ")";
        }
    }

    /**
     * Copies and checks.
     *
     * @throws SettingsException if there is no place, or one stands there twice
     */
    public Cut {
        places = List.copyOf(places);
        if (places.isEmpty() || places.stream().distinct().count() != places.size()) {
            throw new SettingsException(Problem.of("A cut needs at least one stage, and each only once.")
                    .found(places));
        }
    }

    /** A cut at several stages, their outputs pooled alike and joined. */
    public Cut(List<String> stages, Pooling pooling) {
        this(stages.stream().map(stage -> new Place(stage, pooling)).toList());
    }

    /** A cut at one stage, its output taken whole. */
    public static Cut at(String stage) {
        return new Cut(List.of(new Place(stage, Pooling.NONE)));
    }

    /** A cut at several stages, their outputs pooled and joined. */
    public static Cut pooled(Pooling pooling, String... stages) {
        return new Cut(Arrays.asList(stages), pooling);
    }

    /** All places of several cuts, each once. */
    public static Cut joined(List<Cut> cuts) {
        return new Cut(
                cuts.stream().flatMap(cut -> cut.places().stream()).distinct().toList());
    }

    /** The stages' names, each once. */
    public List<String> stages() {
        return places.stream().map(Place::stage).distinct().toList();
    }

    /** The stages in words, such as {@code conv1+conv2}. */
    public String stageNames() {
        return String.join("+", stages());
    }

    /** Whether all stages are pooled in that way. */
    public boolean isPooledBy(Pooling pooling) {
        return places.stream().allMatch(place -> place.pooling() == pooling);
    }

    /** How the stages are pooled, in words: one label if it is the same for all, else each place's. */
    public String poolingLabel() {
        Pooling first = places.get(0).pooling();
        return isPooledBy(first)
                ? first.label()
                : String.join(", ", places.stream().map(Place::toString).toList());
    }

    /** The stage furthest into the network: the backbone runs through it and no further. */
    public String last(Architecture architecture) {
        return places.stream()
                .map(Place::stage)
                .max(Comparator.comparingInt(architecture::position))
                .orElseThrow();
    }

    /** The places in the network's order, several poolings of a stage in the order of {@link Pooling}. */
    public List<Place> ordered(Architecture architecture) {
        return places.stream()
                .sorted(Comparator.<Place>comparingInt(place -> architecture.position(place.stage()))
                        .thenComparing(Place::pooling))
                .toList();
    }

    /**
     * The number of features that the head receives.
     *
     * @throws SettingsException if the architecture lacks one of the stages
     */
    public int features(Architecture architecture) {
        int sum = 0;
        for (Place place : places) {
            ActivationShape shape = architecture.outputShape(place.stage());
            sum = Math.addExact(sum, place.pooling().features(shape));
        }
        return sum;
    }
}
