package dev.graft.reading;

import dev.graft.error.DataException;
import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Paths as people and programs write them: relative to a folder, with the backslashes of Windows, as {@code file:} addresses,
 * from {@code ~} on, with blanks at the end. What had to be changed is counted.
 */
public final class WrittenPaths {
    private final Path folder;
    private final Map<Change, Integer> counts = new EnumMap<>(Change.class);
    private final Map<Change, String> firsts = new EnumMap<>(Change.class);

    /** What was changed of a path. */
    private enum Change {
        SLASHES("written with backslashes, which are read as slashes"),
        ADDRESS("file: addresses, which are read as paths"),
        HOME("written from ~ on, which is read as the home directory");

        private final String words;

        Change(String words) {
            this.words = words;
        }
    }

    /** Paths that are relative to a folder. */
    public WrittenPaths(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads a path.
     *
     * @param written as it was written; blanks around it are left out
     * @param place where, for messages
     * @return it as this system writes it; relative if it was
     * @throws DataException if it is none on this system: a web address, a drive of Windows, a character that is not allowed
     */
    public String read(String written, String place) {
        String text = written.strip();
        if (text.isEmpty()) {
            throw impossible(place, "nothing", "no path", "name a file");
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.matches("[a-z][a-z0-9+.-]+://.*") && !lower.startsWith("file:")) {
            throw impossible(place, text, "a web address", "download the files, and name their paths");
        }
        String read = changed(text, lower, place);
        try {
            return Path.of(read).toString();
        } catch (InvalidPathException e) {
            throw new DataException(
                    Problem.of("A path is impossible on this system.")
                            .where(place)
                            .expected("a path relative to " + folder)
                            .found(e)
                            .fix("correct the path"),
                    e);
        }
    }

    private String changed(String text, String lower, String place) {
        if (lower.startsWith("file:/")) {
            count(Change.ADDRESS, place);
            return address(text);
        }
        if ((text.equals("~") || text.startsWith("~/") || text.startsWith("~\\")) && !exists(text)) {
            count(Change.HOME, place);
            String rest = text.substring(Math.min(2, text.length())).replace('\\', File.separatorChar);
            return Path.of(System.getProperty("user.home"), rest).toString();
        }
        if (File.separatorChar == '\\' || text.indexOf('\\') < 0 || exists(text)) {
            return text;
        }
        if (lower.matches("[a-z]:\\\\.*") || text.startsWith("\\\\")) {
            throw impossible(
                    place,
                    text,
                    "a path with a drive or server of Windows, which this system has not",
                    "write the path relative to " + folder);
        }
        count(Change.SLASHES, place);
        return text.replace('\\', '/');
    }

    private boolean exists(String text) {
        try {
            return Files.exists(folder.resolve(text));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** The path of an address, also of one with blanks or other characters that an address should not have. */
    private static String address(String text) {
        try {
            return Path.of(URI.create(text)).toString();
        } catch (IllegalArgumentException e) {
            return text.replaceFirst("(?i)^file:/+", "/");
        }
    }

    private void count(Change change, String place) {
        counts.merge(change, 1, Integer::sum);
        firsts.putIfAbsent(change, place);
    }

    /** What was changed, a sentence for each kind of change. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        counts.forEach((change, count) -> notes.add(count + (count == 1 ? " path is " : " paths are ") + change.words
                + ", the first at " + Objects.requireNonNull(firsts.get(change))));
        return notes;
    }

    private static DataException impossible(String place, String text, String found, String fix) {
        return new DataException(Problem.of("A path leads to no file on this system.")
                .where(place)
                .expected("the path of a file")
                .found(found + ": " + Excerpt.of(text))
                .fix(fix));
    }
}
