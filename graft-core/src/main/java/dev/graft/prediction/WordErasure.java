package dev.graft.prediction;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Leaves out the words of a text one by one, and sees what a network says then. */
final class WordErasure {
    private static final int MOST_WORDS = 256;
    // Nearer to 0 and 1 single precision tells little.
    private static final double SUREST = 1e-6;

    private final List<String> classNames;
    private final boolean numbers;
    private final Function<List<String>, float[][]> network;

    /**
     * On a network.
     *
     * @param numbers whether it tells numbers instead of probabilities
     * @param network gives the calibrated probabilities of texts, (texts, classes), or their numbers
     */
    WordErasure(List<String> classNames, boolean numbers, Function<List<String>, float[][]> network) {
        this.numbers = numbers;
        this.classNames = classNames;
        this.network = network;
    }

    /**
     * What the words weigh.
     *
     * @param className the class; null for the most probable one
     */
    TextEvidence of(String text, @Nullable String className) {
        List<TextWords.Place> words = TextWords.of(text);
        List<TextWords.Place> some = words.subList(0, Math.min(MOST_WORDS, words.size()));
        List<String> texts = new ArrayList<>(List.of(text));
        some.forEach(word -> texts.add(TextWords.without(text, word)));
        float[][] probabilities = network.apply(texts);
        int label = className == null ? largest(probabilities[0]) : classNames.indexOf(className);
        double whole = weighed(probabilities[0][label]);
        List<TextEvidence.Word> weighed = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            TextWords.Place word = some.get(i);
            weighed.add(new TextEvidence.Word(
                    text.substring(word.start(), word.end()),
                    word.start(),
                    whole - weighed(probabilities[i + 1][label])));
        }
        return new TextEvidence(classNames.get(label), probabilities[0][label], weighed, words.size() - some.size());
    }

    private double weighed(double answer) {
        return numbers ? answer : logOdds(answer);
    }

    private static double logOdds(double probability) {
        double inside = Math.min(1 - SUREST, Math.max(SUREST, probability));
        return Math.log(inside) - Math.log1p(-inside);
    }

    private static int largest(float[] row) {
        int best = 0;
        for (int k = 1; k < row.length; k++) {
            best = row[k] > row[best] ? k : best;
        }
        return best;
    }
}
