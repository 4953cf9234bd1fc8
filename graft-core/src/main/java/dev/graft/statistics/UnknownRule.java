package dev.graft.statistics;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells examples of the classes from anything else by how far their features are from those of the classes and how unsure the
 * network is of them. Both distances of {@link ClassDistances} and the log-odds of the confidence are measured in units of how
 * they vary among examples of the classes, and added with weights. No example of anything else is needed.
 *
 * @param weights how much distance, relative distance and negative log-odds of the confidence count, not negative; null for those of
 *     rules that do not say: a half, a half and a quarter
 * @param medians of distance, relative distance and negative log-odds of the confidence, among examples of the classes
 * @param scales how far above its median each of them is for one in twenty examples of the classes; positive
 * @param limit the sum above which an example is none of the classes; positive
 */
public record UnknownRule(@Nullable List<Double> weights, List<Double> medians, List<Double> scales, double limit) {
    /** Fewer examples say more about themselves than about the rule. */
    public static final int FEWEST_EXAMPLES = 20;

    private static final int PARTS = 3;
    private static final double UPPER = 0.95;
    private static final double SUREST = 1e-6;

    // The relative distance is better between like pictures, the distance itself where something is unlike everything
    // known.
    private static final List<Double> WEIGHTS = List.of(0.7, 0.3, 0.25);
    private static final List<Double> UNSAID = List.of(0.5, 0.5, 0.25);

    /**
     * Copies the lists and checks them.
     *
     * @throws SettingsException if there are other than three numbers, or one is out of its range
     */
    public UnknownRule {
        weights = weights == null ? UNSAID : List.copyOf(weights);
        medians = List.copyOf(medians);
        scales = List.copyOf(scales);
        boolean right = weights.size() == PARTS
                && medians.size() == PARTS
                && scales.size() == PARTS
                && medians.stream().allMatch(Double::isFinite)
                && scales.stream().allMatch(scale -> scale > 0 && Double.isFinite(scale))
                && weights.stream().allMatch(weight -> weight >= 0 && Double.isFinite(weight))
                && limit > 0
                && Double.isFinite(limit);
        if (!right) {
            throw new SettingsException(Problem.of("A rule for unknown examples is out of range.")
                    .expected(
                            "three weights of at least 0, three medians, three positive scales and a positive limit, all finite")
                    .found("weights " + weights + ", medians " + medians + ", scales " + scales + ", limit " + limit));
        }
    }

    /** How much distance, relative distance and negative log-odds of the confidence count. */
    @Override
    public List<Double> weights() {
        return Objects.requireNonNull(weights);
    }

    /**
     * Chooses a rule that refuses at most a share of some examples of the classes.
     *
     * @param distances of those examples, which were not learned from
     * @param confidences the calibrated probability of the most probable class of each
     * @param allowedShare that share, 0 to below 1
     * @return the rule; null if there are fewer than 20 examples, too few to choose by
     */
    public static @Nullable UnknownRule choose(
            List<ClassDistances.Distance> distances, double[] confidences, double allowedShare) {
        int count = distances.size();
        if (count < FEWEST_EXAMPLES) {
            return null;
        }
        double[][] parts = new double[PARTS][count];
        for (int i = 0; i < count; i++) {
            double[] of = parts(distances.get(i), confidences[i]);
            for (int part = 0; part < PARTS; part++) {
                parts[part][i] = of[part];
            }
        }
        Double[] medians = new Double[PARTS];
        Double[] scales = new Double[PARTS];
        for (int part = 0; part < PARTS; part++) {
            Arrays.sort(parts[part]);
            medians[part] = parts[part][count / 2];
            double above = parts[part][Math.min(count - 1, (int) (UPPER * count))] - medians[part];
            // Where all are alike, anything else is far away.
            scales[part] = Math.max(above, 1e-3 * Math.max(1, Math.abs(medians[part])));
        }
        UnknownRule unlimited = new UnknownRule(WEIGHTS, List.of(medians), List.of(scales), 1);
        double[] scores = new double[count];
        for (int i = 0; i < count; i++) {
            scores[i] = unlimited.score(distances.get(i), confidences[i]);
        }
        Arrays.sort(scores);
        int refused = (int) Math.floor(allowedShare * count + 1e-9);
        // A little above, so that what was accepted here is accepted whatever the rounding of another machine.
        double limit = scores[count - 1 - refused] * (1 + 1e-6) + 1e-6;
        return new UnknownRule(WEIGHTS, List.of(medians), List.of(scales), Math.max(limit, 1e-3));
    }

    /**
     * How unlike the classes an example is, in units of the limit: above 1 it is none of them.
     *
     * @param distance its features' distance to the classes
     * @param confidence the calibrated probability of its most probable class, 0 to 1
     */
    public double score(ClassDistances.Distance distance, double confidence) {
        double[] parts = parts(distance, confidence);
        double sum = 0;
        for (int part = 0; part < PARTS; part++) {
            sum += weights().get(part) * (parts[part] - medians.get(part)) / scales.get(part);
        }
        return sum / limit;
    }

    private static double[] parts(ClassDistances.Distance distance, double confidence) {
        double sure = Math.min(1 - SUREST, Math.max(SUREST, confidence));
        return new double[] {distance.distance(), distance.relative(), Math.log1p(-sure) - Math.log(sure)};
    }
}
