package dev.graft.bundle;

import dev.graft.error.Problem;
import dev.graft.error.WeightsFileException;
import dev.graft.storage.FileRecord;
import dev.graft.storage.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was recorded of a bundle's files when they were written. Everything that prediction reads is compared with it before it is
 * used: a network whose labels were swapped, or whose tokeniser is another, answers without complaint and wrongly.
 */
final class BundleRecord {
    private static final Logger LOG = LoggerFactory.getLogger(BundleRecord.class);
    private static final int DEEPEST = 2;

    private final Path directory;
    private final @Nullable Manifest manifest;

    private BundleRecord(Path directory, @Nullable Manifest manifest) {
        this.directory = directory;
        this.manifest = manifest;
    }

    /**
     * Compares a bundle's files with their record, but for its weights, whose content is compared when they are read.
     * Bundles of releases before there was a record have none, and are only said to be unverified.
     *
     * @param config the name of the file that describes the network
     * @param weights the name of the file of weights
     * @throws WeightsFileException if a file is missing, or is not what was written
     */
    static BundleRecord verified(Path directory, String config, String weights) {
        Optional<Manifest> manifest = Manifest.read(directory);
        BundleRecord record = new BundleRecord(directory, manifest.orElse(null));
        if (manifest.isEmpty()) {
            LOG.warn(
                    "{} has no {}, as bundles of older versions: whether anything but its weights was changed cannot be told.",
                    directory,
                    Manifest.FILE);
            return record;
        }
        try {
            record.requireListed(config, manifest.get());
            record.requireListed(weights, manifest.get());
            for (Map.Entry<String, FileRecord> file : manifest.get().files().entrySet()) {
                if (!file.getKey().equals(weights)) {
                    record.compare(file.getKey(), file.getValue());
                }
            }
            record.nameAdded(manifest.get());
        } catch (IOException e) {
            throw Bundle.unreadable(directory, e);
        }
        return record;
    }

    private void requireListed(String name, Manifest written) {
        if (!written.files().containsKey(name)) {
            throw new WeightsFileException(Problem.of("A bundle's record does not name one of its files.")
                    .where(directory.resolve(Manifest.FILE))
                    .expected(name + " among the files")
                    .found(String.join(", ", written.files().keySet()))
                    .fix("restore the files, or write the bundle again"));
        }
    }

    private void compare(String name, FileRecord written) throws IOException {
        Path file = directory.resolve(name).normalize();
        if (!file.startsWith(directory.normalize())) {
            throw changed(file, "A bundle's record names a file that cannot be part of it.", written, name);
        }
        boolean forPeople = name.equals(Bundle.CARD);
        if (!Files.isRegularFile(file)) {
            if (forPeople) {
                LOG.info("{} is no longer there; nothing that predicts needs it.", file);
                return;
            }
            throw changed(file, "A bundle lacks a file that was written with it.", written, "no such file");
        }
        FileRecord found = Files.size(file) == written.bytes() ? FileRecord.of(file) : null;
        if (written.equals(found)) {
            return;
        }
        if (forPeople) {
            LOG.info("{} was edited after it was written; nothing that predicts reads it.", file);
            return;
        }
        throw changed(
                file,
                "A bundle's file changed after it was written.",
                written,
                found == null ? Files.size(file) + " bytes" : described(found));
    }

    /** What lies there besides is not read, and may be somebody's notes. */
    private void nameAdded(Manifest manifest) throws IOException {
        TreeSet<String> added = new TreeSet<>();
        try (Stream<Path> all = Files.walk(directory, DEEPEST)) {
            all.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> !name.startsWith(".") && !name.contains("/."))
                    .filter(name ->
                            !name.equals(Manifest.FILE) && !manifest.files().containsKey(name))
                    .forEach(added::add);
        }
        if (!added.isEmpty()) {
            LOG.warn("{} holds what was not written with it, and is not read: {}", directory, String.join(", ", added));
        }
    }

    /**
     * Makes sure that the weights that the config names are those that were written.
     *
     * @param sha256 their digest as the config says it
     * @throws WeightsFileException if they are others
     */
    void requireWeights(String name, String sha256) {
        FileRecord written = manifest == null ? null : manifest.files().get(name);
        if (written != null && !written.sha256().equals(sha256)) {
            throw new WeightsFileException(Problem.of("A bundle's record names other weights than its config.json.")
                    .where(directory.resolve(name))
                    .expected("SHA-256 " + written.sha256())
                    .found("SHA-256 " + sha256)
                    .fix("restore the files, or write the bundle again"));
        }
    }

    private static WeightsFileException changed(Path file, String what, FileRecord written, String found) {
        return new WeightsFileException(Problem.of(what)
                .where(file)
                .expected(described(written))
                .found(found)
                .fix("restore the file, or write the bundle again"));
    }

    private static String described(FileRecord record) {
        return "SHA-256 " + record.sha256() + ", " + record.bytes() + " bytes";
    }
}
