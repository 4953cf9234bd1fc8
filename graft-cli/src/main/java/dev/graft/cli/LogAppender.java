package dev.graft.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.Locale;
import java.util.function.Consumer;

/** Prints log messages one line each, by way of the console; stack traces only where the user wants them. */
final class LogAppender extends AppenderBase<ILoggingEvent> {
    private final Consumer<String> lines;
    private final boolean verbose;

    LogAppender(Consumer<String> lines, boolean verbose) {
        this.lines = lines;
        this.verbose = verbose;
    }

    @Override
    protected void append(ILoggingEvent event) {
        String level = event.getLevel().toString().toLowerCase(Locale.ROOT);
        if (!verbose) {
            String kind = event.getLevel().isGreaterOrEqual(Level.ERROR) ? "error" : "warning";
            lines.accept(kind + ": "
                    + event.getFormattedMessage().lines().findFirst().orElse(""));
            return;
        }
        String line = level + " " + event.getLoggerName() + ": " + event.getFormattedMessage();
        if (event.getThrowableProxy() != null) {
            line += "\n"
                    + ThrowableProxyUtil.asString(event.getThrowableProxy()).stripTrailing();
        }
        lines.accept(line);
    }
}
