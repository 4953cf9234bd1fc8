package dev.graft.cli;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/**
 * Runs what every command runs, and prints nothing. The {@code ./graft} script starts it once after a build, and keeps the
 * classes that it loaded in an archive, which makes every later start faster.
 */
final class Rehearsal {
    private Rehearsal() {}

    /** Takes no arguments. Never fails: without a rehearsal, all works, more slowly. */
    public static void main(String[] args) {
        rehearse("--help");
        rehearse("--version");
        rehearse("no-such-command");
        talk();
    }

    /** A message of the log, a result as JSON and a progress bar. */
    private static void talk() {
        Console console = nowhere(new Terminal(true, 80, true, StandardCharsets.UTF_8));
        LogConfigurator.writeTo(console);
        LoggerFactory.getLogger(Rehearsal.class).warn("rehearsing");
        console.configure(new Console.Mode(true, false, false));
        console.result(new Console.Mode(true, false, false), "");
        try (Progress progress = console.progress("Rehearsing", 2)) {
            progress.advanceTo(1, "loss 0.1");
        }
    }

    private static Console nowhere(Terminal terminal) {
        return new Console(OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), terminal);
    }

    private static void rehearse(String... args) {
        Console console = nowhere(Terminal.none());
        Graft.run(Graft.commandLine(console), console, args);
    }
}
