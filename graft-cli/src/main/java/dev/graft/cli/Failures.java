package dev.graft.cli;

import dev.graft.data.FileName;
import dev.graft.error.GraftException;
import dev.graft.error.Problem;
import dev.graft.error.Reason;
import dev.graft.error.SettingsException;
import dev.graft.error.StoppedException;
import java.nio.file.InvalidPathException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** What the user reads when a command fails. */
final class Failures {
    private final Console console;

    Failures(Console console) {
        this.console = console;
    }

    /** Prints a failure outside of any command and returns the exit code for it. */
    int report(Throwable failure) {
        return report(failure, null);
    }

    /** Prints the failure of a command, with the options that help, and returns the exit code for it. */
    int report(Throwable failure, @Nullable CommandSpec command) {
        if (failure instanceof LostOutputException lost) {
            return report(lost);
        }
        if (failure instanceof GraftException) {
            console.failure(OptionWords.in(String.valueOf(failure.getMessage()), command), failure);
            if (failure instanceof StoppedException) {
                return ExitCode.INTERRUPTED;
            }
            return failure instanceof SettingsException ? ExitCode.WRONG_USAGE : ExitCode.FAILED;
        }
        if (failure instanceof InvalidPathException invalid) {
            console.failure(noPath(invalid).toString(), failure);
            return ExitCode.WRONG_USAGE;
        }
        if (failure instanceof OutOfMemoryError) {
            console.failure(outOfMemory(failure).toString(), failure);
            return ExitCode.FAILED;
        }
        console.failure(unexpected(failure).toString(), failure);
        return ExitCode.FAILED;
    }

    /** Whoever ended the reading of a pipe, as in {@code graft … | head}, knows and wants no message. */
    private int report(LostOutputException lost) {
        if (lost.readerLeft()) {
            return ExitCode.PIPE_CLOSED;
        }
        if (!console.isFirstLoss()) {
            return ExitCode.FAILED;
        }
        console.failure(
                Problem.of("The result could not be written to standard output.")
                        .found(lost.getMessage())
                        .fix("free some space, or send the output elsewhere; files that the command wrote are in place")
                        .toString(),
                lost);
        return ExitCode.FAILED;
    }

    private static Problem noPath(InvalidPathException failure) {
        return Problem.of("A path cannot be one on this system.")
                .expected("signs that its encoding has, which is "
                        + FileName.encoding().name())
                .found(failure.getInput())
                .fix("correct it, or start the command in a locale with UTF-8, such as LC_ALL=C.UTF-8");
    }

    private static Problem outOfMemory(Throwable failure) {
        return Problem.of("Graft ran out of memory.")
                .found(firstLine(failure) + ", with at most "
                        + Runtime.getRuntime().maxMemory() / (1024 * 1024) + " MiB of heap")
                .fix("use a smaller batch or fewer images, or give Java more: GRAFT_JAVA_OPTS=-Xmx8g graft …");
    }

    private Problem unexpected(Throwable failure) {
        Problem problem = Problem.of(
                "Graft stopped unexpectedly: " + failure.getClass().getSimpleName() + ": " + firstLine(failure));
        return (console.mode().verbose() ? problem : problem.with("see more", "run it again with --verbose"))
                .with("report", "this should not happen; please tell the project, with the output of --verbose");
    }

    private static String firstLine(Throwable failure) {
        String message = failure.getMessage();
        return message == null
                ? Reason.of(failure)
                : message.lines().findFirst().orElse("no message");
    }
}
