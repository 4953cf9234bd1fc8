package dev.graft.reading;

/**
 * What a folder of images may hold, and what its folders stand for.
 *
 * @param allowEmptyClasses whether a class folder may hold no image
 * @param allowLinksOutside whether a symbolic link may lead out of the folder
 * @param layout what the folders stand for
 */
public record FolderRules(boolean allowEmptyClasses, boolean allowLinksOutside, FolderLayout layout) {
    /** Rules for folders whose layout their names and contents tell. */
    public FolderRules(boolean allowEmptyClasses, boolean allowLinksOutside) {
        this(allowEmptyClasses, allowLinksOutside, FolderLayout.AUTO);
    }

    /**
     * No empty class, since it is mostly a mistake; no link to the outside, since it may lead to what was never meant as
     * data; the layout that names and contents tell.
     */
    public static FolderRules defaults() {
        return new FolderRules(false, false);
    }

    /** Other rules for empty classes. */
    public FolderRules withEmptyClasses(boolean allowed) {
        return new FolderRules(allowed, allowLinksOutside, layout);
    }

    /** Other rules for links. */
    public FolderRules withLinksOutside(boolean allowed) {
        return new FolderRules(allowEmptyClasses, allowed, layout);
    }

    /** Another layout. */
    public FolderRules withLayout(FolderLayout meant) {
        return new FolderRules(allowEmptyClasses, allowLinksOutside, meant);
    }
}
