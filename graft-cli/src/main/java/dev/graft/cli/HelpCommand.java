package dev.graft.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code graft help COMMAND}, for those who type that before {@code --help}. */
@Command(name = "help", description = "Show the help of a command.")
final class HelpCommand extends Subcommand {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "The command; without it, the list of commands.")
    private @Nullable String command;

    HelpCommand() {}

    @Override
    int run() {
        CommandLine graft = spec.parent().commandLine();
        CommandLine asked = command == null ? graft : graft.getSubcommands().get(command);
        if (asked == null) {
            throw new UnmatchedArgumentException(graft, List.of(String.valueOf(command)));
        }
        asked.usage(graft.getOut(), graft.getColorScheme());
        return ExitCode.DONE;
    }
}
