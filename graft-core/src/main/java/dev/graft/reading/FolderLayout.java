package dev.graft.reading;

/** What the folders of labelled images stand for. */
public enum FolderLayout {
    /** What their names and contents say; what could be meant in two ways is refused. The default. */
    AUTO,
    /** Each folder at the top is a class, whatever it is called, with all that lies inside it at any depth. */
    CLASSES,
    /** The folders at the top are a training, validation and test part, with classes inside; other folders are left out. */
    PARTS,
    /** Each folder that images lie in is a class, called by its own name alone; below parts, if there are any. */
    INNERMOST
}
