package dev.graft.spark;

import dev.graft.bundle.Bundle;
import dev.graft.error.StorageException;
import dev.graft.model.TransferModel;
import dev.graft.storage.AtomicFiles;
import dev.graft.storage.Digests;
import dev.graft.storage.TemporaryDirectory;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a bundle in memory, as they travel to executors and to other file systems. Immutable. */
final class NetworkFiles implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String FOLDER = "bundle";

    private final TreeMap<String, byte[]> files;
    private final String digest;

    private NetworkFiles(Map<String, byte[]> files) {
        this.files = new TreeMap<>(files);
        this.digest = digestOf(this.files);
    }

    /** Files as they were read somewhere, by their paths in the bundle, with {@code /} between folders. */
    static NetworkFiles of(Map<String, byte[]> files) {
        return new NetworkFiles(files);
    }

    /** The files that a bundle of the network has. */
    static NetworkFiles of(TransferModel model) {
        try (TemporaryDirectory temporary = new TemporaryDirectory("graft-spark")) {
            Path directory = temporary.path().resolve(FOLDER);
            Bundle.write(directory, model, false);
            return read(directory);
        }
    }

    private static NetworkFiles read(Path directory) {
        TreeMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = directory.relativize(file).toString().replace('\\', '/');
                files.put(name, Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new NetworkFiles(files);
    }

    private static String digestOf(Map<String, byte[]> files) {
        MessageDigest sha = Digests.sha256();
        files.forEach((name, content) -> {
            sha.update((name + '\n' + content.length + '\n').getBytes(StandardCharsets.UTF_8));
            sha.update(content);
        });
        return Digests.hex(sha);
    }

    /** SHA-256 of names and contents. */
    String digest() {
        return digest;
    }

    /** How many bytes they are together. */
    long bytes() {
        return files.values().stream().mapToLong(content -> content.length).sum();
    }

    /** The files by their paths. */
    Map<String, byte[]> files() {
        return Map.copyOf(files);
    }

    /**
     * Reads the network, as strictly as every bundle is read.
     *
     * @throws StorageException if the files cannot be unpacked for that
     * @throws dev.graft.error.WeightsFileException if they are damaged
     */
    TransferModel model() {
        try (TemporaryDirectory temporary = new TemporaryDirectory("graft-spark")) {
            Path directory = temporary.path().resolve(FOLDER);
            files.forEach((name, content) -> AtomicFiles.write(directory.resolve(name), content));
            return Bundle.read(directory);
        }
    }
}
