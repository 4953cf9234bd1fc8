package dev.graft.cli;

import dev.graft.error.Problem;
import dev.graft.error.Reason;
import dev.graft.error.SettingsException;
import dev.graft.error.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The directory that a command writes to, checked and made before any work begins. */
final class OutputDirectory {
    private OutputDirectory() {}

    /**
     * Makes the directory, and those above it, unless it is there. Never deletes anything: with {@code overwrite}, the
     * command writes over the files that it makes, and leaves others alone.
     *
     * @param overwrite whether the directory may hold something already
     * @return the directory, absolute
     * @throws SettingsException if it is a file, or holds something and {@code overwrite} is not set
     * @throws StorageException if it cannot be made, read or written
     */
    static Path prepare(Path directory, boolean overwrite) {
        Path absolute = check(directory, overwrite);
        make(absolute);
        return absolute;
    }

    /**
     * Checks the directory as {@link #prepare} does, and makes nothing: for what can still fail before there is anything
     * to write.
     *
     * @return the directory, absolute
     * @throws SettingsException if it is a file, or holds something and {@code overwrite} is not set
     * @throws StorageException if it cannot be read
     */
    static Path check(Path directory, boolean overwrite) {
        Path absolute = directory.toAbsolutePath().normalize();
        if (Files.exists(absolute, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(absolute)) {
            throw new SettingsException(Problem.of("The output directory is something else.")
                    .where(absolute)
                    .expected("a directory, or nothing yet")
                    .found(Files.isRegularFile(absolute) ? "a file" : "neither a file nor a directory")
                    .fix("give another directory to --out"));
        }
        if (!overwrite && Files.exists(absolute)) {
            refuseContent(absolute);
        }
        return absolute;
    }

    private static void make(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new StorageException(
                    Problem.of("The output directory cannot be made.")
                            .where(directory)
                            .found(reason(e))
                            .fix("give a directory to --out that you may write to"),
                    e);
        }
        if (!Files.isWritable(directory)) {
            throw new StorageException(Problem.of("The output directory cannot be written to.")
                    .where(directory)
                    .fix("change its permissions, or give another directory to --out"));
        }
    }

    private static void refuseContent(Path directory) {
        List<Path> content;
        try (Stream<Path> entries = Files.list(directory)) {
            content = entries.limit(2).toList();
        } catch (IOException e) {
            throw new StorageException(
                    Problem.of("The output directory cannot be read.")
                            .where(directory)
                            .found(reason(e))
                            .fix("change its permissions, or give another directory to --out"),
                    e);
        }
        if (!content.isEmpty()) {
            throw new SettingsException(Problem.of("The output directory is not empty.")
                    .where(directory)
                    .expected("an empty directory, or none")
                    .found(content.get(0).getFileName() + (content.size() > 1 ? " and more" : ""))
                    .fix("give another directory to --out, or add --overwrite"));
        }
    }

    private static String reason(IOException e) {
        return Reason.of(e);
    }
}
