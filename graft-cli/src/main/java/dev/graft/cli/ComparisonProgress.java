package dev.graft.cli;

import dev.graft.experiment.ComparisonListener;
import org.jspecify.annotations.Nullable;

/** Shows a comparison: one bar over all trainings. */
final class ComparisonProgress implements ComparisonListener, AutoCloseable {
    private final Console console;
    private final String task;
    private @Nullable Progress progress;

    ComparisonProgress(Console console, String task) {
        this.console = console;
        this.task = task;
    }

    @Override
    public void trainingDone(int done, int total, String what) {
        if (progress == null) {
            progress = console.progress(task, total);
        }
        progress.advanceTo(done, what);
    }

    @Override
    public void close() {
        if (progress != null) {
            progress.close();
        }
    }
}
