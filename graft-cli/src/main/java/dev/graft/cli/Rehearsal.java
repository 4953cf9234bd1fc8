package dev.graft.cli;

import java.io.OutputStream;

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
    }

    private static void rehearse(String... args) {
        OutputStream nowhere = OutputStream.nullOutputStream();
        Console console = new Console(nowhere, nowhere, Terminal.none());
        Graft.run(Graft.commandLine(console), console, args);
    }
}
