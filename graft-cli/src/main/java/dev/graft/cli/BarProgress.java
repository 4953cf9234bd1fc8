package dev.graft.cli;

import dev.graft.error.VisibleText;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress as a bar on a terminal, drawn over itself. */
final class BarProgress implements Progress {
    private static final int UPDATE_MILLIS = 200;

    private final Console console;
    private final ProgressBar bar;

    BarProgress(Console console, String task, long total) {
        this.console = console;
        Terminal terminal = console.terminal();
        bar = new ProgressBarBuilder()
                .setTaskName(VisibleText.line(task))
                .setInitialMax(total)
                .setStyle(style(terminal))
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setConsumer(new ConsoleConsumer(console))
                .build();
    }

    private static ProgressBarStyle style(Terminal terminal) {
        if (!terminal.unicode()) {
            return ProgressBarStyle.ASCII;
        }
        return terminal.color() ? ProgressBarStyle.COLORFUL_UNICODE_BAR : ProgressBarStyle.UNICODE_BLOCK;
    }

    @Override
    public void advanceTo(long done, String detail) {
        bar.stepTo(done);
        bar.setExtraMessage(detail.isEmpty() ? "" : " " + VisibleText.line(detail));
    }

    @Override
    public void close() {
        bar.close();
        // The library leaves a bar that it had no time to draw before it was closed.
        console.hideBar();
    }

    /** Writes through the console, and so without the library's own probing of the terminal, which takes long. */
    private static final class ConsoleConsumer implements ProgressBarConsumer {
        private final Console console;

        private ConsoleConsumer(Console console) {
            this.console = console;
        }

        @Override
        public int getMaxRenderedLength() {
            // A full last column would make some terminals start a new line.
            return console.terminal().columns() - 1;
        }

        @Override
        public void accept(String rendered) {
            console.showBar(rendered);
        }

        @Override
        public void close() {
            console.hideBar();
        }
    }
}
