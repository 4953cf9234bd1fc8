package dev.graft.engine;

import dev.graft.error.InstallationException;
import dev.graft.error.Problem;
import java.util.List;
import java.util.Locale;

/**
 * An operating system and a processor, as the classifiers of native libraries name them.
 *
 * @param classifier such as {@code linux-x86_64}
 */
record NativePlatform(String classifier) {
    private static final List<String> SUPPORTED = List.of("linux-x86_64", "linux-aarch64", "osx-aarch64", "win-x86_64");

    /**
     * The platform of some names that Java gives.
     *
     * @param system the property {@code os.name}
     * @param processor the property {@code os.arch}
     * @throws InstallationException if the engine has no native library for it
     */
    static NativePlatform of(String system, String processor) {
        String lower = system.toLowerCase(Locale.ROOT);
        String prefix = lower.startsWith("win") ? "win" : lower.startsWith("mac") ? "osx" : lower;
        String architecture = processor.equals("amd64") ? "x86_64" : processor;
        String classifier = prefix + "-" + architecture;
        if (!SUPPORTED.contains(classifier)) {
            throw new InstallationException(Problem.of("The tensor engine does not run on this platform.")
                    .expected("one of " + String.join(", ", SUPPORTED))
                    .found(system + " on " + processor)
                    .fix("use another machine, or a Java for another processor if this one runs its programs too"));
        }
        return new NativePlatform(classifier);
    }

    /** That of this process. */
    static NativePlatform current() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    boolean isWindows() {
        return classifier.startsWith("win");
    }
}
