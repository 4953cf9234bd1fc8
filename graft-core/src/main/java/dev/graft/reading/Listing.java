package dev.graft.reading;

import java.util.List;

/**
 * The account of a folder or manifest: {@code used + rejected = listed}.
 *
 * @param listed files in class folders, or rows of a manifest
 * @param rejected rows without a path or a label
 * @param ignored hidden files, {@code Thumbs.db} and the like, and files beside the class folders; they are not listed
 * @param warnings what is odd, in sentences
 */
public record Listing(int listed, int rejected, int ignored, List<String> warnings) {
    /** Copies the list. */
    public Listing {
        warnings = List.copyOf(warnings);
    }

    /** The files that became examples. */
    public int used() {
        return listed - rejected;
    }
}
