package dev.graft.cli;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * Results that are printed one by one, so that none has to be kept: a line of text each, or with {@code --json} one array
 * on one line, whose end {@link #close} writes.
 */
final class ResultList<T> implements AutoCloseable {
    private final Console console;
    private final @Nullable PrintStream json;
    private boolean any;

    ResultList(Console console, @Nullable PrintStream json) {
        this.console = console;
        this.json = json;
    }

    /** Prints one result. */
    void add(T value, String text) {
        if (json == null) {
            console.line(text);
        } else {
            json.print((any ? "," : "[") + Json.line(value));
            console.requireWritten();
        }
        any = true;
    }

    @Override
    public void close() {
        if (json != null) {
            json.print((any ? "" : "[") + "]\n");
            json.flush();
            console.requireWritten();
        }
    }
}
