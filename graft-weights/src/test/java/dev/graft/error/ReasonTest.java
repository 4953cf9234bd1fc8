package dev.graft.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ConcurrentModificationException;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReasonTest {
    static Stream<Throwable> failures() {
        return Stream.of(
                new NoSuchFileException("/data/a.csv"),
                new AccessDeniedException("/data/a.csv"),
                new FileAlreadyExistsException("/data/a.csv"),
                new DirectoryNotEmptyException("/data"),
                new NotDirectoryException("/data"),
                new FileSystemLoopException("/data"),
                new FileSystemException("/data/a.csv"),
                new FileSystemException("/data/a.csv", "/data/b.csv", "No space left on device"),
                new FileSystemException(null),
                new FileNotFoundException("/data/a.csv (Permission denied)"),
                new FileNotFoundException(),
                new InvalidPathException("a\u0000b", "Nul character not allowed"),
                new MalformedInputException(1),
                new EOFException(),
                new EOFException("null"),
                new UnknownHostException("example.invalid"),
                new UnknownHostException(),
                new ConnectException(),
                new SocketTimeoutException("Read timed out"),
                new InterruptedIOException(),
                new ClosedChannelException(),
                new BufferUnderflowException(),
                new DataFormatException(),
                new ArithmeticException("/ by zero"),
                new ArithmeticException(),
                new ArrayIndexOutOfBoundsException("Index 5 out of bounds for length 3"),
                new StringIndexOutOfBoundsException(),
                new NegativeArraySizeException("-4"),
                new NumberFormatException(),
                new NullPointerException(),
                new ClassCastException("class java.lang.String cannot be cast to class java.lang.Integer"),
                new NoSuchElementException(),
                new IllegalStateException(),
                new IllegalStateException("null"),
                new IllegalArgumentException("/data/a.csv"),
                new IllegalStateException(new NoSuchFileException("/data/a.csv")),
                new RuntimeException("/data/a.csv", new EOFException()),
                new UncheckedIOException(new IOException((String) null)),
                new CompletionException(new ExecutionException(new AccessDeniedException("/data"))),
                new ConcurrentModificationException(),
                new StackOverflowError(),
                new OutOfMemoryError("Java heap space"),
                new IOException() {},
                new IOException("two\nlines\u001b[31m of it"),
                new IOException("more ".repeat(5_000)),
                new DataException(Problem.of("A folder cannot be read.").found("nothing")));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isOneLineOfWords(Throwable failure) {
        String reason = Reason.of(failure);

        assertThat(reason)
                .isNotBlank()
                .hasSizeLessThanOrEqualTo(300)
                .contains(" ")
                .doesNotContain("null", "java.", "Exception")
                .matches("[^\\p{Cc}]*")
                .matches(".*\\p{L}{2,}\\s.*");
    }

    @Test
    void saysWhatTheClassMeansAndWhichFile() {
        assertThat(Reason.of(new NoSuchFileException("/a"))).isEqualTo("there is no such file: /a");
        assertThat(Reason.of(new AccessDeniedException("/a"))).isEqualTo("permission is denied: /a");
        assertThat(Reason.of(new FileSystemException("/a", null, "No space left on device")))
                .isEqualTo("No space left on device: /a");
        assertThat(Reason.of(new ArithmeticException("/ by zero")))
                .isEqualTo("its numbers cannot be computed with (/ by zero)");
    }

    @Test
    void looksThroughWhatOnlyCarriesAnother() {
        Throwable carried = new CompletionException(new UncheckedIOException(new NoSuchFileException("/a")));

        assertThat(Reason.of(carried)).isEqualTo("there is no such file: /a");
    }

    @Test
    void keepsWordsThatAreThere() {
        assertThat(Reason.of(new IOException("bad marker 0xFF at byte 12"))).isEqualTo("bad marker 0xFF at byte 12");
    }

    @Test
    void ofAProblemIsItsHeadlineAndWhatWasFound() {
        DataException failure = new DataException(Problem.of("A folder cannot be read.")
                .where("/a")
                .found("nothing")
                .fix("check it"));

        assertThat(Reason.of(failure)).isEqualTo("A folder cannot be read. Found: nothing");
    }

    @Test
    void aProblemThatFoundAnExceptionSaysItsReason() {
        assertThat(Problem.of("It failed.").found(new NoSuchFileException("/a")).toString())
                .endsWith("found     there is no such file: /a");
    }
}
