package dev.graft.result;

import java.util.List;

/**
 * Which labels of some data are likely wrong.
 *
 * @param data the data's name
 * @param examples how many examples were reviewed
 * @param classes the classes' names
 * @param backbone the source model whose features were used
 * @param cuts where the features were taken, the best first
 * @param heads the heads that predicted, in the same order
 * @param accuracy the share of the examples whose label is the class that heads predict which did not see it
 * @param flagged how many labels are likely wrong by the thresholds of confident learning, an estimate of how many are
 * @param unchecked classes with a single example, of whose labels nothing can be said
 * @param suspects the labels to look at, the most suspicious first; not more than were asked for
 */
public record LabelReview(
        String data,
        int examples,
        List<String> classes,
        String backbone,
        List<String> cuts,
        List<String> heads,
        double accuracy,
        int flagged,
        List<String> unchecked,
        List<Suspect> suspects) {
    /** Copies the lists. */
    public LabelReview {
        classes = List.copyOf(classes);
        cuts = List.copyOf(cuts);
        heads = List.copyOf(heads);
        unchecked = List.copyOf(unchecked);
        suspects = List.copyOf(suspects);
    }

    /**
     * An example whose label another class explains better.
     *
     * @param index its place in the data
     * @param example its file, or its text
     * @param given its label
     * @param likelier the most probable other class
     * @param givenProbability the held-out probability of its label, by which suspects are ordered
     * @param likelierProbability that of the other class
     * @param flagged whether it is among those that are likely wrong, and not only doubtful
     * @param neighbors the nearest examples of the likelier class
     */
    public record Suspect(
            int index,
            String example,
            String given,
            String likelier,
            double givenProbability,
            double likelierProbability,
            boolean flagged,
            List<NeighborResult> neighbors) {
        /** Copies the list. */
        public Suspect {
            neighbors = List.copyOf(neighbors);
        }
    }
}
