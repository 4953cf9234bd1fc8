package dev.graft.prediction;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The words of a text, and of scripts without spaces between words the characters. */
final class TextWords {
    private TextWords() {}

    /**
     * A word.
     *
     * @param start where it begins in the text, in Java's characters
     * @param end where it ends, that character left out
     */
    record Place(int start, int end) {}

    /** The words in order: what holds a letter or a digit. */
    static List<Place> of(String text) {
        BreakIterator words = BreakIterator.getWordInstance(Locale.ROOT);
        words.setText(text);
        List<Place> found = new ArrayList<>();
        int start = words.first();
        for (int end = words.next(); end != BreakIterator.DONE; end = words.next()) {
            add(found, text, start, end);
            start = end;
        }
        return found;
    }

    private static void add(List<Place> found, String text, int start, int end) {
        int from = start;
        for (int i = start; i < end; ) {
            int point = text.codePointAt(i);
            int next = i + Character.charCount(point);
            if (Character.isIdeographic(point)) {
                addWord(found, text, from, i);
                found.add(new Place(i, next));
                from = next;
            }
            i = next;
        }
        addWord(found, text, from, end);
    }

    private static void addWord(List<Place> found, String text, int start, int end) {
        if (text.substring(start, end).codePoints().anyMatch(Character::isLetterOrDigit)) {
            found.add(new Place(start, end));
        }
    }

    /** The text without some of it. */
    static String without(String text, Place word) {
        return text.substring(0, word.start()) + text.substring(word.end());
    }
}
