package dev.graft.image;

/**
 * What a folder of images may hold.
 *
 * @param allowEmptyClasses whether a class folder may hold no image
 * @param allowLinksOutside whether a symbolic link may lead out of the folder
 */
public record FolderRules(boolean allowEmptyClasses, boolean allowLinksOutside) {
    /** Neither: an empty class is mostly a mistake, and a link may lead to what was never meant as data. */
    public static FolderRules defaults() {
        return new FolderRules(false, false);
    }

    /** The same with another rule for empty classes. */
    public FolderRules withEmptyClasses(boolean allowed) {
        return new FolderRules(allowed, allowLinksOutside);
    }

    /** The same with another rule for links. */
    public FolderRules withLinksOutside(boolean allowed) {
        return new FolderRules(allowEmptyClasses, allowed);
    }
}
