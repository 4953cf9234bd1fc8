package dev.graft.image;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is odd about images that can be used, collected over many files and told in one line for each kind. Not safe for use
 * by several threads.
 */
public final class ImageWarnings {
    private final Map<String, Kind> kinds = new LinkedHashMap<>();
    private int files;

    private record Kind(Path first, int count) {}

    /** Adds a file and the {@linkplain DecodedImage#warnings warnings} about it, of which most have none. */
    public void add(Path file, List<String> warnings) {
        files++;
        for (String warning : warnings) {
            kinds.merge(warning, new Kind(file, 1), (known, one) -> new Kind(known.first(), known.count() + 1));
        }
    }

    /** One line for each kind, in the order in which they came: how many files there are of it, and the first. */
    public List<String> lines() {
        return lines(files);
    }

    /**
     * The lines of files of which those without a warning were not added.
     *
     * @param listed how many files there are
     */
    public List<String> lines(int listed) {
        List<String> lines = new ArrayList<>();
        kinds.forEach((warning, kind) -> lines.add(
                kind.count() == 1
                        ? kind.first() + ": " + warning
                        : kind.count() + " of " + listed + " images: " + warning + " (the first: " + kind.first()
                                + ")"));
        return lines;
    }
}
