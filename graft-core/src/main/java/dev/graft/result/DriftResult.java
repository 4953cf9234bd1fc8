package dev.graft.result;

import java.util.List;

/**
 * Whether new examples are like those that a network was measured on.
 *
 * @param reference how many held-out examples they were compared with
 * @param examples how many new examples there are
 * @param errorRate how often it is said of inputs that did not move that they did, 0 to 1
 * @param compared what was compared
 */
public record DriftResult(int reference, int examples, double errorRate, List<Compared> compared) {
    /** The name of the squared distance to the nearest class. */
    public static final String DISTANCE = "distance to the nearest class";

    /** The name of the distance to the nearest class relative to that to all examples. */
    public static final String RELATIVE = "relative distance to the nearest class";

    /** The name of the squared distance to all examples together, of networks for several labels or numbers. */
    public static final String DISTANCE_TO_ALL = "distance to the examples learned from";

    /** Copies the list. */
    public DriftResult {
        compared = List.copyOf(compared);
    }

    /** Whether anything moved. */
    public boolean moved() {
        return compared.stream().anyMatch(Compared::moved);
    }

    /**
     * One comparison.
     *
     * @param name of what
     * @param statistic the largest difference between the shares of values up to a point, 0 to 1
     * @param probability of a difference so large if nothing moved, 0 to 1
     * @param moved whether that is below this comparison's share of the error rate
     * @param medianBefore the median of the held-out examples
     * @param medianNow the median of the new ones
     * @param meanBefore the mean of the held-out examples
     * @param meanNow the mean of the new ones
     */
    public record Compared(
            String name,
            double statistic,
            double probability,
            boolean moved,
            double medianBefore,
            double medianNow,
            double meanBefore,
            double meanNow) {
        /** Whether it compares where the features lie; what the network says of them otherwise. */
        public boolean isOfFeatures() {
            return name.equals(DISTANCE) || name.equals(RELATIVE) || name.equals(DISTANCE_TO_ALL);
        }
    }
}
