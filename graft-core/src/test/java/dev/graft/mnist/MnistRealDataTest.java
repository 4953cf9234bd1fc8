package dev.graft.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.graft.data.Environment;
import dev.graft.data.LabelsOnly;
import dev.graft.storage.Digests;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("data")
class MnistRealDataTest {
    private static Path directory = Path.of("");

    @BeforeAll
    static void findMnist() {
        directory = Environment.system().dataDirectory("mnist").orElse(Path.of("mnist"));
        assumeTrue(
                MnistFile.allIn(directory).size() == MnistFile.values().length,
                "Skipped: MNIST's four files are not in $GRAFT_DATA/mnist (" + directory + ").");
    }

    @Test
    void theWholeOfMnistIsRead() {
        MnistData mnist = Mnist.load(new Environment(Map.of("GRAFT_OFFLINE", "1"), directory), directory);

        assertThat(mnist.train().size()).isEqualTo(60_000);
        assertThat(mnist.test().size()).isEqualTo(10_000);
        assertThat(LabelsOnly.counts(mnist.train()))
                .containsExactly(5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949);
        assertThat(LabelsOnly.counts(mnist.test()))
                .containsExactly(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009);
        assertThat(mnist.train().image(59_999).height()).isEqualTo(28);
    }

    @Test
    void theFilesHaveThePublishedDigests() throws Exception {
        for (MnistFile file : MnistFile.values()) {
            Path path = file.in(directory).orElseThrow();
            byte[] unpacked;
            try (InputStream in = path.toString().endsWith(".gz")
                    ? new StrictGzip(Files.newInputStream(path))
                    : Files.newInputStream(path)) {
                unpacked = in.readAllBytes();
            }
            assertThat(new UnpackedFile(
                            unpacked.length, Digests.hex(Digests.sha256().digest(unpacked))))
                    .isEqualTo(file.of(MnistFile.published()));
        }
    }
}
