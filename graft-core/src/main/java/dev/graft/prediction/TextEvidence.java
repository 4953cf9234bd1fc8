package dev.graft.prediction;

import java.util.Comparator;
import java.util.List;

/**
 * Which words of a text carried what a network says of it: each is left out in turn (leave-one-out, Li, Monroe and Jurafsky,
 * "Understanding Neural Networks through Representation Erasure", 2016, arXiv 1612.08220).
 *
 * @param className the class, label or number
 * @param probability its calibrated probability for the whole text, 0 to 1; of a number the number itself
 * @param words the words that the network reads, in order
 * @param passedOver how many more words there were, of which nothing is known
 */
public record TextEvidence(String className, double probability, List<Word> words, int passedOver) {
    /** Copies the list. */
    public TextEvidence {
        words = List.copyOf(words);
    }

    /**
     * A word; of scripts without spaces between words a character.
     *
     * @param text the word
     * @param start where it begins in the text, in Java's characters
     * @param weight by how much the log-odds of the class fall without it, in nats: negative if it speaks against the class; of a number by how
     *     much that falls, in its own unit
     */
    public record Word(String text, int start, double weight) {}

    /** The words that matter most, for the class or against it, the weightiest first. */
    public List<Word> weightiest(int most) {
        return words.stream()
                .sorted(Comparator.comparingDouble((Word word) -> -Math.abs(word.weight()))
                        .thenComparingInt(Word::start))
                .limit(most)
                .toList();
    }
}
