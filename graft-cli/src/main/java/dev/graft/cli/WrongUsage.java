package dev.graft.cli;

import dev.graft.error.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What the user reads when the command line itself is wrong: what was typed, what was meant, how to get help. */
final class WrongUsage implements IParameterExceptionHandler {
    private final Console console;

    WrongUsage(Console console) {
        this.console = console;
    }

    @Override
    public int handleParseException(ParameterException exception, String[] args) {
        CommandLine commandLine = exception.getCommandLine();
        String command = commandLine.getCommandSpec().qualifiedName();
        String problem = describe(exception).with("help", command + " --help").toString();
        if (console.mode().json()) {
            console.jsonFailure(problem, "WrongUsage");
        } else {
            console.say(problem);
        }
        return ExitCode.WRONG_USAGE;
    }

    private static Problem describe(ParameterException exception) {
        if (exception instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched);
        }
        ArgSpec argument = exception.getArgSpec();
        if (exception.getCause() instanceof OutOfRange outOfRange && argument != null) {
            Problem problem = Problem.of(name(argument) + " cannot have this value.")
                    .expected(outOfRange.expected())
                    .found(outOfRange.found());
            return outOfRange.meant().isEmpty() ? problem : problem.with("meant", outOfRange.meant() + "?");
        }
        if (exception instanceof MissingParameterException missing) {
            // What is missing may be there under a mistyped name.
            List<String> mistyped = exception.getCommandLine().getUnmatchedArguments();
            return mistyped.isEmpty()
                    ? missing(missing)
                    : unmatched(new UnmatchedArgumentException(exception.getCommandLine(), mistyped));
        }
        return Problem.of(sentence(String.valueOf(exception.getMessage())));
    }

    private static Problem missing(MissingParameterException exception) {
        String all = exception.getMissing().stream().map(WrongUsage::withValue).collect(Collectors.joining(" "));
        String meaning = exception.getMissing().stream()
                .flatMap(argument -> Arrays.stream(argument.description()))
                .collect(Collectors.joining(" "));
        return Problem.of(sentence(String.valueOf(exception.getMessage())))
                .expected(meaning.isEmpty() ? all : all + ": " + meaning)
                .found("nothing")
                .fix("add " + all);
    }

    private static String withValue(ArgSpec argument) {
        return argument.isOption() ? name(argument) + " " + argument.paramLabel() : argument.paramLabel();
    }

    private static Problem unmatched(UnmatchedArgumentException exception) {
        CommandSpec spec = exception.getCommandLine().getCommandSpec();
        String typed = exception.getUnmatched().get(0);
        boolean option = typed.startsWith("-");
        // Only a command that has subcommands can have been meant to get the name of one.
        boolean subcommand = !option && !spec.subcommands().isEmpty();
        String kind = option ? "option" : subcommand ? "command" : "argument";
        String article = kind.equals("command") ? "a " : "an ";
        Problem problem = Problem.of("'" + typed + "' is not " + article + kind + " of " + spec.qualifiedName() + ".");
        List<String> nearest = option
                ? Nearest.to(nameOnly(typed), optionNames(spec))
                : subcommand ? Nearest.to(typed, subcommandNames(spec)) : List.of();
        return nearest.isEmpty() ? problem : problem.with("meant", String.join(" or ", nearest) + "?");
    }

    private static String nameOnly(String option) {
        int equals = option.indexOf('=');
        return equals < 0 ? option : option.substring(0, equals);
    }

    private static List<String> optionNames(CommandSpec spec) {
        List<String> names = new ArrayList<>();
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                names.addAll(List.of(option.names()));
            }
        }
        return names;
    }

    private static List<String> subcommandNames(CommandSpec spec) {
        List<String> names = new ArrayList<>();
        spec.subcommands().forEach((name, command) -> {
            if (!command.getCommandSpec().usageMessage().hidden()) {
                names.add(name);
            }
        });
        return names;
    }

    private static String name(ArgSpec argument) {
        return argument.isOption() ? ((OptionSpec) argument).longestName() : argument.paramLabel();
    }

    private static String sentence(String message) {
        return message.endsWith(".") ? message : message + ".";
    }
}
