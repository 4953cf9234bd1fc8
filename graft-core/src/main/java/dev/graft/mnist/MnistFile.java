package dev.graft.mnist;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The four files that MNIST is published as, with the digests of their unpacked bytes. */
enum MnistFile {
    TRAIN_IMAGES("train-images", "idx3"),
    TRAIN_LABELS("train-labels", "idx1"),
    TEST_IMAGES("t10k-images", "idx3"),
    TEST_LABELS("t10k-labels", "idx1");

    /** The name of the directory that holds them, below {@code $GRAFT_DATA} and in the cache. */
    static final String DIRECTORY = "mnist";

    private final String part;
    private final String kind;

    MnistFile(String part, String kind) {
        this.part = part;
        this.kind = kind;
    }

    /** What the published files hold. */
    static Map<MnistFile, UnpackedFile> published() {
        return Map.of(
                TRAIN_IMAGES,
                new UnpackedFile(47_040_016, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
                TRAIN_LABELS,
                new UnpackedFile(60_008, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
                TEST_IMAGES,
                new UnpackedFile(7_840_016, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
                TEST_LABELS,
                new UnpackedFile(10_008, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"));
    }

    /** The name it is published under, without {@code .gz}. */
    String fileName() {
        return part + "-" + kind + "-ubyte";
    }

    /** This file in a directory, under any of the names in use. */
    Optional<Path> in(Path directory) {
        String dotted = part + "." + kind + "-ubyte";
        return Stream.of(fileName(), fileName() + ".gz", dotted, dotted + ".gz")
                .map(directory::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** Those of the four files that a directory holds. */
    static Map<MnistFile, Path> allIn(Path directory) {
        return Arrays.stream(values())
                .filter(file -> file.in(directory).isPresent())
                .collect(Collectors.toMap(
                        Function.identity(), file -> file.in(directory).orElseThrow()));
    }

    /** This file's value in a map that has one for each file. */
    <T> T of(Map<MnistFile, T> files) {
        return Objects.requireNonNull(files.get(this), name());
    }
}
