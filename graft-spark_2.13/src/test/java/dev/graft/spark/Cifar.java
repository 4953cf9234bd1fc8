package dev.graft.spark;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Pictures of CIFAR-10, of {@code $GRAFT_DATA}, as files in a folder for each class. */
final class Cifar {
    private static final int CLASSES = 10;

    private Cifar() {}

    /** The archive. */
    static Path archive() {
        return Path.of(String.valueOf(System.getenv("GRAFT_DATA")), "cifar10", "cifar10-jpg.tar.gz");
    }

    /**
     * Unpacks so many pictures, as many of each class; at most 5,000 of each are training pictures.
     *
     * @return the folder with a folder for each class
     */
    static Path unpack(Path target, int count) throws IOException {
        int[] left = new int[CLASSES];
        Arrays.fill(left, count / CLASSES);
        Map<String, Integer> places = new HashMap<>();
        try (InputStream file = Files.newInputStream(archive());
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new GzipCompressorInputStream(new BufferedInputStream(file)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String[] parts = entry.getName().split("/", -1);
                if (!entry.isFile() || parts.length != 3) {
                    continue;
                }
                int place = places.computeIfAbsent(parts[1], name -> places.size());
                if (left[place] > 0) {
                    left[place]--;
                    Path folder = Files.createDirectories(target.resolve(parts[1]));
                    Files.copy(tar, folder.resolve(parts[0] + "-" + parts[2]));
                }
            }
        }
        return target;
    }
}
