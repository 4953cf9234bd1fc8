package dev.graft.cli;

import dev.graft.result.EpochResult;
import dev.graft.training.TrainingListener;
import org.jspecify.annotations.Nullable;

/** Shows a training: a bar for each phase, a note for each epoch. */
final class TrainingProgress implements TrainingListener, AutoCloseable {
    private static final int REFRESH_STEPS = 10;

    private final Console console;
    private final String task;
    private final String score;
    private @Nullable Progress progress;

    TrainingProgress(Console console, String task) {
        this(console, task, "accuracy");
    }

    /** With another word for how good the answers to training examples are. */
    TrainingProgress(Console console, String task, String score) {
        this.score = score;
        this.console = console;
        this.task = task;
    }

    @Override
    public void phaseStarted(String name, int phase, int phases, long steps) {
        close();
        if (steps > 0) {
            progress = console.progress(phases == 1 ? task : task + ", " + name, steps);
        }
    }

    @Override
    public void stepDone(long step, long steps, double loss) {
        if (progress != null && (step % REFRESH_STEPS == 0 || step == steps)) {
            progress.advanceTo(step, ResultText.format("loss %.4f", loss));
        }
    }

    @Override
    public void epochDone(EpochResult epoch) {
        String training =
                ResultText.format("epoch %d: loss %.4f, %s %.4f", epoch.epoch(), epoch.loss(), score, epoch.accuracy());
        console.note(
                Double.isNaN(epoch.validationLoss())
                        ? training
                        : ResultText.format(
                                "%s; validation loss %.4f, %s %.4f",
                                training, epoch.validationLoss(), score, epoch.validationAccuracy()));
    }

    @Override
    public void close() {
        if (progress != null) {
            progress.close();
            progress = null;
        }
    }
}
