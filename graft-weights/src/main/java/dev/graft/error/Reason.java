package dev.graft.error;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.BufferOverflowException;
import java.nio.BufferUnderflowException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Why something failed, in words: what a {@link Problem} says of an exception in place of its class, or of a message that
 * is missing, is a path alone, or speaks of Java.
 */
public final class Reason {
    private static final int LONGEST = 300;
    private static final int DEEPEST = 20;
    private static final String FOUND = "found ";

    /** What the platform's exceptions mean, the special before the general. */
    private static final List<Meaning<?>> MEANINGS = List.of(
            new Meaning<>(NoSuchFileException.class, e -> about("there is no such file", e)),
            new Meaning<>(AccessDeniedException.class, e -> about("permission is denied", e)),
            new Meaning<>(FileAlreadyExistsException.class, e -> about("it exists already", e)),
            new Meaning<>(DirectoryNotEmptyException.class, e -> about("the directory is not empty", e)),
            new Meaning<>(NotDirectoryException.class, e -> about("it is no directory", e)),
            new Meaning<>(FileSystemLoopException.class, e -> about("a link leads back to itself", e)),
            new Meaning<>(FileSystemException.class, Reason::refused),
            new Meaning<>(ReadOnlyFileSystemException.class, e -> "the file system can only be read"),
            new Meaning<>(FileNotFoundException.class, e -> orElse(e, "there is no such file")),
            new Meaning<>(CharacterCodingException.class, e -> "it has bytes that are no text in its encoding"),
            new Meaning<>(EOFException.class, e -> orElse(e, "it ends too early")),
            new Meaning<>(
                    UnknownHostException.class, e -> "the host " + orElse(e, "of this address") + " is not found"),
            new Meaning<>(ConnectException.class, e -> "cannot connect" + after(e)),
            new Meaning<>(SocketTimeoutException.class, e -> "no answer in time"),
            new Meaning<>(HttpTimeoutException.class, e -> "no answer in time"),
            new Meaning<>(InterruptedIOException.class, e -> "it was interrupted"),
            new Meaning<>(InterruptedException.class, e -> "it was interrupted"),
            new Meaning<>(ClosedChannelException.class, e -> "it was closed while it was in use"),
            new Meaning<>(BufferUnderflowException.class, e -> "it ends too early"),
            new Meaning<>(BufferOverflowException.class, e -> "it holds more than it says"),
            new Meaning<>(ArithmeticException.class, e -> "its numbers cannot be computed with" + after(e)),
            new Meaning<>(NegativeArraySizeException.class, e -> "it gives a negative size" + after(e)),
            new Meaning<>(IndexOutOfBoundsException.class, e -> "it points outside itself" + after(e)),
            new Meaning<>(NumberFormatException.class, e -> "it has a number that is none" + after(e)),
            new Meaning<>(NullPointerException.class, e -> "something that it needs is missing from it"),
            new Meaning<>(ClassCastException.class, e -> "something in it is of another kind than expected"),
            new Meaning<>(NoSuchElementException.class, e -> orElse(e, "something that it needs is missing from it")),
            new Meaning<>(StackOverflowError.class, e -> "it is nested too deeply"),
            new Meaning<>(OutOfMemoryError.class, e -> "there is not enough memory for it" + after(e)));

    private Reason() {}

    private record Meaning<T extends Throwable>(Class<T> type, Function<T, String> words) {
        @Nullable
        String of(Throwable failure) {
            return type.isInstance(failure) ? words.apply(type.cast(failure)) : null;
        }
    }

    /**
     * The reason in one line of at most 300 characters, without control characters; never empty, never the name of a class
     * or a path alone.
     */
    public static String of(Throwable failure) {
        Throwable failed = unwrapped(failure);
        if (failed instanceof GraftException) {
            return oneLine(headline(text(failed)));
        }
        for (Meaning<?> meaning : MEANINGS) {
            String words = meaning.of(failed);
            if (words != null) {
                return oneLine(words);
            }
        }
        String message = text(failed);
        if (says(message)) {
            return oneLine(message);
        }
        Throwable cause = failed.getCause();
        if (cause != null && cause != failed) {
            String reason = of(cause);
            return message.isEmpty() ? reason : oneLine(message + ": " + reason);
        }
        return oneLine(
                "an unexpected fault (" + words(failed.getClass()) + (message.isEmpty() ? "" : ": " + message) + ")");
    }

    /** What failed, taken out of what only carries it. */
    private static Throwable unwrapped(Throwable failure) {
        Throwable failed = failure;
        for (int depth = 0; depth < DEEPEST; depth++) {
            Throwable cause = failed.getCause();
            boolean carries = failed instanceof UncheckedIOException
                    || failed instanceof CompletionException
                    || failed instanceof ExecutionException
                    || failed instanceof InvocationTargetException
                    || failed instanceof DirectoryIteratorException
                    || (cause != null && cause.toString().equals(failed.getMessage()));
            if (!carries || cause == null) {
                return failed;
            }
            failed = cause;
        }
        return failed;
    }

    private static String refused(FileSystemException e) {
        String reason = e.getReason();
        return about(reason == null || reason.isBlank() ? "the file system refused" : reason.strip(), e);
    }

    private static String about(String words, FileSystemException e) {
        String file = e.getFile();
        String other = e.getOtherFile();
        return words + (file == null ? "" : ": " + file) + (other == null ? "" : ", " + other);
    }

    /** The message in brackets, if it says anything. */
    private static String after(Throwable failure) {
        String message = text(failure);
        return message.isEmpty() ? "" : " (" + message + ")";
    }

    private static String orElse(Throwable failure, String words) {
        String message = text(failure);
        return message.isEmpty() ? words : message;
    }

    private static String text(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.strip().equals("null") ? "" : message.strip();
    }

    /** Whether a message is words: more than one of them, and not the name of a class. */
    private static boolean says(String message) {
        return message.strip().matches("(?s).*\\p{L}\\S*\\s+\\S.*") && !message.startsWith("java.");
    }

    /** The name of a class as words: {@code IllegalStateException} becomes {@code illegal state}. */
    private static String words(Class<?> type) {
        Class<?> named = type;
        while (named.getSimpleName().isEmpty() && named.getSuperclass() != null) {
            named = named.getSuperclass();
        }
        String bare = named.getSimpleName().replaceFirst("(Exception|Error)$", "");
        String spaced = bare.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ")
                .toLowerCase(Locale.ROOT);
        return spaced.isEmpty() ? "of no kind" : spaced;
    }

    /** Of a problem's lines, the first and what was found: the others say more than a reason needs. */
    private static String headline(String problem) {
        List<String> lines = problem.lines().map(String::strip).toList();
        String what = lines.isEmpty() ? "it failed" : lines.get(0);
        return lines.stream()
                .filter(line -> line.startsWith(FOUND))
                .findFirst()
                .map(line -> what + " Found: " + line.substring(FOUND.length()).strip())
                .orElse(what);
    }

    private static String oneLine(String text) {
        String line = text.strip().replaceAll("[\\p{Cc}\\p{Cf}\\s]+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1).stripTrailing() + "…";
    }
}
