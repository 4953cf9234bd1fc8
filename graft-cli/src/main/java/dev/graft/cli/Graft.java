package dev.graft.cli;

import dev.graft.data.FileName;
import dev.graft.engine.TensorEngine;
import dev.graft.error.SettingsException;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code graft} command: its options that hold everywhere, its subcommands, and where the process starts. */
@Command(
        name = "graft",
        versionProvider = Version.class,
        header = "Transfer learning for Java: what a network learned on one task, put to work on yours.%n",
        synopsisHeading = "Usage: ",
        customSynopsis = "graft COMMAND [OPTION…]",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions of every command:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  graft demo              the whole worked example, with a report",
            "  graft COMMAND --help    the options of a command, and examples",
            "  graft --version         the versions of Graft and Java"
        },
        subcommands = {
            DemoCommand.class,
            FitCommand.class,
            CompareCommand.class,
            PretrainCommand.class,
            PredictCommand.class,
            EvaluateCommand.class,
            AddCommand.class,
            ExportCommand.class,
            ServeCommand.class,
            FeaturesCommand.class,
            DoctorCommand.class,
            LabelCommand.class,
            NeighborsCommand.class,
            InspectCommand.class,
            BackbonesCommand.class,
            CompletionCommand.class,
            HelpCommand.class
        })
public final class Graft implements Callable<Integer> {
    /** Wide enough for one option a line, narrow enough for half a screen. */
    private static final int HELP_WIDTH = 92;

    private final Console console;
    private final Supplier<Duration> elapsed;
    private final Interrupts interrupts;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            order = 100,
            description = "Show this help and leave.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            order = 101,
            description = "Show the versions and leave.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean version;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            order = 90,
            description =
                    "Print results as JSON, one value a line, and nothing else on standard output; a failure as one JSON"
                            + " object on standard error.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            order = 91,
            description = "Print no progress and no notes.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            order = 92,
            description = "Print log messages, and stack traces of failures.")
    private boolean verbose;

    @Option(
            names = "--device",
            scope = ScopeType.INHERIT,
            order = 93,
            paramLabel = "DEVICE",
            description =
                    "Where to compute: cpu, or auto (default), the best that Graft can use, which is the CPU too.")
    private String device = "auto";

    private Graft(Console console, Supplier<Duration> elapsed) {
        this.console = console;
        this.elapsed = elapsed;
        this.interrupts = new Interrupts(console, Runtime.getRuntime()::halt);
    }

    /** Runs the command with the given arguments, then ends the process with its exit code. */
    public static void main(String[] args) {
        Console console = Console.ofProcess();
        int code = run(commandLine(console, Graft::sinceProcessStart, List.of()), console, args);
        console.flush();
        System.exit(code);
    }

    /** Runs a command line in this process, whatever happens, and returns its exit code. */
    static int run(CommandLine commandLine, Console console, String... args) {
        // What fails before the options are parsed, or while they are, is told in the form that was asked for.
        console.configure(Console.Mode.beforeParsing(args));
        try {
            UndecodedArguments.refuse(FileName.encoding(), args);
            int code = commandLine.execute(args);
            commandLine.getOut().flush();
            // Help and versions are not printed by way of the console.
            console.requireWritten();
            return code;
        } catch (Throwable error) {
            // Errors, such as running out of memory, pass by the exception handlers.
            return new Failures(console).report(error);
        }
    }

    /** Makes the whole command line. Subcommands given here are added to those that are always there. */
    static CommandLine commandLine(Console console, Object... moreSubcommands) {
        long start = System.nanoTime();
        return commandLine(console, () -> Duration.ofNanos(System.nanoTime() - start), List.of(moreSubcommands));
    }

    private static Duration sinceProcessStart() {
        return Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    }

    private static CommandLine commandLine(Console console, Supplier<Duration> elapsed, List<Object> moreSubcommands) {
        Graft graft = new Graft(console, elapsed);
        CommandLine commandLine = new CommandLine(graft);
        for (Object subcommand : moreSubcommands) {
            commandLine.addSubcommand(subcommand);
        }
        Failures failures = new Failures(console);
        return commandLine
                .registerConverter(Path.class, new PathArgument(console))
                .setOut(console.outWriter())
                .setErr(console.errWriter())
                .setColorScheme(console.terminal().helpColors())
                .setUsageHelpWidth(HELP_WIDTH)
                .registerConverter(Charset.class, new NamedValue.Encoding())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false)
                .setExecutionStrategy(graft::execute)
                .setParameterExceptionHandler(new WrongUsage(console))
                .setExecutionExceptionHandler((exception, where, parsed) ->
                        graft.interrupts.ended(failures.report(exception, where.getCommandSpec())));
    }

    private int execute(ParseResult parsed) {
        refuseUnmatched(parsed);
        refuseEmpty(parsed);
        console.configure(new Console.Mode(json, quiet, verbose));
        LogConfigurator.writeTo(console);
        try {
            TensorEngine.requireDevice(device);
        } catch (SettingsException e) {
            return new Failures(console).report(e);
        }
        return new RunLast().execute(parsed);
    }

    /** With {@code --help}, picocli would let {@code graft dmeo --help} pass, and show the help of something else. */
    private static void refuseUnmatched(ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        if (!last.unmatched().isEmpty()) {
            throw new UnmatchedArgumentException(last.commandSpec().commandLine(), last.unmatched());
        }
    }

    /** As paths, empty arguments would mean the working directory; they come of variables that are not set. */
    private static void refuseEmpty(ParseResult parsed) {
        String before = "";
        for (String argument : parsed.originalArgs()) {
            boolean assigned = argument.startsWith("--") && argument.endsWith("=");
            String option = assigned ? argument.substring(0, argument.length() - 1) : before;
            if ((assigned || argument.isEmpty()) && !option.equals("--text")) {
                ParseResult last = parsed;
                while (last.hasSubcommand()) {
                    last = last.subcommand();
                }
                throw new ParameterException(
                        last.commandSpec().commandLine(),
                        option.startsWith("--") ? "The value of " + option + " is empty" : "An argument is empty");
            }
            before = argument;
        }
    }

    Console console() {
        return console;
    }

    /** What has passed since the command was started. */
    Duration elapsed() {
        return elapsed.get();
    }

    Interrupts interrupts() {
        return interrupts;
    }

    /** Without a command there is nothing to do: show what could be done. */
    @Override
    public Integer call() {
        CommandLine commandLine = spec.commandLine();
        if (json) {
            throw new ParameterException(commandLine, "No command is given.");
        }
        commandLine.usage(commandLine.getErr(), commandLine.getColorScheme());
        return ExitCode.WRONG_USAGE;
    }
}
