package dev.graft.layer;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.util.ArrayList;
import java.util.List;

/**
 * Joins the features of several branches by weights that depend on all of them: each branch's vector is projected to
 * {@code tanh(V x + b)}, and each element of the result is the mean of the branches' projections under a softmax of learned
 * scores {@code G [x1; x2; …] + c}. For two branches this is the gated multimodal unit of Arevalo et al. 2017 (arXiv
 * 1702.01992, section 3.1), whose gates z and 1 - z are the softmax of two scores; for more, the softmax keeps the weights'
 * sum at 1, where that paper has independent gates.
 *
 * @param name prefix of its tensors' names: for branch {@code i} {@code name.value.i.weight}, (width, features), and
 *     {@code name.gate.i.weight}, (width, all features), with their {@code bias}
 * @param features the lengths of the branches' vectors, which its input holds one after the other; at least two
 * @param width length of the output
 */
public record GatedFusion(String name, List<Integer> features, int width) implements Layer {
    private static final int MOST_BRANCHES = 1000;

    /**
     * Copies the list and checks the ranges.
     *
     * @throws SettingsException if there are fewer than two branches or more than a thousand, a length is below 1, or all lengths
     *     together are more than Java counts
     */
    public GatedFusion {
        features = List.copyOf(features);
        boolean counts = features.size() >= 2 && features.size() <= MOST_BRANCHES && width >= 1;
        if (!counts
                || features.stream().anyMatch(length -> length < 1)
                || features.stream().mapToLong(Integer::longValue).sum() > Integer.MAX_VALUE) {
            throw new SettingsException(Problem.of("A gated fusion needs two branches or more, with features.")
                    .where(name)
                    .expected("2 to " + MOST_BRANCHES + " branches of at least 1 feature, at most " + Integer.MAX_VALUE
                            + " together, and a width of at least 1")
                    .found(features.size() + " branches, width " + width));
        }
    }

    /** The projection of one branch. */
    public Layer.Linear value(int branch) {
        return new Layer.Linear(name + ".value." + branch, features.get(branch), width);
    }

    /** The scores of one branch. */
    public Layer.Linear gate(int branch) {
        return new Layer.Linear(name + ".gate." + branch, inFeatures(), width);
    }

    private int inFeatures() {
        return features.stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public String describe() {
        return "gated fusion " + width;
    }

    @Override
    public ActivationShape outputShape(ActivationShape input) {
        if (!input.equals(ActivationShape.vector(inFeatures()))) {
            throw new SettingsException(Problem.of("A layer does not fit its input.")
                    .where(name)
                    .expected(ActivationShape.vector(inFeatures()))
                    .found(input));
        }
        return ActivationShape.vector(width);
    }

    @Override
    public List<ParameterSpec> parameters() {
        List<ParameterSpec> all = new ArrayList<>();
        for (int i = 0; i < features.size(); i++) {
            all.addAll(value(i).parameters());
            all.addAll(gate(i).parameters());
        }
        return all;
    }
}
