package dev.graft.storage;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.error.StorageException;
import dev.graft.error.VisibleText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps what is written away from what is read. */
public final class OutputPlace {
    private OutputPlace() {}

    /**
     * Checks that an output does not lie in an input, is not the input, and does not hold it, by whatever names and links
     * either is reached. Makes and deletes nothing.
     *
     * @param output the file or directory to be written, which need not exist
     * @param input the file or directory to be read; one that does not exist is apart from everything
     * @param what names the input for the message, such as "the data"
     * @throws SettingsException if they are not apart
     * @throws StorageException if one of them cannot be looked at
     */
    public static void requireApart(Path output, Path input, String what) {
        try {
            if (!Files.exists(input)) {
                return;
            }
            Path in = input.toRealPath();
            Path out = real(output.toAbsolutePath().normalize());
            if (same(out, in)) {
                throw refusal("The output would replace " + what + ".", output, input);
            }
            if (hasAncestor(out, in)) {
                throw refusal("The output would lie in " + what + ".", output, input);
            }
            if (hasAncestor(in, out)) {
                throw refusal("The output would hold " + what + ".", output, input);
            }
        } catch (IOException e) {
            throw AtomicFiles.unreadable(output, e);
        }
    }

    private static SettingsException refusal(String what, Path output, Path input) {
        return new SettingsException(Problem.of(what)
                .where(output.toAbsolutePath())
                .expected("a place apart from "
                        + VisibleText.line(input.toAbsolutePath().toString()))
                .fix("choose another place for the output"));
    }

    /** The path without links, as far as it exists. */
    private static Path real(Path absolute) throws IOException {
        if (Files.exists(absolute)) {
            return absolute.toRealPath();
        }
        if (Files.isSymbolicLink(absolute)) {
            Path target =
                    absolute.resolveSibling(Files.readSymbolicLink(absolute)).normalize();
            return Files.isSymbolicLink(target) ? target : real(target);
        }
        Path parent = absolute.getParent();
        return parent == null ? absolute : real(parent).resolve(absolute.getFileName());
    }

    /** One place may have several names even without links, where it is mounted twice. */
    private static boolean same(Path one, Path other) throws IOException {
        return one.equals(other) || (Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other));
    }

    private static boolean hasAncestor(Path path, Path ancestor) throws IOException {
        for (Path above = path.getParent(); above != null; above = above.getParent()) {
            if (same(above, ancestor)) {
                return true;
            }
        }
        return false;
    }
}
