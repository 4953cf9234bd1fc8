package dev.graft.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.graft.error.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InputFilesTest {
    @TempDir
    private Path folder;

    @Test
    void aRegularFileAndALinkToOneAreRead() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "abc");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);

        assertThat(InputFiles.readString(file)).isEqualTo("abc");
        assertThat(InputFiles.readAllBytes(link)).hasSize(3);
        try (InputStream in = InputFiles.open(file)) {
            assertThat(in.readAllBytes()).hasSize(3);
        }
    }

    @Test
    void aNamedPipeIsRefusedBeforeItIsOpened() throws Exception {
        Path pipe = namedPipe();

        assertThatThrownBy(() -> InputFiles.open(pipe))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("named pipe (FIFO)");
        assertThatThrownBy(() -> InputFiles.readAllBytes(pipe)).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> InputFiles.readString(pipe)).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> TensorFile.open(pipe))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("named pipe (FIFO)");
    }

    @Test
    void aDeviceASocketAndADirectoryAreRefused() throws IOException {
        Path zero = Path.of("/dev/zero");
        if (Files.exists(zero)) {
            assertThatThrownBy(() -> InputFiles.readAllBytes(zero)).hasMessageContaining("a device");
            assertThatThrownBy(() -> TensorFile.open(zero)).hasMessageContaining("a device");
        }
        Path socket = folder.resolve("socket");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            assertThatThrownBy(() -> InputFiles.open(socket)).hasMessageContaining("a socket");
        }
        assertThatThrownBy(() -> InputFiles.open(folder)).hasMessageContaining("a directory");
    }

    private Path namedPipe() throws Exception {
        Path pipe = folder.resolve("pipe");
        try {
            Process process = new ProcessBuilder("mkfifo", pipe.toString()).start();
            assumeThat(process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0)
                    .isTrue();
        } catch (IOException e) {
            assumeThat(e).as("a system with mkfifo").isNull();
        }
        return pipe;
    }
}
