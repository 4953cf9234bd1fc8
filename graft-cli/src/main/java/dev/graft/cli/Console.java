package dev.graft.cli;

import dev.graft.error.GraftException;
import dev.graft.error.Redacted;
import dev.graft.error.VisibleText;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * How the command talks: results go to standard output; notes, warnings and progress go to standard error. A result that
 * cannot be written is a failure; without standard error, the work goes on. What a terminal would act on is written out.
 * Thread-safe; a line never lands in the middle of a progress bar.
 */
final class Console {
    /**
     * What the user wants to hear.
     *
     * @param json whether results are JSON, one value a line
     * @param quiet whether notes and progress are left out
     * @param verbose whether log messages and stack traces are shown
     */
    record Mode(boolean json, boolean quiet, boolean verbose) {
        /** What can be told of arguments that nobody has parsed: the rest is known when they are. */
        static Mode beforeParsing(String... arguments) {
            boolean json = Stream.of(arguments)
                    .takeWhile(argument -> !argument.equals("--"))
                    .anyMatch(argument -> argument.equals("--json") || argument.equalsIgnoreCase("--json=true"));
            return new Mode(json, false, false);
        }
    }

    /** Enough for every run; a server may go on for months. */
    private static final int MOST_NOTES = 10_000;

    private static final String BACK_TO_EMPTY_LINE = "\r\033[K";

    private final ResultStream results;
    private final PrintStream out;
    private final OutputStream rawErr;
    private final PrintStream err;
    private final Terminal terminal;
    private final Set<String> noted = new LinkedHashSet<>();
    private volatile Mode mode = new Mode(false, false, false);
    private volatile UnaryOperator<String> words = UnaryOperator.identity();
    private boolean barShown;
    private boolean lossWasTold;

    /** Makes a console on two streams; both are written in the terminal's encoding, except JSON, which is UTF-8. */
    Console(OutputStream out, OutputStream err, Terminal terminal) {
        this(new ResultStream(out), err, terminal);
    }

    private Console(ResultStream out, OutputStream err, Terminal terminal) {
        this.results = out;
        this.out = new PrintStream(results, true, terminal.charset());
        this.rawErr = err;
        this.err = new PrintStream(err, true, terminal.charset());
        this.terminal = terminal;
    }

    /** The console of this process. */
    static Console ofProcess() {
        return new Console(
                ResultStream.ofProcess(new FileOutputStream(FileDescriptor.out)),
                new FileOutputStream(FileDescriptor.err),
                Terminal.detect(System.getProperties(), System.getenv()));
    }

    void configure(Mode chosen) {
        mode = chosen;
    }

    /** Has what the library says of its work put into the words of a command. */
    void speak(UnaryOperator<String> ofCommand) {
        words = ofCommand;
    }

    /** What the library says, in the words of the command that runs. */
    String inWords(String sentence) {
        return words.apply(sentence);
    }

    Mode mode() {
        return mode;
    }

    Terminal terminal() {
        return terminal;
    }

    /**
     * Prints a result: the text, or with {@code --json} the value as one line of JSON.
     *
     * @throws LostOutputException if it cannot be written
     */
    synchronized void result(Object value, String text) {
        if (mode.json()) {
            PrintStream utf8 = utf8();
            utf8.print(Json.line(value) + "\n");
            utf8.flush();
            results.requireWritten();
        } else {
            line(text);
        }
    }

    /** Starts to print results one by one; with {@code --json} they are one array. To be closed after the last. */
    <T> ResultList<T> results() {
        return new ResultList<>(this, mode.json() ? utf8() : null);
    }

    /**
     * Prints a line of text, or several, to standard output.
     *
     * @throws LostOutputException if it cannot be written
     */
    synchronized void line(String text) {
        hideBar();
        out.println(VisibleText.lines(text));
        results.requireWritten();
    }

    /**
     * Refuses to go on if a result was lost.
     *
     * @throws LostOutputException if anything could not be written to standard output so far
     */
    void requireWritten() {
        results.requireWritten();
    }

    /** Whether a lost result is news: the command fails by it, and so does the end of the process, of which one says so. */
    synchronized boolean isFirstLoss() {
        boolean first = !lossWasTold;
        lossWasTold = true;
        return first;
    }

    private PrintStream utf8() {
        return new PrintStream(results, false, StandardCharsets.UTF_8);
    }

    /** Prints what is good to know but no result, in one line. */
    void note(String text) {
        if (!mode.quiet()) {
            errorLine(VisibleText.line(text));
        }
    }

    /** Prints what the user should see even when quiet, in one line, unless the library has said it already. */
    synchronized void warn(String text) {
        String line = VisibleText.line(text);
        if (!noted.contains(line)) {
            errorLine(line);
        }
    }

    /** Prints what the user should see even when quiet, in as many lines as it has: a problem, a message of the log. */
    void say(String text) {
        errorLine(text);
    }

    /**
     * Prints what the library says of its work, once each, and keeps it for the result's notes.
     *
     * @param sentence what it says
     * @param line how that is printed
     */
    synchronized void noted(String sentence, String line) {
        boolean fresh = noted.size() < MOST_NOTES ? noted.add(sentence) : !noted.contains(sentence);
        if (fresh) {
            errorLine(line);
        }
    }

    /** What the library has said so far, a sentence each, in order. */
    synchronized List<String> notes() {
        return List.copyOf(noted);
    }

    /** A failure as JSON. */
    private record Failure(String error, String kind) {}

    /** Prints a failure as one line of JSON to standard error. */
    synchronized void jsonFailure(String text, String kind) {
        hideBar();
        PrintStream utf8 = new PrintStream(rawErr, true, StandardCharsets.UTF_8);
        utf8.print(Json.line(new Failure(Redacted.text(text), kind)) + "\n");
        utf8.flush();
    }

    /**
     * Prints a failure, with its stack trace if the user wants to see it; with {@code --json} as one line of JSON, the stack trace
     * before it.
     */
    void failure(String text, Throwable cause) {
        if (mode.json()) {
            if (mode.verbose()) {
                StringWriter trace = new StringWriter();
                cause.printStackTrace(new PrintWriter(trace));
                errorLine(trace.toString().strip());
            }
            jsonFailure(text, cause.getClass().getSimpleName());
            return;
        }
        if (!mode.verbose()) {
            errorLine(text);
            return;
        }
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace));
        // The trace of a GraftException starts with the message itself.
        errorLine(
                cause instanceof GraftException
                        ? trace.toString().strip()
                        : text + "\n" + trace.toString().strip());
    }

    /**
     * Starts to show the progress of some work: a bar on a terminal, a line every few seconds elsewhere, nothing when
     * quiet. To be closed when the work ends, however it ends.
     *
     * @param task what is being done, such as {@code "Pretraining"}
     * @param total how many steps it has
     */
    Progress progress(String task, long total) {
        if (mode.quiet()) {
            return Progress.silent();
        }
        return terminal.interactive()
                ? new BarProgress(this, task, total)
                : new LineProgress(this::note, System::nanoTime, task, total);
    }

    /** Draws a progress bar over the one shown before. */
    synchronized void showBar(String bar) {
        err.print(BACK_TO_EMPTY_LINE + bar);
        err.flush();
        barShown = true;
    }

    /** Takes the progress bar away, so that a line may be printed. */
    synchronized void hideBar() {
        if (barShown) {
            err.print(BACK_TO_EMPTY_LINE);
            err.flush();
            barShown = false;
        }
    }

    private synchronized void errorLine(String text) {
        hideBar();
        err.println(VisibleText.lines(Redacted.text(text)));
    }

    PrintWriter outWriter() {
        return new PrintWriter(out, true, terminal.charset());
    }

    PrintWriter errWriter() {
        return new PrintWriter(err, true, terminal.charset());
    }

    synchronized void flush() {
        hideBar();
        out.flush();
        err.flush();
    }
}
