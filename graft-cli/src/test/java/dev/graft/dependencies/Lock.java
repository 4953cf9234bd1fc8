package dev.graft.dependencies;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The lock as it is written down, and as the build would have it. */
final class Lock {
    static final Path FILE = Path.of("dependencies.lock");

    /** What Maven resolved for the command, and the jars themselves. */
    private static final Path LISTED = Path.of("target", "dependencies.txt");

    private static final Path JARS = Path.of("target", "lib");

    /** Such as {@code ai.djl.pytorch:pytorch-native-cpu:jar:linux-x86_64:2.7.1:compile}; the rest tells the module's name. */
    private static final Pattern RESOLVED =
            Pattern.compile("\\s+([^:\\s]+):([^:]+):jar:(?:([^:]+):)?([^:]+):(?:compile|runtime)\\b.*");

    private Lock() {}

    static List<LockedLibrary> written() throws IOException {
        try (Stream<String> lines = Files.lines(FILE)) {
            return lines.filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(LockedLibrary::parse)
                    .toList();
        }
    }

    /** Every library of the command but our own modules. */
    static List<LockedLibrary> built() throws IOException {
        try (Stream<String> lines = Files.lines(LISTED)) {
            return lines.map(RESOLVED::matcher)
                    .filter(Matcher::matches)
                    .filter(line -> !line.group(1).equals("dev.graft"))
                    .map(Lock::library)
                    .sorted((one, other) -> one.toString().compareTo(other.toString()))
                    .toList();
        }
    }

    private static LockedLibrary library(Matcher line) {
        String classifier = line.group(3) == null ? "" : line.group(3);
        LockedLibrary unsigned = new LockedLibrary(line.group(1), line.group(2), line.group(4), classifier, "");
        return new LockedLibrary(
                line.group(1), line.group(2), line.group(4), classifier, sha256(JARS.resolve(unsigned.fileName())));
    }

    private static String sha256(Path jar) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
