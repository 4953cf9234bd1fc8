package dev.graft.data;

/** What a column of items holds. */
public enum ColumnKind {
    /** Pictures. */
    IMAGE,
    /** Texts. */
    TEXT,
    /** Numbers, some of which may be missing. */
    NUMBER,
    /** Names out of a few, some of which may be missing. */
    CATEGORY
}
