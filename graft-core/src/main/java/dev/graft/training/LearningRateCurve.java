package dev.graft.training;

import java.util.List;

/**
 * What {@link LearningRateFinder} found.
 *
 * @param suggested the learning rate to set in the training settings, from the middle of the longest valley
 * @param phase the phase that was tried
 * @param points the trial's steps, in order; the last may be where it diverged
 */
public record LearningRateCurve(double suggested, String phase, List<Point> points) {
    /** Copies the list. */
    public LearningRateCurve {
        points = List.copyOf(points);
    }

    /**
     * One step of the trial.
     *
     * @param rate the learning rate of the settings that the step stands for
     * @param loss the mean loss of its batch before the step, in nats
     * @param smoothed the mean of the losses so far, in which the newest count most
     */
    public record Point(double rate, double loss, double smoothed) {}
}
