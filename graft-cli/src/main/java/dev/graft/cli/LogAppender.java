package dev.graft.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.graft.error.VisibleText;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Prints log messages one line each, by way of the console; stack traces only where the user wants them. What Graft itself
 * warns of becomes a note of the result.
 */
final class LogAppender extends AppenderBase<ILoggingEvent> {
    private final Supplier<@Nullable Console> console;
    private final boolean verbose;

    /**
     * Makes an appender.
     *
     * @param console where to print, asked for at each message; null before there is one
     */
    LogAppender(Supplier<@Nullable Console> console, boolean verbose) {
        this.console = console;
        this.verbose = verbose;
    }

    @Override
    protected void append(ILoggingEvent event) {
        Console known = console.get();
        String message = event.getFormattedMessage().strip();
        String sentence = VisibleText.line(known == null ? message : known.inWords(message));
        String line = line(event, sentence);
        if (known == null) {
            System.err.println(VisibleText.lines(line));
        } else if (event.getLevel().isGreaterOrEqual(Level.WARN)
                && event.getLoggerName().startsWith("dev.graft.")) {
            known.noted(sentence, line);
        } else {
            known.say(line);
        }
    }

    private String line(ILoggingEvent event, String sentence) {
        String level = event.getLevel().toString().toLowerCase(Locale.ROOT);
        if (!verbose) {
            String kind = event.getLevel().isGreaterOrEqual(Level.ERROR) ? "error" : "warning";
            return kind + ": " + sentence;
        }
        String line = level + " " + event.getLoggerName() + ": " + event.getFormattedMessage();
        return event.getThrowableProxy() == null
                ? line
                : line + "\n"
                        + ThrowableProxyUtil.asString(event.getThrowableProxy()).stripTrailing();
    }
}
