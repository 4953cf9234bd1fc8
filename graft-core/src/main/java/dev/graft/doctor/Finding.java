package dev.graft.doctor;

import java.util.List;

/**
 * One thing that the doctor found.
 *
 * @param severity how bad it is
 * @param kind what it is
 * @param message what it means here, in a sentence without a full stop
 * @param files the files concerned, in order; none if it concerns no file in particular
 */
public record Finding(Severity severity, Kind kind, String message, List<String> files) {
    /** Copies the list. */
    public Finding {
        files = List.copyOf(files);
    }

    /** How bad a finding is. */
    public enum Severity {
        /** Results would be wrong, or there would be none: mend it first. */
        ERROR,
        /** Results may suffer, or look better than they are. */
        WARNING,
        /** Good to know. */
        NOTE
    }

    /** What can be found. */
    public enum Kind {
        /** Not an image, damaged, truncated or too large. */
        UNREADABLE,
        /** A picture that is in two parts of the data: the test measures memory. */
        LEAKING_COPY,
        /** A picture that is in two classes: one label is wrong. */
        CONTRADICTING_COPY,
        /** A picture that is twice in one class and part. */
        REPEATED_COPY,
        /** A picture that is almost one in another part of the data. */
        LEAKING_LIKENESS,
        /** A picture that is almost one in another class. */
        CONTRADICTING_LIKENESS,
        /** A picture that is almost another one in its class and part. */
        REPEATED_LIKENESS,
        /** Class sizes, rows and files that were passed over: as the data's own listing has it. */
        LISTING,
        /** A class with very few images to learn from. */
        SMALL_CLASS,
        /** A class without an image in a part. */
        ABSENT_CLASS,
        /** A name that says another format than the content, or something that is left out or converted. */
        ODD_FILE,
        /** Far smaller than the others, or very long and thin. */
        ODD_SIZE,
        /** Grey pictures among coloured ones. */
        GREY_AMONG_COLOR,
        /** A camera's orientation, which Graft applies and other programs may not. */
        TURNED
    }
}
