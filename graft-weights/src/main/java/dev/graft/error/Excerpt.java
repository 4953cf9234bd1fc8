package dev.graft.error;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Texts and lists that come from files, as short as a message needs: nobody reads a file in an error message. */
public final class Excerpt {
    private static final int CHARACTERS = 60;
    private static final int ITEMS = 20;
    private static final int LINE = 2_000;
    private static final int LINES = 60;

    private Excerpt() {}

    /** The beginning of a text, in one line of at most 60 characters. */
    public static String of(String text) {
        String line = text.replaceAll("[\\p{Cc}\\s]+", " ").strip();
        return line.codePointCount(0, line.length()) <= CHARACTERS
                ? line
                : line.substring(0, line.offsetByCodePoints(0, CHARACTERS - 1)) + "…";
    }

    /** The first 20 texts, each shortened, and how many more there are. */
    public static String list(Collection<String> texts) {
        String shown = texts.stream().limit(ITEMS).map(Excerpt::of).collect(Collectors.joining(", "));
        return texts.size() <= ITEMS ? shown : shown + " and " + (texts.size() - ITEMS) + " more";
    }

    /** The first 60 lines of a text, none longer than 2000 characters: what a message may hold at the most. */
    static String lines(String text) {
        if (text.length() <= LINE) {
            return text;
        }
        List<String> lines = text.lines().toList();
        String shown = lines.stream()
                .limit(LINES)
                .map(line -> line.length() <= LINE ? line : line.substring(0, LINE - 1) + "…")
                .collect(Collectors.joining("\n"));
        return lines.size() <= LINES ? shown : shown + "\n… and " + (lines.size() - LINES) + " more lines";
    }
}
