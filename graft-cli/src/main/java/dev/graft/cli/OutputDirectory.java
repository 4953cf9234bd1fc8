package dev.graft.cli;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.storage.OutputPlace;
import dev.graft.storage.RunDirectory;
import java.nio.file.Path;
import java.util.Map;

/** The place that a command writes to, checked and taken before any work begins. */
final class OutputDirectory {
    private OutputDirectory() {}

    /**
     * Takes the directory of a run.
     *
     * @param overwrite whether what an earlier run wrote may be replaced
     * @param resume whether to go on with an earlier run
     * @throws SettingsException if the directory may not be used so, or both are asked for
     * @throws dev.graft.error.StorageException if another process has it, or it cannot be made, read or written
     */
    static RunDirectory open(Path directory, boolean overwrite, boolean resume) {
        if (resume && overwrite) {
            throw new SettingsException(Problem.of("--resume and --overwrite contradict each other.")
                    .expected("one of them")
                    .found("both")
                    .fix("--resume goes on with the run in --out, --overwrite starts it again: leave one out"));
        }
        RunDirectory.Use use =
                resume ? RunDirectory.Use.RESUME : overwrite ? RunDirectory.Use.OVERWRITE : RunDirectory.Use.NEW;
        try {
            return RunDirectory.open(directory, use);
        } catch (SettingsException e) {
            throw withOptions(e, resume ? "run without --resume to start from the beginning" : options(true));
        }
    }

    /** Adds to what the library refuses which options there are. */
    static void explained(boolean run, Runnable check) {
        explainedBy(options(run), check);
    }

    /** Adds to what the library refuses which options there are, where another than --out names the place. */
    static void explained(String option, Runnable check) {
        explainedBy(options(option, false), check);
    }

    private static void explainedBy(String options, Runnable check) {
        try {
            check.run();
        } catch (SettingsException e) {
            throw withOptions(e, options);
        }
    }

    private static String options(boolean run) {
        return options("--out", run);
    }

    private static String options(String option, boolean run) {
        return option + " names another place; --overwrite replaces what Graft wrote, and nothing else"
                + (run ? "; --resume, where a command has it, goes on with a run that was not completed" : "");
    }

    private static SettingsException withOptions(SettingsException refused, String options) {
        return new SettingsException(
                Problem.of(String.valueOf(refused.getMessage())).with("options", options));
    }

    /**
     * Checks that the output is apart from all that the command reads.
     *
     * @param inputs what is read, by path, and what it is called
     * @throws SettingsException if it is not
     */
    @SafeVarargs
    static void requireApart(Path output, Map<Path, String>... inputs) {
        for (Map<Path, String> some : inputs) {
            some.forEach((input, what) -> OutputPlace.requireApart(output, input, what));
        }
    }
}
