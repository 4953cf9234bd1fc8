package dev.graft.engine;

import dev.graft.error.GraftException;
import dev.graft.error.InstallationException;
import dev.graft.error.Problem;
import dev.graft.error.Reason;
import dev.graft.error.StorageException;
import dev.graft.storage.AtomicFiles;
import dev.graft.weights.InputFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the native libraries of the class path where the engine and the tokenisers' binding load them from, whole or not at
 * all, and checks what an earlier process put there. Both would load whatever lies there, and a library that was cut short ends
 * the process. Safe for use by several threads and processes.
 */
public final class NativeLibraries {
    private static final Logger LOGGER = LoggerFactory.getLogger(NativeLibraries.class);
    private static final String CHECKED = "graft-checked.txt";
    private static final long MIB = 1L << 20;
    private static final String GROUP = "ai.djl.pytorch";

    private NativeLibraries() {}

    /** As the engine and the binding look for resources. */
    static ClassLoader loader() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return loader == null ? NativeLibraries.class.getClassLoader() : loader;
    }

    /**
     * Prepares the library of the tokenisers, which is needed before the first one is made.
     *
     * @throws InstallationException if the class path has none for this platform
     * @throws StorageException if it cannot be unpacked, or other users could have written it
     */
    public static synchronized void prepareTokenizers() {
        if (isSet("RUST_LIBRARY_PATH")) {
            return;
        }
        try {
            NativePlatform platform = NativePlatform.current();
            String version = properties("native/lib/tokenizers.properties").getProperty("version", "");
            List<String> names = platform.isWindows()
                    ? List.of("libwinpthread-1.dll", "libgcc_s_seh-1.dll", "libstdc++-6.dll", "tokenizers.dll")
                    : List.of(System.mapLibraryName("tokenizers"));
            List<NativeFile> files = new ArrayList<>();
            for (String name : names) {
                files.add(required(
                        "native/lib/" + platform.classifier() + "/cpu/" + name,
                        name,
                        "ai.djl.huggingface:tokenizers:" + version.replaceFirst(".*-", "")));
            }
            provide("tokenizers/" + version + "-cpu-" + platform.classifier(), files);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * Prepares those of the engine.
     *
     * @throws InstallationException if the class path has none for this platform
     * @throws StorageException if they cannot be unpacked, or other users could have written them
     */
    static synchronized void prepareEngine() {
        if (isSet("PYTORCH_LIBRARY_PATH") || isSet("PYTORCH_VERSION")) {
            return;
        }
        try {
            NativePlatform platform = NativePlatform.current();
            Properties engine = properties("pytorch-engine.properties");
            String version = engine.getProperty("pytorch_version", "");
            String api = engine.getProperty("djl_version", "");
            Properties library = library(platform, version);
            String flavor = library.getProperty("flavor", "");
            if (!flavor.startsWith("cpu")) {
                // One for graphics processors, which the engine unpacks itself.
                LibraryDirectory.current().tellEngine();
                return;
            }
            List<NativeFile> files = new ArrayList<>();
            for (String name : library.getProperty("libraries", "").split(",", -1)) {
                files.add(required(
                        "pytorch/" + flavor + "/" + platform.classifier() + "/" + name,
                        name,
                        artifact(platform, version)));
            }
            String binding = System.mapLibraryName("djl_torch");
            String bindingArtifact = GROUP + ":pytorch-jni:" + version + "-" + api;
            requireVersion(version + "-" + api, bindingArtifact);
            files.add(required(
                    "jnilib/" + platform.classifier() + "/" + flavor + "/" + binding,
                    api + "-" + binding,
                    bindingArtifact));
            // Other programs take the directory for complete when this one is there.
            String last = System.mapLibraryName("torch");
            files.sort(Comparator.comparing(file -> file.name().equals(last)));
            provide("pytorch/" + library.getProperty("version") + "-" + flavor + "-" + platform.classifier(), files);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** What the class path says of the engine's library for a platform. */
    private static Properties library(NativePlatform platform, String version) throws IOException {
        List<String> others = new ArrayList<>();
        Properties chosen = null;
        for (URL url : Collections.list(loader().getResources("native/lib/pytorch.properties"))) {
            Properties one = properties(url);
            String classifier = one.getProperty("classifier", "");
            if (!classifier.equals(platform.classifier())) {
                others.add("one for " + (classifier.isEmpty() ? "no platform" : classifier));
            } else if (chosen == null || one.getProperty("flavor", "").startsWith("cpu")) {
                chosen = one;
            }
        }
        if (chosen == null) {
            throw missing(
                    "The tensor engine's native library for this platform is not on the class path.",
                    artifact(platform, version),
                    others.isEmpty() ? "none" : String.join(", ", others));
        }
        return chosen;
    }

    private static String artifact(NativePlatform platform, String version) {
        return GROUP + ":pytorch-native-cpu:" + version + " with the classifier " + platform.classifier();
    }

    private static void requireVersion(String version, String artifact) throws IOException {
        URL url = loader().getResource("jnilib/pytorch.properties");
        String found = url == null ? "none" : properties(url).getProperty("jni_version", "");
        if (!found.startsWith(version)) {
            throw missing("The native library that binds Java to the tensor engine does not fit.", artifact, found);
        }
    }

    private static NativeFile required(String resource, String name, String artifact) throws IOException {
        NativeFile file = NativeFile.find(resource, name);
        if (file == null) {
            throw missing("A native library for this platform is not on the class path.", artifact, "no " + resource);
        }
        return file;
    }

    private static InstallationException missing(String what, String artifact, String found) {
        return new InstallationException(Problem.of(what)
                .expected("the artifact " + artifact)
                .found(found)
                .fix("add the artifact to the program's dependencies, in the scope runtime"));
    }

    private static Properties properties(String resource) throws IOException {
        URL url = loader().getResource(resource);
        return url == null ? new Properties() : properties(url);
    }

    private static Properties properties(URL url) throws IOException {
        Properties properties = new Properties();
        try (InputStream content = url.openStream()) {
            properties.load(content);
        }
        return properties;
    }

    private static boolean isSet(String name) {
        String value = System.getenv(name) == null ? System.getProperty(name) : System.getenv(name);
        return value != null && !value.isEmpty();
    }

    private static InstallationException unreadable(IOException e) {
        return new InstallationException(
                Problem.of("A native library on the class path cannot be read.")
                        .found(Reason.of(e))
                        .fix("see whether the jars on the class path are whole"),
                e);
    }

    private static void provide(String name, List<NativeFile> files) {
        LibraryDirectory cache = LibraryDirectory.current();
        provide(cache, cache.resolve(name), files);
        cache.tellEngine();
    }

    /** Lets a directory hold some files, whole, in their order; what is there already is kept if it is right. */
    static void provide(LibraryDirectory cache, Path directory, List<NativeFile> files) {
        cache.requirePrivate(directory);
        try {
            if (isChecked(directory, files)) {
                return;
            }
            List<NativeFile> missing = new ArrayList<>();
            for (NativeFile file : files) {
                if (!file.isWhole(directory)) {
                    missing.add(file);
                }
            }
            if (missing.isEmpty()) {
                remember(directory.resolve(CHECKED), state(directory, files));
            } else {
                unpack(cache, directory, missing);
            }
        } catch (IOException e) {
            throw refused(cache, files, e);
        }
    }

    /**
     * Whether all files are there and their contents were compared since somebody last wrote to them, which takes some tenths of
     * a second.
     */
    private static boolean isChecked(Path directory, List<NativeFile> files) throws IOException {
        for (NativeFile file : files) {
            if (!file.isComplete(directory)) {
                return false;
            }
        }
        Path checked = directory.resolve(CHECKED);
        return Files.isRegularFile(checked) && InputFiles.readString(checked).equals(state(directory, files));
    }

    private static String state(Path directory, List<NativeFile> files) throws IOException {
        StringBuilder all = new StringBuilder();
        for (NativeFile file : files) {
            all.append(file.state(directory)).append('\n');
        }
        return all.toString();
    }

    private static void remember(Path checked, String state) {
        try {
            AtomicFiles.write(checked, state.getBytes(StandardCharsets.UTF_8));
        } catch (GraftException e) {
            LOGGER.debug("what was checked is not remembered, so it is checked again next time", e);
        }
    }

    private static void unpack(LibraryDirectory cache, Path directory, List<NativeFile> files) {
        long needed = bytes(files);
        if (cache.usableBytes() < needed) {
            throw refused(cache, files, null);
        }
        for (NativeFile file : files) {
            if (Files.exists(directory.resolve(file.name()))) {
                LOGGER.warn("{} is not whole: unpacking it again", directory.resolve(file.name()));
            }
        }
        LOGGER.info("unpacking native libraries of {} MiB to {}", needed / MIB, directory);
        try {
            for (NativeFile file : files) {
                AtomicFiles.stream(directory.resolve(file.name()), file::unpack);
            }
        } catch (StorageException e) {
            throw refused(cache, files, e);
        }
    }

    private static long bytes(List<NativeFile> files) {
        return files.stream().mapToLong(file -> Math.max(0, file.bytes())).sum();
    }

    private static StorageException refused(LibraryDirectory cache, List<NativeFile> files, @Nullable Exception cause) {
        long free = cache.usableBytes() / MIB;
        Problem problem = Problem.of("The native libraries cannot be unpacked.")
                .where(cache.path())
                .expected("a directory that can be written, with " + (bytes(files) / MIB + 1) + " MiB of free space")
                .found((cause == null ? "" : Reason.of(cause) + "; ") + free + " MiB free")
                .fix("free some space there or let it be written, or " + LibraryDirectory.anotherDirectory());
        return cause == null ? new StorageException(problem) : new StorageException(problem, cause);
    }
}
