package dev.graft.preparation;

import java.text.BreakIterator;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The words of a text in lower case, in order: what lies between the word boundaries of Unicode Standard Annex 29, as far as
 * it has a letter, a digit or a symbol such as an emoji. Scripts that put no spaces between words give each character as one.
 */
final class Words {
    private static final Set<Character.UnicodeScript> WITHOUT_SPACES = EnumSet.of(
            Character.UnicodeScript.HAN,
            Character.UnicodeScript.HIRAGANA,
            Character.UnicodeScript.KATAKANA,
            Character.UnicodeScript.THAI,
            Character.UnicodeScript.LAO,
            Character.UnicodeScript.KHMER,
            Character.UnicodeScript.MYANMAR);

    private Words() {}

    static List<String> of(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        List<String> words = new ArrayList<>();
        BreakIterator boundaries = BreakIterator.getWordInstance(Locale.ROOT);
        boundaries.setText(plain);
        int from = boundaries.first();
        for (int to = boundaries.next(); to != BreakIterator.DONE; to = boundaries.next()) {
            add(plain.substring(from, to), words);
            from = to;
        }
        return words;
    }

    /** A word, or a run that holds several: characters of scripts without spaces stand for themselves. */
    private static void add(String run, List<String> words) {
        StringBuilder word = new StringBuilder();
        run.codePoints().forEach(point -> {
            if (!WITHOUT_SPACES.contains(Character.UnicodeScript.of(point))) {
                word.appendCodePoint(point);
                return;
            }
            end(word, words);
            words.add(Character.toString(point));
        });
        end(word, words);
    }

    private static void end(StringBuilder word, List<String> words) {
        if (word.codePoints().anyMatch(Words::counts)) {
            words.add(word.toString());
        }
        word.setLength(0);
    }

    private static boolean counts(int point) {
        return Character.isLetterOrDigit(point) || Character.getType(point) == Character.OTHER_SYMBOL;
    }
}
