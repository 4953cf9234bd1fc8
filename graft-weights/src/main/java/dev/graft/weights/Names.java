package dev.graft.weights;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Names that come from files: shown safely, checked, and compared to find what the reader meant. */
final class Names {
    private static final int SHOWN = 120;
    private static final int COMPARED_NAMES = 5_000;
    private static final int COMPARED_CHARACTERS = 200;

    private Names() {}

    /** The name in quotes, shortened, without anything that a terminal would act on. */
    static String quote(String name) {
        return quote(name, SHOWN);
    }

    /** The path or display name in quotes, whole, without anything that a terminal would act on. */
    static String quoteFile(Object file) {
        return quote(file.toString(), Integer.MAX_VALUE);
    }

    private static String quote(String name, int most) {
        StringBuilder text = new StringBuilder("'");
        int end = Math.min(name.length(), most);
        for (int i = 0; i < end; i++) {
            char c = name.charAt(i);
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        return text.append(end < name.length() ? "…'" : "'").toString();
    }

    /** Whether the text has a UTF-8 form: no half of a surrogate pair stands alone. */
    static boolean wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    /** Up to three of the names, the most similar to the wanted one first. */
    static List<String> nearest(String wanted, Collection<String> names) {
        record Candidate(String name, int distance) {}
        return names.stream()
                .limit(COMPARED_NAMES)
                .map(name -> new Candidate(name, distance(clip(wanted), clip(name))))
                .sorted(Comparator.comparingInt(Candidate::distance))
                .limit(3)
                .map(Candidate::name)
                .collect(Collectors.toList());
    }

    private static String clip(String text) {
        return text.substring(0, Math.min(text.length(), COMPARED_CHARACTERS));
    }

    /** Levenshtein's edit distance. */
    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int substituted = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[right.length()];
    }
}
