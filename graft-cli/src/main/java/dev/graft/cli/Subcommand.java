package dev.graft.cli;

import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.ParentCommand;

/**
 * What every subcommand of {@code graft} extends: it has a console to talk through, and may ask whether the user wants it
 * to stop. Its fields are options; it must not mention the engine in them, so that help stays fast.
 */
abstract class Subcommand implements Callable<Integer> {
    @ParentCommand
    private Graft graft;

    /**
     * Does the work.
     *
     * @return an {@link ExitCode}
     * @throws Exception whatever goes wrong; a {@code GraftException} is shown to the user as it is
     */
    abstract int run() throws Exception;

    @Override
    public final Integer call() throws Exception {
        int code = run();
        return graft.interrupts().stopWasRequested() ? Integer.valueOf(ExitCode.INTERRUPTED) : Integer.valueOf(code);
    }

    /** Where results, notes and progress go. */
    final Console console() {
        return graft.console();
    }

    /**
     * Turns the first Ctrl-C from here on into a request to stop cleanly, and returns the question whether it was made. A
     * command that never calls this is ended by the first Ctrl-C.
     */
    final BooleanSupplier stopRequested() {
        return graft.interrupts().listen();
    }
}
