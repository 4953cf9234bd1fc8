package dev.graft.model;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.feature.Cut;
import dev.graft.layer.ActivationShape;
import dev.graft.statistics.ClassDistances;
import dev.graft.statistics.ClassDistances.Distance;
import dev.graft.statistics.ClassStatistics;
import dev.graft.statistics.UnknownRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a network keeps of the examples that it learned from, without the examples: counts, means and one pooled covariance of the
 * features of each class, and what it said of examples that it did not learn from. Unknown examples, sets of classes, new
 * classes and comparisons with new data stand on it. Several labels and numbers make no classes: all examples count as one, and each
 * example's targets, 1 or 0 for a label, stand behind its features, so that the covariance says how they go together.
 *
 * @param cuts where each branch's features are taken, in the branches' order; these need not be those of the head
 * @param statistics of the features, branch after branch, each in the order of its cut
 * @param targets how many of the statistics' columns, the last ones, are targets: one for each label or number, none of classes
 * @param shrinkage of the covariance for linear discriminants of the classes, above 0, at most 1
 * @param temperature what the logits of these discriminants are divided by, positive
 * @param heldOut what the network said of held-out examples; null if there were none
 * @param unknown how unknown examples are told; null if there were too few held-out examples
 */
public record ClassRecord(
        List<Cut> cuts,
        ClassStatistics statistics,
        int targets,
        double shrinkage,
        double temperature,
        @Nullable HeldOut heldOut,
        @Nullable UnknownRule unknown) {
    /** More held-out examples are not kept. */
    public static final int MOST_HELD_OUT = 1000;

    /**
     * Copies the list and checks the ranges.
     *
     * @throws SettingsException if a number is out of its range
     */
    public ClassRecord {
        cuts = List.copyOf(cuts);
        if (!(shrinkage > 0 && shrinkage <= 1) || !(temperature > 0) || Double.isInfinite(temperature)) {
            throw new SettingsException(Problem.of("The discriminants of a record of classes are out of range.")
                    .expected("a shrinkage above 0 and at most 1, and a positive temperature")
                    .found("shrinkage " + shrinkage + ", temperature " + temperature));
        }
        if (targets < 0 || targets >= statistics.width() || (targets > 0 && statistics.classes() != 1)) {
            throw new SettingsException(Problem.of("A record's targets do not fit its statistics.")
                    .expected("0 for classes; else fewer than the statistics' " + statistics.width()
                            + " columns, of all examples together")
                    .found(targets + " targets, " + statistics.classes() + " classes"));
        }
        if (heldOut != null) {
            int answered = targets > 0 ? targets : statistics.classes();
            for (float[] row : heldOut.answers()) {
                if (row.length != answered) {
                    throw new SettingsException(Problem.of("What was kept of held-out examples is of other classes.")
                            .expected(answered + " values for each")
                            .found(row.length));
                }
            }
            HeldOut.KeptFeatures kept = heldOut.kept();
            int size = heldOut.size();
            boolean inside = Arrays.stream(kept.places()).allMatch(place -> place >= 0 && place < size);
            int width = statistics.width() - targets;
            if (!inside || kept.rows().length != (long) kept.places().length * width) {
                throw new SettingsException(Problem.of("What was kept of held-out examples does not fit together.")
                        .expected(width + " features for each, of examples 0 to " + (size - 1))
                        .found(kept.rows().length + " features of the examples " + Arrays.toString(kept.places())));
            }
        }
    }

    /** A record of classes. */
    public ClassRecord(
            List<Cut> cuts,
            ClassStatistics statistics,
            double shrinkage,
            double temperature,
            @Nullable HeldOut heldOut,
            @Nullable UnknownRule unknown) {
        this(cuts, statistics, 0, shrinkage, temperature, heldOut, unknown);
    }

    /** Returns the record with another rule for unknown examples, or none. */
    public ClassRecord withUnknown(@Nullable UnknownRule rule) {
        return new ClassRecord(cuts, statistics, targets, shrinkage, temperature, heldOut, rule);
    }

    /** The number of features. */
    public int features() {
        return statistics.width() - targets;
    }

    /** The widths of the blocks of features that count the same, one for each place of the branches' cuts. */
    public List<Integer> blocks(List<ModelBranch> branches) {
        List<Integer> blocks = new ArrayList<>();
        for (int i = 0; i < branches.size(); i++) {
            ModelBranch branch = branches.get(i);
            for (Cut.Place place : cuts.get(i).ordered(branch.architecture())) {
                ActivationShape shape = branch.architecture().outputShape(place.stage());
                blocks.add(place.pooling().features(shape));
            }
        }
        return blocks;
    }

    /** The distances to the classes, or to all examples where these are no classes. */
    public ClassDistances distances(List<ModelBranch> branches) {
        return ClassDistances.of(statistics, blocks(branches), targets, ClassDistances.SHRINKAGE);
    }

    /**
     * The share of held-out examples that the rule for unknown ones refuses, 0 to 1; NaN without a rule or examples.
     */
    public double refusedShare() {
        if (heldOut == null || unknown == null || heldOut.size() == 0) {
            return Double.NaN;
        }
        double[] confidences = heldOut.confidences();
        List<Distance> distances = heldOut.distances();
        int refused = 0;
        for (int i = 0; i < confidences.length; i++) {
            refused += unknown.score(distances.get(i), confidences[i]) > 1 ? 1 : 0;
        }
        return refused / (double) confidences.length;
    }
}
