package dev.graft.reading;

import java.util.List;

/**
 * The account of a folder or table: {@code used + rejected = listed}.
 *
 * @param listed files in class folders, or rows of a table
 * @param rejected rows that lack what cannot be missing, or whose picture cannot be decoded
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
