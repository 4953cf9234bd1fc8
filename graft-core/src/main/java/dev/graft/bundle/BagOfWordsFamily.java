package dev.graft.bundle;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Tabular;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.error.WeightsFileException;
import dev.graft.preparation.BagOfWords;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Heads on counted words, whose terms a bundle keeps as {@code terms.tsv}: one in a line, a tab, and what it weighs. Found as
 * a service, not for use by hand.
 */
public final class BagOfWordsFamily implements NetworkFamily {
    static final String TERMS = "terms.tsv";

    /** For {@link java.util.ServiceLoader}. */
    public BagOfWordsFamily() {}

    @Override
    public String name() {
        return "bag-of-words";
    }

    @Override
    public Optional<Description> describe(Architecture architecture) {
        if (!(architecture.preparation() instanceof BagOfWords words)
                || !Tabular.architecture(architecture.id(), words).equals(architecture)) {
            return Optional.empty();
        }
        StringBuilder lines = new StringBuilder();
        words.weights()
                .forEach((term, weight) ->
                        lines.append(term).append('\t').append(weight).append('\n'));
        return Optional.of(new Description(
                Map.of("terms", words.width()), Map.of(TERMS, lines.toString().getBytes(StandardCharsets.UTF_8))));
    }

    @Override
    public Architecture build(String id, Description description, String where) {
        byte[] content = description.files().get(TERMS);
        if (content == null) {
            throw malformed(
                    where, TERMS + " among its files", description.files().keySet(), null);
        }
        String[] lines = text(content, where).split("\n", -1);
        Map<String, Double> weights = new LinkedHashMap<>();
        // What follows the last line's end is empty.
        for (int i = 0; i < lines.length - 1; i++) {
            int tab = lines[i].lastIndexOf('\t');
            if (tab < 0 || weights.put(lines[i].substring(0, tab), weight(lines[i].substring(tab + 1))) != null) {
                throw malformed(
                        where + ", " + TERMS + " line " + (i + 1), "a new term, a tab, a number", lines[i], null);
            }
        }
        if (!Integer.valueOf(weights.size()).equals(description.settings().get("terms"))) {
            throw malformed(where, description.settings().get("terms") + " terms", weights.size(), null);
        }
        try {
            return Tabular.architecture(id, BagOfWords.of(weights));
        } catch (SettingsException e) {
            throw malformed(where + ", " + TERMS, "terms with positive weights", e.getMessage(), e);
        }
    }

    /** What is no number is found when the weights are checked. */
    private static double weight(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static String text(byte[] content, String where) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed(where + ", " + TERMS, "UTF-8", e, e);
        }
    }

    private static WeightsFileException malformed(
            String where, String expected, @Nullable Object found, @Nullable Exception cause) {
        Problem problem = Problem.of("A bundle's bag of words cannot be read.")
                .where(where)
                .expected(expected)
                .found(String.valueOf(found))
                .fix("restore the file, or write the bundle again");
        return cause == null ? new WeightsFileException(problem) : new WeightsFileException(problem, cause);
    }
}
