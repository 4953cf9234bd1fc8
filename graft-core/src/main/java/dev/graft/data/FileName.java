package dev.graft.data;

import dev.graft.error.DataException;
import dev.graft.error.Problem;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Names of files as text. On most systems a name is any bytes, and Java reads them in the encoding of the locale; a name
 * that is no text there can be listed, but what is shown of it is not its name, and opens nothing. Thread-safe.
 */
public final class FileName {
    private FileName() {}

    /** The encoding in which Java reads names of files. */
    public static Charset encoding() {
        String name = System.getProperty("sun.jnu.encoding");
        return name != null && Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
    }

    /** Whether the last name of a path is text in that encoding, so that the text names the same file. */
    public static boolean isText(Path path) {
        Path name = path.getFileName();
        if (name == null) {
            return true;
        }
        try {
            return path.getFileSystem().getPath(name.toString()).equals(name);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /**
     * Refuses a name that is no text.
     *
     * @throws DataException if it is none
     */
    public static void requireText(Path path) {
        if (!isText(path)) {
            throw new DataException(Problem.of("The name of a file is no text in the encoding of this system.")
                    .where(path.toAbsolutePath().getParent())
                    .expected("names in " + encoding().name() + ", which the locale says")
                    .found(path.getFileName())
                    .fix(
                            encoding().newEncoder().canEncode('猫')
                                    ? "rename it, or start Java in the locale that the name was made in"
                                    : "start Java in a locale with UTF-8, such as LC_ALL=C.UTF-8"));
        }
    }
}
