package dev.graft.engine;

import dev.graft.error.Problem;
import dev.graft.error.Reason;
import dev.graft.error.StorageException;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where native libraries are unpacked to and loaded from. Whoever can write there can run code in this process, so what others
 * may have written is refused.
 *
 * @param path the directory
 * @param chosen whether the user named it, and so trusts whoever owns it
 */
record LibraryDirectory(Path path, boolean chosen) {
    private static final int WRITTEN_BY_OTHERS = 0002;
    private static final int ONLY_OWNERS_RENAME = 01000;
    private static final String NAME = "DJL_CACHE_DIR";

    /**
     * That of this process: {@code ENGINE_CACHE_DIR}, {@code DJL_CACHE_DIR}, each an environment variable or a system property,
     * else {@code .djl.ai} in the home directory. A user without one gets a directory in that for temporary files, which must be
     * nobody else's.
     */
    static LibraryDirectory current() {
        for (String name : new String[] {"ENGINE_CACHE_DIR", NAME}) {
            String value = System.getenv(name) == null ? System.getProperty(name) : System.getenv(name);
            if (value != null && !value.isEmpty()) {
                return new LibraryDirectory(Path.of(value).toAbsolutePath(), true);
            }
        }
        if (Files.isWritable(home())) {
            return new LibraryDirectory(home().resolve(".djl.ai"), false);
        }
        Path temporary = Path.of(System.getProperty("java.io.tmpdir", "")).toAbsolutePath();
        return new LibraryDirectory(temporary.resolve(".djl.ai-" + System.getProperty("user.name", "")), false);
    }

    /** Lets the engine use it too, which would choose one that others can write where there is no home directory. */
    void tellEngine() {
        if (chosen) {
            return;
        }
        System.setProperty(NAME, path.toString());
        if (!path.startsWith(home()) && System.getProperty("jna.tmpdir") == null) {
            // What unpacks a library of its own would choose one that others can write too.
            System.setProperty("jna.tmpdir", path.toString());
        }
    }

    private static Path home() {
        return Path.of(System.getProperty("user.home", "")).toAbsolutePath();
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /** Bytes that can still be written there; the most possible if the system does not say. */
    long usableBytes() {
        try {
            FileStore store = Files.getFileStore(existing(path));
            return store.getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }

    private static Path existing(Path path) {
        Path place = path;
        while (!Files.exists(place) && place.getParent() != null) {
            place = place.getParent();
        }
        return place;
    }

    /**
     * Refuses files that others may have written, and directories in which they could exchange them.
     *
     * @param libraries the directory of some libraries, in this one; it need not exist
     * @throws StorageException if others can write there, or own it
     */
    void requirePrivate(Path libraries) {
        try {
            for (Path above = path.getParent(); above != null; above = above.getParent()) {
                if (Files.exists(above)) {
                    requireUnexchanged(above);
                }
            }
            @Nullable Set<Integer> trusted = chosen && !isShared(path) ? null : trusted();
            for (Path place = libraries; place != null && place.startsWith(path); place = place.getParent()) {
                if (Files.exists(place)) {
                    requirePrivate(place, trusted);
                }
            }
            if (Files.isDirectory(libraries)) {
                try (Stream<Path> files = Files.list(libraries)) {
                    for (Path file : files.toList()) {
                        requirePrivate(file, trusted);
                    }
                }
            }
        } catch (IOException e) {
            throw new StorageException(
                    Problem.of("The directory of the native libraries cannot be read.")
                            .where(path)
                            .found(Reason.of(e))
                            .fix(anotherDirectory()),
                    e);
        }
    }

    private void requirePrivate(Path place, @Nullable Set<Integer> trusted) throws IOException {
        boolean root = place.equals(path) && isShared(path);
        if (!root && attribute(place, "mode") instanceof Integer mode && (mode & WRITTEN_BY_OTHERS) != 0) {
            throw refused(place, "every user can write there", "chmod -R o-w '" + path + "', or " + anotherDirectory());
        }
        if (trusted != null && attribute(place, "uid") instanceof Integer owner && !trusted.contains(owner)) {
            throw refused(place, "it belongs to the user of number " + owner, anotherDirectory());
        }
    }

    /** Whether everybody can make files there, and only their owners rename them, as among temporary files. */
    private static boolean isShared(Path place) throws IOException {
        return Files.exists(place)
                && attribute(place, "mode") instanceof Integer mode
                && (mode & WRITTEN_BY_OTHERS) != 0
                && (mode & ONLY_OWNERS_RENAME) != 0;
    }

    /** Where everybody can rename what is in a directory, everybody can put something else in its place. */
    private void requireUnexchanged(Path above) throws IOException {
        if (attribute(above, "mode") instanceof Integer mode
                && (mode & WRITTEN_BY_OTHERS) != 0
                && (mode & ONLY_OWNERS_RENAME) == 0) {
            throw refused(above, "every user can write there, and rename what others wrote", anotherDirectory());
        }
    }

    private static StorageException refused(Path place, String found, String fix) {
        return new StorageException(
                Problem.of("Native libraries are not loaded from where other users could have put them.")
                        .where(place)
                        .expected("a directory that only this user, or the system's, can write")
                        .found(found)
                        .fix(fix));
    }

    /** What every message of this kind ends in. */
    static String anotherDirectory() {
        return "let the environment variable or system property " + NAME + " name another directory";
    }

    /** The users who may own native libraries: the system's, this one, and the owner of its home directory. */
    private static Set<Integer> trusted() throws IOException {
        Set<Integer> users = new HashSet<>(Set.of(0));
        for (String place : new String[] {"/proc/self", System.getProperty("user.home", "")}) {
            if (Files.exists(Path.of(place)) && attribute(Path.of(place), "uid") instanceof Integer user) {
                users.add(user);
            }
        }
        return users;
    }

    /** Of a Unix file system; null elsewhere, where directories of users are private anyway. */
    private static @Nullable Object attribute(Path place, String name) throws IOException {
        return place.getFileSystem().supportedFileAttributeViews().contains("unix")
                ? Files.getAttribute(place, "unix:" + name)
                : null;
    }
}
