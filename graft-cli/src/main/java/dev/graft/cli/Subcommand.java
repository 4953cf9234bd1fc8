package dev.graft.cli;

import dev.graft.result.ExperimentResult;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * What every subcommand of {@code graft} extends: it has a console to talk through, and may ask whether the user wants it
 * to stop. Its fields are options; it must not mention the engine in them, so that help stays fast.
 */
abstract class Subcommand implements Callable<Integer> {
    @ParentCommand
    private Graft graft;

    @Spec
    private CommandSpec spec;

    /**
     * Does the work.
     *
     * @return an {@link ExitCode}
     * @throws Exception whatever goes wrong; a {@code GraftException} is shown to the user as it is
     */
    abstract int run() throws Exception;

    @Override
    public final Integer call() throws Exception {
        console().speak(message -> OptionWords.in(message, spec));
        int code = run();
        return graft.interrupts().stopWasRequested() && !stoppingIsDone()
                ? Integer.valueOf(graft.interrupts().exitCode())
                : Integer.valueOf(code);
    }

    /** Whether a command that was asked to stop, and did, has done what it was for. */
    boolean stoppingIsDone() {
        return false;
    }

    /** Every option of the command by its longest name, given or left to its default; without those that have no value. */
    final Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        for (OptionSpec option : spec.options()) {
            Object value = option.getValue();
            if (value != null && !option.usageHelp() && !option.versionHelp()) {
                options.put(
                        option.longestName(),
                        value instanceof Collection<?> several
                                ? several.stream().map(String::valueOf).collect(Collectors.joining(","))
                                : value.toString());
            }
        }
        return options;
    }

    /** The experiment with what the library has said so far. */
    final ExperimentResult noted(ExperimentResult result) {
        return result.withNotes(console().notes());
    }

    /** What has passed since the command was started, its process included. */
    final Duration elapsed() {
        return graft.elapsed();
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
