package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogConfiguratorTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console = new Console(new ByteArrayOutputStream(), err, Terminal.none());

    @AfterEach
    void back() {
        LogConfigurator.writeTo(new Console(System.out, System.err, Terminal.none()));
    }

    @Test
    void warningsAreOneLineAndNotesAreLeftOut() {
        LoggerContext context = configured(false);

        context.getLogger("dev.graft.data").info("read 3 files");
        context.getLogger("dev.graft.data").warn("skipped {}", "1.png", new IllegalStateException("bad"));
        context.getLogger("ai.djl.Device").error("lost");

        assertThat(logged()).isEqualToNormalizingNewlines("warning: skipped 1.png\nerror: lost\n");
    }

    @Test
    void whatGraftWarnsOfIsSaidOnceAndBecomesANote() {
        LoggerContext context = configured(false);

        context.getLogger("dev.graft.data").warn("'{}' is taken as the test part", "testing");
        context.getLogger("dev.graft.image").warn("'testing' is taken as the test part");
        context.getLogger("ai.djl.Device").warn("slow");

        assertThat(logged())
                .isEqualToNormalizingNewlines("warning: 'testing' is taken as the test part\nwarning: slow\n");
        assertThat(console.notes()).containsExactly("'testing' is taken as the test part");
    }

    @Test
    void aLaterConsoleHearsWhatIsSaidLater() {
        LoggerContext context = configured(false);
        Console later = new Console(new ByteArrayOutputStream(), new ByteArrayOutputStream(), Terminal.none());
        LogConfigurator.writeTo(later);

        context.getLogger("dev.graft.data").warn("said later");

        assertThat(later.notes()).containsExactly("said later");
        assertThat(console.notes()).isEmpty();
    }

    @Test
    void theEnginesWarningsAtStartAreHidden() {
        configured(false)
                .getLogger("ai.djl.util.cuda.CudaUtils")
                .warn("Failed to detect GPU count: CUDA driver version is insufficient");

        assertThat(logged()).isEmpty();
    }

    @Test
    void verboseShowsAllOfGraftAndStackTraces() {
        LoggerContext context = configured(true);

        context.getLogger("dev.graft.data").debug("read 3 files");
        context.getLogger("ai.djl.util.cuda.CudaUtils").warn("Failed to detect GPU count");
        context.getLogger("ai.djl.Device").debug("chatter");
        context.getLogger("dev.graft.data").warn("skipped", new IllegalStateException("bad"));

        assertThat(logged())
                .contains("debug dev.graft.data: read 3 files")
                .contains("warn ai.djl.util.cuda.CudaUtils: Failed")
                .contains("\tat dev.graft.cli.LogConfiguratorTest")
                .doesNotContain("chatter");
    }

    private LoggerContext configured(boolean verbose) {
        console.configure(new Console.Mode(false, false, verbose));
        LogConfigurator.writeTo(console);
        LoggerContext context = new LoggerContext();
        assertThat(new LogConfigurator().configure(context)).isEqualTo(ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);
        return context;
    }

    private String logged() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
