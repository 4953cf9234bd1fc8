package dev.graft.experiment;

/** Is told how a comparison goes on. */
@FunctionalInterface
public interface ComparisonListener {
    /**
     * One training is done.
     *
     * @param done trainings done
     * @param total trainings there are
     * @param what the training in words
     */
    void trainingDone(int done, int total, String what);
}
