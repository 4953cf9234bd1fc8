package dev.graft.serve;

import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A name under which networks are served, one after the other: the one that is there now, and where it comes from. Thread-safe. */
final class ServedModel implements AutoCloseable {
    private final String name;
    private final @Nullable Path directory;
    private final @Nullable KnownExamples known;
    private @Nullable LoadedModel current;
    private @Nullable String problem;

    /**
     * Makes one.
     *
     * @param directory the bundle to look at for changes; null for a network that has none
     * @param known the examples that its answers may point to; null for none
     */
    ServedModel(String name, @Nullable Path directory, @Nullable KnownExamples known, LoadedModel first) {
        this.name = name;
        this.directory = directory;
        this.known = known;
        this.current = first;
    }

    String name() {
        return name;
    }

    @Nullable
    Path directory() {
        return directory;
    }

    /** The examples that its answers may point to; null for none. */
    @Nullable
    KnownExamples known() {
        return known;
    }

    /** Why the bundle that now lies in the directory is not served, but the one before; null if it is. */
    synchronized @Nullable String problem() {
        return problem;
    }

    /** Notes why a bundle is not served; null if it is. */
    synchronized void setProblem(@Nullable String why) {
        problem = why;
    }

    /**
     * Works with the network that is there now, which stays open until the work ends, whatever happens meanwhile.
     *
     * @throws Refusal if the server has been closed
     */
    <T> T with(Function<LoadedModel, T> work) {
        LoadedModel model = acquired();
        try {
            return work.apply(model);
        } finally {
            model.release();
        }
    }

    private synchronized LoadedModel acquired() {
        LoadedModel model = current;
        if (model == null || !model.acquire()) {
            throw LoadedModel.gone(name);
        }
        return model;
    }

    /** Puts a network in place of the one before, which is closed once its calls have ended. */
    void replace(LoadedModel next) {
        LoadedModel before;
        synchronized (this) {
            before = current;
            if (before != null) {
                current = next;
                problem = null;
            }
        }
        (before == null ? next : before).retire();
    }

    /** Takes the network away; it is closed once its calls have ended. */
    @Override
    public void close() {
        LoadedModel last;
        synchronized (this) {
            last = current;
            current = null;
        }
        if (last != null) {
            last.retire();
        }
    }
}
