package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.graft.data.LabeledItems;
import dev.graft.optimization.TrainingSettings;
import dev.graft.training.Branch;
import dev.graft.training.NetworkTraining;
import dev.graft.training.TrainingListener;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What programs that use the library hear of it, without a listener of their own: the log. */
class LibraryWarningsIT {
    private static final int COUNT = 40;
    private static final LabeledItems ITEMS = LabeledItems.of(
                    "made",
                    List.of("low", "high"),
                    IntStream.range(0, COUNT).map(i -> i % 2).toArray())
            .withNumbers(
                    "size",
                    IntStream.range(0, COUNT)
                            .mapToDouble(i -> i % 10 == 0 ? Double.NaN : i % 2 + i / 100.0)
                            .toArray());

    private final Logger graft = (Logger) LoggerFactory.getLogger("dev.graft");
    private final ListAppender<ILoggingEvent> heard = new ListAppender<>();

    @BeforeEach
    void listen() {
        heard.start();
        graft.addAppender(heard);
    }

    @AfterEach
    void leave() {
        graft.detachAppender(heard);
    }

    @Test
    void aWarningIsLoggedOnceHoweverManyEpochsThereAre() {
        learning().run();

        assertThat(heard.list)
                .filteredOn(event -> event.getLevel() == Level.WARN)
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getLoggerName()).isEqualTo("dev.graft.training");
                    assertThat(event.getFormattedMessage())
                            .startsWith("4 of " + COUNT + " numbers in column 'size' are missing")
                            .doesNotContain("\n");
                });
    }

    @Test
    void aSilentListenerKeepsItOutOfTheLog() {
        learning().listener(TrainingListener.SILENT).run();

        assertThat(heard.list)
                .filteredOn(event -> event.getLevel() == Level.WARN)
                .isEmpty();
    }

    private static NetworkTraining learning() {
        return NetworkTraining.on(ITEMS)
                .branch(Branch.numbers("size"))
                .training(TrainingSettings.defaults().withEpochs(3));
    }
}
