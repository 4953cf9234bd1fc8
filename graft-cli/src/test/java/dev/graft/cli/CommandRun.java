package dev.graft.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What a command line did, run in this process. */
record CommandRun(int exitCode, String out, String err) {
    /** Runs the real command line. */
    static CommandRun of(String... args) {
        return with(new Object[0], args);
    }

    /** Runs the real command line with one more subcommand. */
    static CommandRun of(Subcommand extra, String... args) {
        return with(new Object[] {extra}, args);
    }

    /** Runs the real command line with some standard input. */
    static CommandRun fed(String input, String... args) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            return of(args);
        } finally {
            System.setIn(before);
        }
    }

    private static CommandRun with(Object[] extra, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(out, err, Terminal.none());
        int code = Graft.run(Graft.commandLine(console, extra), console, args);
        console.flush();
        return new CommandRun(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
