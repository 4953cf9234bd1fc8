package dev.graft.preparation;

import dev.graft.data.LabeledTexts;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.storage.Digests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A text as how often it has the words, and pairs of neighbouring words, that the training texts had: what was done before
 * there were pretrained networks, and what they have to beat. A count c weighs (1 + ln c) times the term's inverse document
 * frequency ln((1 + texts) / (1 + texts with it)) + 1, and the vector has length 1 (Salton and Buckley 1988; Manning et al.
 * 2008, chapter 6). A text without any known word is a vector of zeros. Immutable, safe for use by several threads.
 */
public final class BagOfWords implements TextPreparation {
    // A row as it enters a network is dense: 128 KiB.
    private static final int MOST_TERMS = 32_768;

    private final List<String> terms;
    private final double[] weights;
    private final Map<String, Integer> places = new HashMap<>();
    private final String digest;

    /**
     * One text.
     *
     * @param places the terms it has, ascending
     * @param values what they weigh
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Counts(int[] places, float[] values) {}

    private BagOfWords(List<String> terms, double[] weights) {
        this.terms = List.copyOf(terms);
        this.weights = weights;
        for (int i = 0; i < terms.size(); i++) {
            places.put(terms.get(i), i);
        }
        this.digest = digest();
    }

    /**
     * The terms of training texts; of more than 32,768 those that most texts have.
     *
     * @throws DataException if no text has a word
     */
    public static BagOfWords of(LabeledTexts train) {
        Map<String, Integer> frequencies = new TreeMap<>();
        for (int i = 0; i < train.size(); i++) {
            new HashSet<>(termsOf(train.text(i))).forEach(term -> frequencies.merge(term, 1, Integer::sum));
        }
        if (frequencies.isEmpty()) {
            throw new DataException(Problem.of("No training text has a word.")
                    .where(train.name())
                    .expected("letters, digits or symbols")
                    .found(train.size() + " texts without any")
                    .fix("give texts with words, or another column"));
        }
        Map<String, Double> kept = new HashMap<>();
        frequencies.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_TERMS)
                .forEach(one -> kept.put(one.getKey(), Math.log((1.0 + train.size()) / (1 + one.getValue())) + 1));
        return of(kept);
    }

    /**
     * Makes a bag of words from terms that were weighted before, such as those of a bundle.
     *
     * @param weights each term's inverse document frequency
     * @throws SettingsException if there is no term, or too many, or a weight is no positive number
     */
    public static BagOfWords of(Map<String, Double> weights) {
        boolean usable = weights.values().stream().allMatch(weight -> Double.isFinite(weight) && weight > 0);
        if (weights.isEmpty() || weights.size() > MOST_TERMS || !usable) {
            throw new SettingsException(Problem.of("A bag of words has terms that make no sense.")
                    .expected("1 to " + MOST_TERMS + " terms, each with a positive weight")
                    .found(weights.size() + " terms" + (usable ? "" : ", some with other weights")));
        }
        TreeMap<String, Double> ordered = new TreeMap<>(weights);
        return new BagOfWords(
                new ArrayList<>(ordered.keySet()),
                ordered.values().stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** Words, and pairs of neighbours with a space between. */
    private static List<String> termsOf(String text) {
        List<String> words = Words.of(text);
        List<String> all = new ArrayList<>(words);
        for (int i = 1; i < words.size(); i++) {
            all.add(words.get(i - 1) + " " + words.get(i));
        }
        return all;
    }

    /** Counts one text's terms. */
    public Counts counts(String text) {
        TreeMap<Integer, Integer> found = new TreeMap<>();
        for (String term : termsOf(text)) {
            Integer place = places.get(term);
            if (place != null) {
                found.merge(place, 1, Integer::sum);
            }
        }
        int[] at = new int[found.size()];
        double[] values = new double[at.length];
        int next = 0;
        double squares = 0;
        for (Map.Entry<Integer, Integer> one : found.entrySet()) {
            at[next] = one.getKey();
            values[next] = (1 + Math.log(one.getValue())) * weights[one.getKey()];
            squares += values[next] * values[next];
            next++;
        }
        float[] unit = new float[at.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (values[i] / Math.sqrt(squares));
        }
        return new Counts(at, unit);
    }

    /** Each term with its inverse document frequency, in the order of the vector. */
    public Map<String, Double> weights() {
        Map<String, Double> all = new TreeMap<>();
        places.forEach((term, place) -> all.put(term, weights[place]));
        return all;
    }

    /** The number of terms. */
    public int width() {
        return terms.size();
    }

    @Override
    public List<Integer> axes() {
        return List.of(width());
    }

    private String digest() {
        MessageDigest sha256 = Digests.sha256();
        for (int i = 0; i < terms.size(); i++) {
            sha256.update((terms.get(i) + "\t" + weights[i] + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return Digests.hex(sha256);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BagOfWords that && digest.equals(that.digest);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    @Override
    public String toString() {
        return "bag of " + width() + " words and pairs " + digest;
    }

    @Override
    public String fingerprint() {
        return "BagOfWords[" + digest + "]";
    }
}
