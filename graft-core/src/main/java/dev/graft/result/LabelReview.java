package dev.graft.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is told of some examples and likely wrong: classes, grades, labels or numbers.
 *
 * @param data the data's name
 * @param examples how many examples were reviewed
 * @param told what is told of them
 * @param heads what predicted without having seen them
 * @param flagged how much is likely wrong; of probabilities by the thresholds of confident learning, an estimate of how much is
 * @param conclusion that in a sentence
 * @param notes what else the reader should know, in sentences
 * @param suspects what to look at, the most suspicious first; not more than were asked for
 */
public record LabelReview(
        String data,
        int examples,
        Told told,
        Heads heads,
        int flagged,
        String conclusion,
        List<String> notes,
        List<Suspect> suspects) {
    /** Copies the lists. */
    public LabelReview {
        notes = List.copyOf(notes);
        suspects = List.copyOf(suspects);
    }

    /**
     * What is told of the examples.
     *
     * @param task {@code classification}, {@code multi-label}, {@code regression} or {@code ordinal}
     * @param names of the classes, grades, labels or numbers
     * @param unchecked those of them of which nothing can be said, such as classes with a single example
     */
    public record Told(String task, List<String> names, List<String> unchecked) {
        /** Copies the lists. */
        public Told {
            names = List.copyOf(names);
            unchecked = List.copyOf(unchecked);
        }
    }

    /**
     * The heads that predicted, each without having seen the example.
     *
     * @param backbone the source model whose features were used
     * @param cuts where the features were taken, the best first
     * @param names the heads' names, in the same order
     * @param measure the name of the main measure, such as {@code accuracy}
     * @param score how good they are by it: of classes the share of the examples whose label they predict
     */
    public record Heads(String backbone, List<String> cuts, List<String> names, String measure, double score) {
        /** Copies the lists. */
        public Heads {
            cuts = List.copyOf(cuts);
            names = List.copyOf(names);
        }
    }

    /**
     * An example of which something else is likelier than what is told.
     *
     * @param index its place in the data
     * @param example its file, or its text
     * @param given what is told of it
     * @param likelier what is likelier, all else unchanged: another class, one label more or less, another number
     * @param doubt both in a few words
     * @param evidence by how much
     * @param flagged whether it is among those that are likely wrong, and not only doubtful
     * @param neighbors the nearest examples, as far as possible such of which the likelier is told
     */
    public record Suspect(
            int index,
            String example,
            String given,
            String likelier,
            String doubt,
            Evidence evidence,
            boolean flagged,
            List<NeighborResult> neighbors) {
        /** Copies the list. */
        public Suspect {
            neighbors = List.copyOf(neighbors);
        }
    }

    /**
     * How suspicious an example is.
     *
     * @param givenProbability the held-out probability of what is told, by which suspects are ordered; null of numbers
     * @param likelierProbability that of what is likelier; null of numbers
     * @param deviations how many robust standard deviations a number is from the one expected, by which suspects are ordered; null of
     *     others
     */
    public record Evidence(
            @Nullable Double givenProbability,
            @Nullable Double likelierProbability,
            @Nullable Double deviations) {
        /** Of probabilities. */
        public static Evidence ofProbabilities(double given, double likelier) {
            return new Evidence(given, likelier, null);
        }

        /** Of a number that is so many robust standard deviations from the one expected. */
        public static Evidence ofDeviations(double deviations) {
            return new Evidence(null, null, deviations);
        }
    }
}
