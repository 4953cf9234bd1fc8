package dev.graft.benchmark.budget;

import dev.graft.benchmark.NamedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The training pictures of CIFAR-10, of {@code $GRAFT_DATA}, as files. */
public final class Cifar10 {
    private Cifar10() {}

    /**
     * Unpacks the pictures, unless they are there.
     *
     * @param work an existing directory
     * @return the directory that holds the folder {@code train}
     * @throws IOException if they cannot be written
     */
    public static Path unpacked(Path work) throws IOException {
        Path pictures = work.resolve("cifar10");
        if (Files.exists(pictures.resolve("train"))) {
            return pictures;
        }
        Path archive = NamedData.folder("cifar10").resolve("cifar10-jpg.tar.gz");
        Files.createDirectories(pictures);
        Process tar = new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", pictures.toString(), "train")
                .inheritIO()
                .start();
        try {
            if (tar.waitFor() != 0) {
                throw new IllegalStateException("tar cannot unpack " + archive);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return pictures;
    }
}
