package dev.graft.storage;

import dev.graft.error.Problem;
import dev.graft.error.Reason;
import dev.graft.error.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Graft wrote into a directory: the mark by which it knows what is its own, and by which a reader knows whether the
 * files are as they were written. It lies in the directory as {@code graft.json}.
 *
 * @param format the version of this record's form
 * @param kind what the directory is
 * @param complete whether the work that writes into the directory has come to its end
 * @param files what each file held when it was written, by its path in the directory, with {@code /} between folders;
 *     directories inside that have a record of their own are not in it
 * @param pending the files that were about to be written and may be there or not, by their paths
 */
public record Manifest(int format, Kind kind, boolean complete, Map<String, FileRecord> files, Set<String> pending) {
    /** The file's name. */
    public static final String FILE = "graft.json";

    private static final int FORMAT = 1;
    private static final long LARGEST_BYTES = 16L << 20;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Kinds of directories. */
    public enum Kind {
        /** A training with its checkpoints, its results and, inside, what it trained. */
        RUN,
        /** A trained network, or a source model. */
        BUNDLE,
        /** Adapters and a head, without the backbone. */
        ADAPTERS,
        /** A network for other programs. */
        EXPORT,
        /** A state of a run to go on from. */
        CHECKPOINT,
        /** Pictures that show where networks looked. */
        HEAT_MAPS,
        /** Not a directory of its own: files beside others. */
        FILES
    }

    /**
     * Sorts and copies; no list counts as an empty one.
     *
     * @throws IllegalArgumentException if what a file held is missing
     */
    public Manifest {
        files = Collections.unmodifiableMap(new TreeMap<>(files == null ? Map.of() : files));
        if (files.containsValue(null)) {
            throw new IllegalArgumentException("a file without its length and digest");
        }
        pending = Collections.unmodifiableSet(new TreeSet<>(pending == null ? Set.of() : pending));
    }

    /** The record of a directory with all its files. */
    static Manifest of(Kind kind, Map<String, FileRecord> files) {
        return new Manifest(FORMAT, kind, true, files, Set.of());
    }

    /** The record of a directory that nothing was written into yet. */
    static Manifest begun(Kind kind) {
        return new Manifest(FORMAT, kind, false, Map.of(), Set.of());
    }

    /** Whether a path in the directory is one that Graft wrote, or was about to. */
    boolean lists(String path) {
        return files.containsKey(path) || pending.contains(path);
    }

    /** Whether something in the folder of that path is listed. */
    boolean listsBelow(String folder) {
        String prefix = folder + "/";
        return files.keySet().stream().anyMatch(path -> path.startsWith(prefix))
                || pending.stream().anyMatch(path -> path.startsWith(prefix));
    }

    Manifest completed(boolean value) {
        return new Manifest(format, kind, value, files, pending);
    }

    Manifest with(Map<String, FileRecord> written, Set<String> stillPending) {
        return new Manifest(format, kind, complete, written, stillPending);
    }

    /**
     * The record of a directory.
     *
     * @return empty if it has none
     * @throws StorageException if it is damaged, cannot be read, or is of a newer version
     */
    public static Optional<Manifest> read(Path directory) {
        return readFile(directory.resolve(FILE));
    }

    static Optional<Manifest> readFile(Path file) {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_BYTES) {
                throw damaged(file, "neither a file of a few kilobytes nor nothing", null);
            }
            Manifest manifest = JSON.readValue(Files.readAllBytes(file), Manifest.class);
            if (manifest == null || manifest.kind() == null || manifest.format() < 1 || manifest.format() > FORMAT) {
                throw damaged(file, manifest == null ? "null" : "format " + manifest.format(), null);
            }
            return Optional.of(manifest);
        } catch (IOException | JacksonException e) {
            throw damaged(file, Reason.of(e), e);
        }
    }

    byte[] toBytes() {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    }

    private static StorageException damaged(Path file, @Nullable String found, @Nullable Exception cause) {
        Problem problem = Problem.of("The record of what Graft wrote into a directory cannot be read.")
                .where(file)
                .expected("JSON as this version of Graft writes it, format " + FORMAT)
                .found(found)
                .fix("restore the file, or use the version of Graft that wrote it");
        return cause == null ? new StorageException(problem) : new StorageException(problem, cause);
    }
}
