package dev.graft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.graft.error.InstallationException;
import dev.graft.error.StorageException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibrariesTest {
    private static final String ENGINE = "djl_version=0.36.0\npytorch_version=2.7.1\n";
    private static final String HERE = NativePlatform.current().classifier();

    @TempDir
    private Path directory;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @AfterEach
    void restoreClassPath() {
        Thread.currentThread().setContextClassLoader(before);
    }

    @Test
    void unpacksEveryLibraryWhole() throws IOException {
        List<NativeFile> files = files(Map.of("liba.so", "first", "libb.so", "second"));
        NativeLibraries.provide(cache(), target(), files);
        assertThat(target().resolve("liba.so")).hasContent("first");
        assertThat(target().resolve("libb.so")).hasContent("second");
    }

    @Test
    void unpacksAgainWhatWasCutShort() throws IOException {
        List<NativeFile> files = files(Map.of("liba.so", "first", "libb.so", "second"));
        NativeLibraries.provide(cache(), target(), files);
        Files.writeString(target().resolve("libb.so"), "sec");
        NativeLibraries.provide(cache(), target(), files);
        assertThat(target().resolve("libb.so")).hasContent("second");
    }

    @Test
    void unpacksAgainWhatHasTheRightLengthAndOtherContent() throws IOException {
        List<NativeFile> files = files(Map.of("liba.so", "first"));
        NativeLibraries.provide(cache(), target(), files);
        // Compared once, and remembered.
        NativeLibraries.provide(cache(), target(), files);
        Files.write(target().resolve("liba.so"), new byte[5]);
        NativeLibraries.provide(cache(), target(), files);
        assertThat(target().resolve("liba.so")).hasContent("first");
    }

    @Test
    void unpacksAgainWhereALibraryIsMissing() throws IOException {
        List<NativeFile> files = files(Map.of("liba.so", "first", "libb.so", "second"));
        NativeLibraries.provide(cache(), target(), files);
        Files.delete(target().resolve("liba.so"));
        NativeLibraries.provide(cache(), target(), files);
        assertThat(target().resolve("liba.so")).hasContent("first");
    }

    @Test
    void leavesAloneWhatIsWhole() throws IOException {
        List<NativeFile> files = files(Map.of("liba.so", "first"));
        NativeLibraries.provide(cache(), target(), files);
        Object key = Files.getAttribute(target().resolve("liba.so"), "fileKey");
        NativeLibraries.provide(cache(), target(), files);
        NativeLibraries.provide(cache(), target(), files);
        assertThat(Files.getAttribute(target().resolve("liba.so"), "fileKey")).isEqualTo(key);
    }

    @Test
    void saysHowMuchSpaceIsNeededBeforeAnythingIsWritten() throws IOException {
        URL source = files(Map.of("liba.so", "first")).get(0).source();
        List<NativeFile> huge = List.of(new NativeFile("liba.so", source, 1L << 60, -1));
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> NativeLibraries.provide(cache(), target(), huge))
                .withMessageContaining(cache().path().toString())
                .withMessageContaining("1099511627777 MiB of free space")
                .withMessageContaining("MiB free")
                .withMessageContaining("DJL_CACHE_DIR");
        assertThat(target()).doesNotExist();
    }

    @Test
    void refusesADirectoryThatCannotBeMadeAndLeavesNothing() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        LibraryDirectory inFile = new LibraryDirectory(file.resolve("cache"), true);
        List<NativeFile> files = files(Map.of("liba.so", "first"));
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> NativeLibraries.provide(inFile, inFile.resolve("libraries"), files))
                .withMessageContaining("cannot be unpacked")
                .withMessageContaining(inFile.path().toString());
    }

    @Test
    void leavesNothingHalfUnpacked() throws IOException {
        URL missing = new URL("jar:" + directory.resolve("no.jar").toUri() + "!/libb.so");
        List<NativeFile> files = Stream.concat(
                        files(Map.of("liba.so", "first")).stream(), Stream.of(new NativeFile("libb.so", missing, 6, 1)))
                .toList();
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> NativeLibraries.provide(cache(), target(), files));
        assertThat(target()).isDirectoryNotContaining(file -> !file.endsWith("liba.so"));
        assertThat(target().resolve("liba.so")).hasContent("first");
    }

    @Test
    void namesTheArtifactOfThisPlatformWhereTheClassPathHasNone() throws IOException {
        classPath(Map.of("pytorch-engine.properties", ENGINE));
        assertThatExceptionOfType(InstallationException.class)
                .isThrownBy(NativeLibraries::prepareEngine)
                .withMessageContaining("ai.djl.pytorch:pytorch-native-cpu:2.7.1 with the classifier " + HERE)
                .withMessageContaining("none");
    }

    @Test
    void namesTheArtifactOfThisPlatformWhereTheClassPathHasAnother() throws IOException {
        classPath(Map.of(
                "pytorch-engine.properties",
                ENGINE,
                "native/lib/pytorch.properties",
                "version=2.7.1-20250812\nflavor=cpu\nclassifier=solaris-sparc\nlibraries=libtorch.so"));
        assertThatExceptionOfType(InstallationException.class)
                .isThrownBy(NativeLibraries::prepareEngine)
                .withMessageContaining("ai.djl.pytorch:pytorch-native-cpu:2.7.1 with the classifier " + HERE)
                .withMessageContaining("one for solaris-sparc");
    }

    @Test
    void namesTheBindingThatDoesNotFit() throws IOException {
        classPath(Map.of(
                "pytorch-engine.properties",
                ENGINE,
                "native/lib/pytorch.properties",
                "version=2.7.1-20250812\nflavor=cpu\nclassifier=" + HERE + "\nlibraries=libtorch.so",
                "pytorch/cpu/" + HERE + "/libtorch.so",
                "library",
                "jnilib/pytorch.properties",
                "jni_version=2.5.1-0.33.0"));
        assertThatExceptionOfType(InstallationException.class)
                .isThrownBy(NativeLibraries::prepareEngine)
                .withMessageContaining("ai.djl.pytorch:pytorch-jni:2.7.1-0.36.0")
                .withMessageContaining("2.5.1-0.33.0");
    }

    private LibraryDirectory cache() {
        return new LibraryDirectory(directory.resolve("cache"), true);
    }

    private Path target() {
        return cache().resolve("engine/libraries");
    }

    private List<NativeFile> files(Map<String, String> contents) throws IOException {
        classPath(contents);
        List<NativeFile> files = new java.util.ArrayList<>();
        for (String name : new TreeMap<>(contents).keySet()) {
            files.add(java.util.Objects.requireNonNull(NativeFile.find(name, name)));
        }
        return files;
    }

    /** Lets this thread see a jar with some files, and nothing else. */
    private void classPath(Map<String, String> contents) throws IOException {
        Path jar = Files.createTempFile(directory, "libraries", ".jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(file)) {
            for (Map.Entry<String, String> one : contents.entrySet()) {
                entries.putNextEntry(new JarEntry(one.getKey()));
                entries.write(one.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        URL[] path = {jar.toUri().toURL()};
        Thread.currentThread().setContextClassLoader(new URLClassLoader(path, ClassLoader.getPlatformClassLoader()));
    }
}
