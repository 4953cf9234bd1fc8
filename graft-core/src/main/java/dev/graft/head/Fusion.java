package dev.graft.head;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.layer.GatedFusion;
import dev.graft.layer.Layer;
import dev.graft.layer.Standardization;
import java.util.List;
import java.util.Locale;

/**
 * How the features of a network's branches become one vector: the first layers of what is trained, before the head. Branches
 * differ in scale, so their features are standardised first, by statistics of the training data.
 */
public sealed interface Fusion {
    /** The name in options and results. */
    String name();

    /**
     * The layers that join the branches' vectors, which come one after the other.
     *
     * @param features the lengths of the branches' vectors
     */
    List<Layer> layers(List<Integer> features);

    /** The branches' vectors, one after the other. */
    static Fusion concatenation() {
        return new Concatenation();
    }

    /** Weights for each branch that depend on all branches, with 64 features. */
    static Fusion gated() {
        return new Gated(64);
    }

    /**
     * The fusion of that name, in any case.
     *
     * @throws SettingsException if there is none
     */
    static Fusion named(String name) {
        for (Fusion one : List.of(concatenation(), gated())) {
            if (one.name().equals(name.toLowerCase(Locale.ROOT))) {
                return one;
            }
        }
        throw new SettingsException(Problem.of("There is no fusion '" + name + "'.")
                .expected("concatenation or gated")
                .found(name));
    }

    /** The layer that standardises the joined vectors. */
    static Standardization standardization(List<Integer> features) {
        return new Standardization(
                Head.PREFIX + "scale",
                features.stream().mapToInt(Integer::intValue).sum());
    }

    /** The branches' vectors, one after the other: the head finds out by itself what goes with what. */
    record Concatenation() implements Fusion {
        @Override
        public String name() {
            return "concatenation";
        }

        @Override
        public List<Layer> layers(List<Integer> features) {
            return List.of(standardization(features));
        }
    }

    /**
     * A softmax over the branches for each feature of their projections, its scores computed from all branches: a
     * {@link GatedFusion}, after Arevalo et al. 2017. With it even a linear head can tell classes that no branch tells alone.
     *
     * @param width the features of the result
     */
    record Gated(int width) implements Fusion {
        /**
         * Checks the range.
         *
         * @throws SettingsException if the width is below 1
         */
        public Gated {
            if (width < 1) {
                throw new SettingsException(
                        Problem.of("A gated fusion needs at least one feature.").found(width));
            }
        }

        @Override
        public String name() {
            return "gated";
        }

        @Override
        public List<Layer> layers(List<Integer> features) {
            return List.of(standardization(features), new GatedFusion(Head.PREFIX + "fusion", features, width));
        }
    }
}
