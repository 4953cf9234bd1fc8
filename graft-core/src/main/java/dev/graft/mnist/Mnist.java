package dev.graft.mnist;

import dev.graft.data.Environment;
import dev.graft.data.LabeledImages;
import dev.graft.error.DataException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds and reads MNIST (LeCun, Cortes and Burges, "The MNIST database of handwritten digits", 1998).
 *
 * <p>Looked for in this order: the directory that the user names, {@code $GRAFT_DATA/mnist}, the cache, and public
 * mirrors, from which it is downloaded into the cache with a check of each file's SHA-256.
 */
public final class Mnist {
    /** The digits, {@code 0} to {@code 9}. */
    public static final List<String> CLASS_NAMES =
            IntStream.range(0, 10).mapToObj(Integer::toString).toList();

    private static final List<URI> MIRRORS = List.of(
            URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
            URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"));
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private Mnist() {}

    /**
     * Finds and reads both parts into memory, 55 MB.
     *
     * <p>The files may be plain or gzipped, and named as they are published ({@code train-images-idx3-ubyte}) or with a
     * dot ({@code train-images.idx3-ubyte}).
     *
     * @param environment where to look, and whether the network may be used
     * @param data a directory that holds the four files, or that holds them in a directory {@code mnist}; no other place
     *     is tried then. Null to look in the usual places
     * @throws DataException if it is nowhere, with every place that was tried; or if a file is damaged
     */
    public static MnistData load(Environment environment, @Nullable Path data) {
        return read(new MnistSearch(environment, MIRRORS, MnistFile.published(), LIMIT).find(data));
    }

    static MnistData read(Map<MnistFile, Path> files) {
        return new MnistData(
                read(files, MnistFile.TRAIN_IMAGES, MnistFile.TRAIN_LABELS),
                read(files, MnistFile.TEST_IMAGES, MnistFile.TEST_LABELS));
    }

    private static LabeledImages read(Map<MnistFile, Path> files, MnistFile images, MnistFile labels) {
        return IdxFiles.read(MnistFile.DIRECTORY, images.of(files), labels.of(files), CLASS_NAMES);
    }
}
