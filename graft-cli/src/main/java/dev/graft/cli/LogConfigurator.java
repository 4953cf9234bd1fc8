package dev.graft.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.jspecify.annotations.Nullable;

/**
 * Sets up the library's log without a configuration file, which would take longer to read than all the rest of the start:
 * warnings and errors, one line each, on standard error; with {@code --verbose} everything of Graft, and the notes of the
 * libraries. Found by logback through {@code META-INF/services}.
 */
public final class LogConfigurator extends ContextAwareBase implements Configurator {
    /** They warn where a CUDA toolkit is installed but no GPU is there, which is no news to the user. */
    private static final String[] NOISY_AT_START = {"ai.djl.util.cuda", "ai.djl.pytorch.jni.LibUtils"};

    private static volatile @Nullable Console console;
    private static volatile boolean verbose;

    /** Called by logback. */
    public LogConfigurator() {}

    /** Messages go there from now on; how many of them, is settled by the first console that there is. */
    static void writeTo(Console chosen) {
        console = chosen;
        verbose = chosen.mode().verbose();
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        LogAppender appender = new LogAppender(() -> console, verbose);
        appender.setContext(context);
        appender.setName("console");
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(verbose ? Level.INFO : Level.WARN);
        root.addAppender(appender);
        context.getLogger("dev.graft").setLevel(verbose ? Level.DEBUG : Level.WARN);
        if (!verbose) {
            for (String name : NOISY_AT_START) {
                context.getLogger(name).setLevel(Level.ERROR);
            }
        }
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
