package dev.graft.fuzzing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** First inputs: the files that other modules' tests have, good ones and bad ones, so that a new fixture is a seed at once. */
public final class Seeds {
    private static final int LARGEST_BYTES = 1 << 16;

    private Seeds() {}

    /**
     * The content of the files in and below a folder whose names end so, unpacked where they are gzipped, but for large ones.
     *
     * @param folder relative to the project's root
     * @param endings of the names; none for all files
     */
    public static Stream<byte[]> in(String folder, String... endings) {
        List<byte[]> found;
        try (Stream<Path> files = Files.walk(root().resolve(folder))) {
            found = files.filter(Files::isRegularFile)
                    .filter(file -> endings.length == 0
                            || Arrays.stream(endings)
                                    .anyMatch(ending -> file.toString().endsWith(ending)))
                    .sorted()
                    .map(Seeds::content)
                    .filter(content -> content.length <= LARGEST_BYTES)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (found.isEmpty()) {
            throw new IllegalStateException("no seeds in " + folder);
        }
        return found.stream();
    }

    /** One file of the project. */
    public static byte[] file(String path) {
        return content(root().resolve(path));
    }

    /** Texts as bytes of UTF-8. */
    public static Stream<byte[]> texts(String... texts) {
        return Stream.of(texts).map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] content(Path file) {
        try {
            byte[] content = Files.readAllBytes(file);
            if (!file.toString().endsWith(".gz")) {
                return content;
            }
            try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(content))) {
                return unpacked.readAllBytes();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder of the whole project: tests run in their module's folder, the fuzzer in any below it. */
    private static Path root() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("graft-fuzzing"))) {
                return at;
            }
        }
        throw new IllegalStateException("run this inside the project");
    }
}
