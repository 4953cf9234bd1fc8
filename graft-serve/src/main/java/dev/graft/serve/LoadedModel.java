package dev.graft.serve;

import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import dev.graft.prediction.Classifier;
import org.jspecify.annotations.Nullable;

/** A network in the engine's memory, which is given back when it was replaced and the last call that uses it has ended. */
final class LoadedModel {
    private final Classifier classifier;
    private final ModelPage page;
    private final boolean ours;
    private int users;
    private boolean retired;
    private volatile @Nullable NearestExamples nearest;

    /**
     * Makes one.
     *
     * @param ours whether to close the classifier in the end
     */
    LoadedModel(Classifier classifier, ModelPage page, boolean ours) {
        this.classifier = classifier;
        this.page = page;
        this.ours = ours;
    }

    Classifier classifier() {
        return classifier;
    }

    /** What is told of it. */
    ModelPage page() {
        return page;
    }

    /** The known examples as this network sees them; null if there are none, or none yet. */
    @Nullable
    NearestExamples nearest() {
        return nearest;
    }

    /** Gives it known examples, which this very network has seen. */
    void setNearest(@Nullable NearestExamples seen) {
        nearest = seen;
    }

    /** Whether another has taken its place. */
    synchronized boolean isRetired() {
        return retired;
    }

    /** Keeps it from being closed until {@link #release}; gives false if it was replaced already. */
    synchronized boolean acquire() {
        if (retired) {
            return false;
        }
        users++;
        return true;
    }

    /** Ends one use. */
    synchronized void release() {
        users--;
        closeUnused();
    }

    /** Has it closed as soon as nobody uses it. */
    synchronized void retire() {
        retired = true;
        closeUnused();
    }

    private void closeUnused() {
        if (retired && users == 0 && ours) {
            classifier.close();
        }
    }

    /** Refuses to work with what is not there. */
    static Refusal gone(String name) {
        return new Refusal(
                503,
                Problem.of("The model has been taken away.")
                        .where("model " + name)
                        .fix("try again when the server runs again"));
    }

    /** Refuses a name that no model has. */
    static Refusal unknown(@Nullable String name, Iterable<String> names) {
        return new Refusal(
                404,
                Problem.of("There is no model of this name.")
                        .where("path")
                        .expected(String.join(", ", names))
                        .found(Excerpt.of(String.valueOf(name)))
                        .fix("use a name that GET /v1/models lists"));
    }
}
