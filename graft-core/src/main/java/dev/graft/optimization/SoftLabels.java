package dev.graft.optimization;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What probability a row should have of each class, by the row's own class.
 *
 * @param targets (classes, classes), each row adding up to 1; null for the own class alone
 */
@SuppressWarnings("ArrayRecordComponent")
record SoftLabels(double @Nullable [] @Nullable [] targets) {
    static final SoftLabels NONE = new SoftLabels(null);

    /** How fast the wanted probability falls from grade to grade: to about a twentieth. */
    private static final double STEEPNESS = 3;

    /** Labels of which a share is spread over the other classes. */
    static SoftLabels smoothed(int classes, double share) {
        double[][] targets = new double[classes][classes];
        for (int own = 0; own < classes; own++) {
            Arrays.fill(targets[own], share / (classes - 1));
            targets[own][own] = 1 - share;
        }
        return new SoftLabels(targets);
    }

    /**
     * Soft labels of grades (Díaz and Marathe 2019, Soft labels for ordinal regression, CVPR): the wanted probability falls with the
     * distance from the true grade, so that a mistake costs more the farther away it is.
     */
    static SoftLabels ofGrades(int grades) {
        double[][] targets = new double[grades][grades];
        for (int own = 0; own < grades; own++) {
            double sum = 0;
            for (int g = 0; g < grades; g++) {
                targets[own][g] = Math.exp(-STEEPNESS * Math.abs(g - own));
                sum += targets[own][g];
            }
            for (int g = 0; g < grades; g++) {
                targets[own][g] /= sum;
            }
        }
        return new SoftLabels(targets);
    }
}
