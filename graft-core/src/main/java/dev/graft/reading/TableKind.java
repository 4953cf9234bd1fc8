package dev.graft.reading;

/** What the rows of a table are, by the columns that are learned from. */
public enum TableKind {
    /** A list of image files with labels. */
    IMAGES,
    /** Texts with labels. */
    TEXTS,
    /** Items with labels, of other parts than one picture or one text. */
    ITEMS
}
