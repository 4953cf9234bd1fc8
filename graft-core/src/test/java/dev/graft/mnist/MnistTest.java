package dev.graft.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.Environment;
import dev.graft.error.DataException;
import dev.graft.storage.Digests;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistTest {
    private static final Map<MnistFile, byte[]> CONTENT = Map.of(
            MnistFile.TRAIN_IMAGES, IdxBytes.images(3, 2, 2),
            MnistFile.TRAIN_LABELS, IdxBytes.labels(9, 0, 5),
            MnistFile.TEST_IMAGES, IdxBytes.images(2, 2, 2),
            MnistFile.TEST_LABELS, IdxBytes.labels(1, 2));

    private final Map<String, String> variables = new HashMap<>();
    private Duration limit = Duration.ofSeconds(20);
    private Path directory;
    private Path cache;

    @BeforeEach
    void nameTheCache(@TempDir Path temporary) {
        directory = temporary;
        cache = directory.resolve("home").resolve(".cache").resolve("graft").resolve("mnist");
    }

    @Test
    void aGivenDirectoryIsUsedBeforeAllOthers() throws IOException {
        Path given = write(directory.resolve("given"), "%s-%s-ubyte", false);
        variables.put("GRAFT_DATA", directory.toString());
        write(directory.resolve("mnist"), "%s-%s-ubyte", false);

        assertThat(find(given, List.of()))
                .allSatisfy((file, path) -> assertThat(path).hasParent(given));
    }

    @Test
    void aGivenDirectoryMayHoldADirectoryOfThatName() throws IOException {
        write(directory.resolve("mnist"), "%s-%s-ubyte", false);

        assertThat(find(directory, List.of())).hasSize(4);
    }

    @Test
    void plainGzippedAndDottedNamesAreAccepted() throws IOException {
        for (String pattern : List.of("%s-%s-ubyte", "%s.%s-ubyte", "%s-%s-ubyte.gz", "%s.%s-ubyte.gz")) {
            Path given = write(directory.resolve(pattern.replace('%', '_')), pattern, pattern.endsWith("gz"));

            MnistData mnist = Mnist.load(new Environment(Map.of("GRAFT_OFFLINE", "1"), directory), given);

            assertThat(mnist.train().size()).isEqualTo(3);
            assertThat(mnist.train().label(0)).isEqualTo(9);
            assertThat(mnist.test().size()).isEqualTo(2);
            assertThat(mnist.test().image(1).pixels()).containsExactly(4, 5, 6, 7);
            assertThat(mnist.train().classNames()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        }
    }

    @Test
    void graftDataIsUsedBeforeTheCache() throws IOException {
        variables.put("GRAFT_DATA", directory.toString());
        write(directory.resolve("mnist"), "%s-%s-ubyte", false);
        write(cache, "%s-%s-ubyte", false);

        assertThat(find(null, List.of()))
                .allSatisfy((file, path) -> assertThat(path).hasParent(directory.resolve("mnist")));
    }

    @Test
    void theCacheIsUsedBeforeTheNetwork() throws IOException {
        write(cache, "%s-%s-ubyte", false);
        try (LocalMirror mirror = new LocalMirror(CONTENT)) {
            assertThat(find(null, List.of(mirror.address())))
                    .allSatisfy((file, path) -> assertThat(path).hasParent(cache));
            assertThat(mirror.requests()).isZero();
        }
    }

    @Test
    void aGivenDirectoryWithoutTheFilesIsRefusedAndNothingElseTried() throws IOException {
        write(cache, "%s-%s-ubyte", false);
        Path given = write(directory.resolve("given"), "%s-%s-ubyte", false);
        Files.delete(given.resolve("t10k-labels-idx1-ubyte"));

        assertThatThrownBy(() -> find(given, List.of()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(given + " has no t10k-labels-idx1-ubyte")
                .hasMessageContaining(cache + " not tried, because a data directory was given");
    }

    @Test
    void offlineNothingIsFetchedAndTheMessageNamesAllFourPlaces() throws IOException {
        variables.put("HF_HUB_OFFLINE", "1");
        variables.put("GRAFT_DATA", directory.toString());
        try (LocalMirror mirror = new LocalMirror(CONTENT)) {
            assertThatThrownBy(() -> find(null, List.of(mirror.address())))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("MNIST was not found")
                    .hasMessageContaining("given     no directory")
                    .hasMessageContaining("variable  GRAFT_DATA " + directory.resolve("mnist") + " is not a directory")
                    .hasMessageContaining("cache     " + cache + " is not a directory")
                    .hasMessageContaining("HF_HUB_OFFLINE=1")
                    .hasMessageContaining(mirror.address().toString())
                    .hasMessageContaining("train-images-idx3-ubyte")
                    .hasMessageContaining("to fix");
            assertThat(mirror.requests()).isZero();
        }
    }

    @Test
    void theMessageOfflineNamesThePublicMirrors() {
        assertThatThrownBy(() -> Mnist.load(new Environment(Map.of("GRAFT_OFFLINE", "1"), directory), null))
                .hasMessageContaining("variable  GRAFT_DATA not set")
                .hasMessageContaining("https://ossci-datasets.s3.amazonaws.com/mnist/")
                .hasMessageContaining("https://storage.googleapis.com/cvdf-datasets/mnist/");
    }

    @Test
    void aDownloadIsUnpackedIntoTheCacheOnce() throws IOException {
        try (LocalMirror mirror = new LocalMirror(CONTENT)) {
            Map<MnistFile, Path> found = find(null, List.of(mirror.address()));

            assertThat(found).hasSize(4).allSatisfy((file, path) -> {
                assertThat(path).isEqualTo(cache.resolve(file.fileName()));
                assertThat(path).hasBinaryContent(file.of(CONTENT));
            });
            assertThat(filesInCache()).containsExactlyInAnyOrderElementsOf(found.values());
            assertThat(mirror.requests()).isEqualTo(4);
            assertThat(Mnist.read(find(null, List.of(mirror.address()))).test().label(1))
                    .isEqualTo(2);
            assertThat(mirror.requests()).isEqualTo(4);
        }
    }

    @Test
    void onlyMissingFilesAreDownloaded() throws IOException {
        write(cache, "%s-%s-ubyte", false);
        Files.delete(cache.resolve("t10k-images-idx3-ubyte"));
        try (LocalMirror mirror = new LocalMirror(CONTENT)) {
            assertThat(find(null, List.of(mirror.address()))).hasSize(4);
            assertThat(mirror.requests()).isEqualTo(1);
        }
    }

    @Test
    void theSecondMirrorIsUsedWhereTheFirstHasNothing() throws IOException {
        try (LocalMirror empty = new LocalMirror(Map.of());
                LocalMirror mirror = new LocalMirror(CONTENT)) {
            assertThat(find(null, List.of(empty.address(), mirror.address()))).hasSize(4);
        }
    }

    @Test
    void everyMirrorsFailureIsTold() throws IOException {
        URI closed = closedPort();
        try (LocalMirror empty = new LocalMirror(Map.of())) {
            assertThatThrownBy(() -> find(null, List.of(empty.address(), closed)))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining(empty.address() + "train-images-idx3-ubyte.gz: HTTP status 404")
                    .hasMessageContaining(closed + "train-images-idx3-ubyte.gz: cannot connect");
        }
        assertThat(filesInCache()).isEmpty();
    }

    @Test
    void aFileWithAnotherDigestIsRefusedAndNotKept() throws IOException {
        byte[] other = IdxBytes.images(3, 2, 2);
        other[20] ^= 1;

        assertDownloadRefused(IdxBytes.gzip(other), "expected SHA-256 " + sha256(MnistFile.TRAIN_IMAGES));
    }

    @Test
    void aFileLargerThanExpectedIsRefusedAndNotKept() throws IOException {
        assertDownloadRefused(IdxBytes.gzip(new byte[1 << 22]), "expected 28 bytes unpacked, found more");
    }

    @Test
    void aFileCutShortIsRefusedAndNotKept() throws IOException {
        byte[] whole = IdxBytes.gzip(MnistFile.TRAIN_IMAGES.of(CONTENT));

        assertDownloadRefused(Arrays.copyOf(whole, whole.length / 2), "the gzip stream is cut short");
    }

    @Test
    void aPageInPlaceOfAFileIsRefusedAndNotKept() throws IOException {
        assertDownloadRefused("<html>Please log in</html>".getBytes(StandardCharsets.UTF_8), "no gzip");
    }

    @Test
    void aConnectionThatBreaksIsRefusedAndNothingIsKept() throws IOException {
        try (LocalMirror mirror = new LocalMirror(CONTENT)) {
            mirror.breakAfter(10);
            assertThatThrownBy(() -> find(null, List.of(mirror.address())))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining(mirror.address().toString());
        }
        assertThat(filesInCache()).isEmpty();
    }

    @Test
    void aServerThatStallsIsGivenUpOn() throws IOException {
        limit = Duration.ofMillis(300);
        try (LocalMirror mirror = new LocalMirror(CONTENT)) {
            mirror.stallAfter(10);
            assertThatThrownBy(() -> find(null, List.of(mirror.address()))).isInstanceOf(DataException.class);
        }
        assertThat(filesInCache()).isEmpty();
    }

    private void assertDownloadRefused(byte[] sent, String reason) throws IOException {
        try (LocalMirror mirror = new LocalMirror(CONTENT)) {
            mirror.send(MnistFile.TRAIN_IMAGES, sent);
            assertThatThrownBy(() -> find(null, List.of(mirror.address())))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining(reason);
        }
        assertThat(filesInCache()).isEmpty();
    }

    private Map<MnistFile, Path> find(@Nullable Path given, List<URI> mirrors) {
        Map<MnistFile, UnpackedFile> expected = new HashMap<>();
        CONTENT.forEach((file, bytes) -> expected.put(file, new UnpackedFile(bytes.length, sha256(file))));
        Environment environment = new Environment(variables, directory.resolve("home"));
        return new MnistSearch(environment, mirrors, expected, limit).find(given);
    }

    private static String sha256(MnistFile file) {
        return Digests.hex(Digests.sha256().digest(file.of(CONTENT)));
    }

    private static Path write(Path directory, String pattern, boolean gzip) throws IOException {
        Files.createDirectories(directory);
        for (MnistFile file : MnistFile.values()) {
            String[] words = file.fileName().split("-idx|-ubyte", -1);
            byte[] content = file.of(CONTENT);
            Files.write(
                    directory.resolve(String.format(pattern, words[0], "idx" + words[1])),
                    gzip ? IdxBytes.gzip(content) : content);
        }
        return directory;
    }

    private List<Path> filesInCache() throws IOException {
        if (!Files.exists(cache)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(cache)) {
            return files.toList();
        }
    }

    private static URI closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/mnist/");
        }
    }
}
