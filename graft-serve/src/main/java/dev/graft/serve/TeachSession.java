package dev.graft.serve;

import dev.graft.backbone.Backbone;
import dev.graft.data.Image;
import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledImages;
import dev.graft.data.LabeledTexts;
import dev.graft.error.ClosedException;
import dev.graft.error.GraftException;
import dev.graft.error.Problem;
import dev.graft.prediction.Classifier;
import dev.graft.source.Backbones;
import dev.graft.teaching.Lesson;
import dev.graft.teaching.Teaching;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Classes that somebody teaches over HTTP. Whenever something has changed, the head is solved anew in the background; until that is
 * done, the network of before answers. Thread-safe.
 */
final class TeachSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TeachSession.class);

    private final String id;
    private final ExecutorService learner;
    private final List<Point> history = new ArrayList<>();
    private @Nullable Teaching teaching;
    private @Nullable Taught taught;
    private @Nullable String problem;
    private boolean learning;
    private boolean closed;
    private long lastUse = System.nanoTime();

    /** A network, and what it was learned by. */
    private record Taught(Lesson lesson, LoadedModel model) {}

    /**
     * What a number of examples was worth.
     *
     * @param examples how many there were
     * @param classes of how many classes
     * @param accuracy cross-validated, 0 to 1; null if none could be held back
     */
    record Point(int examples, int classes, @Nullable Double accuracy) {}

    /**
     * A class.
     *
     * @param name its name
     * @param examples how many there are
     */
    record ClassCount(String name, int examples) {}

    /**
     * How it stands.
     *
     * @param id the session's
     * @param backbone the source model; null before the first example, which decides
     * @param kind {@code pictures} or {@code texts}; null before the first example
     * @param revision how many changes there were
     * @param classes in the order in which they came
     * @param learning whether the network is behind the examples
     * @param learned the last lesson; null before the first
     * @param problem why the last lesson failed; null if it did not
     * @param history what each lesson was worth
     */
    record Status(
            String id,
            @Nullable String backbone,
            @Nullable String kind,
            long revision,
            List<ClassCount> classes,
            boolean learning,
            @Nullable Learned learned,
            @Nullable String problem,
            List<Point> history) {}

    /**
     * The last lesson.
     *
     * @param revision of the examples that it saw
     * @param examples how many
     * @param accuracy cross-validated, 0 to 1; null if none could be held back
     * @param lower end of its 95% interval; null with it
     * @param upper end of its 95% interval; null with it
     * @param guessing the share that naming the largest class gets right
     * @param verdict what that is worth, as {@link Lesson.Verdict}
     * @param verdictText the same in a sentence
     * @param strategy the cut and head that were chosen
     * @param because why, in words
     * @param doubts examples that look like another class
     * @param tellsUnknown whether it tells what is like none of the classes by distance, as {@link Lesson#tellsUnknown()}
     * @param seconds what it took
     */
    record Learned(
            long revision,
            int examples,
            @Nullable Double accuracy,
            @Nullable Double lower,
            @Nullable Double upper,
            double guessing,
            String verdict,
            String verdictText,
            String strategy,
            String because,
            List<Lesson.Doubt> doubts,
            boolean tellsUnknown,
            double seconds) {
        static Learned of(Lesson lesson) {
            return new Learned(
                    lesson.revision(),
                    lesson.examples().size(),
                    lesson.accuracy(),
                    lesson.interval() == null ? null : lesson.interval().lower(),
                    lesson.interval() == null ? null : lesson.interval().upper(),
                    lesson.guessing(),
                    lesson.verdict().name(),
                    lesson.verdict().words(),
                    lesson.selection().strategy(),
                    lesson.selection().because(),
                    lesson.doubts(),
                    lesson.tellsUnknown(),
                    lesson.seconds());
        }
    }

    /**
     * Starts without an example.
     *
     * @param learner runs lessons, of all sessions one after the other
     */
    TeachSession(String id, ExecutorService learner) {
        this.id = id;
        this.learner = learner;
    }

    String id() {
        return id;
    }

    /** Notes that somebody uses it. */
    synchronized void touch() {
        lastUse = System.nanoTime();
    }

    /** For how long nobody has used it, in seconds. */
    synchronized double idle() {
        return (System.nanoTime() - lastUse) / 1e9;
    }

    /** Adds pictures to a class. */
    Teaching.Added addImages(String className, List<Image> images) {
        Teaching.Added added = teaching(LabeledImages.of("examples", images, labels(images.size())))
                .addImages(className, images);
        changed();
        return added;
    }

    /** Adds texts to a class. */
    Teaching.Added addTexts(String className, List<String> texts) {
        Teaching.Added added = teaching(LabeledTexts.of("examples", texts, labels(texts.size())))
                .addTexts(className, texts);
        changed();
        return added;
    }

    private static List<String> labels(int count) {
        return Collections.nCopies(count, "example");
    }

    /** The teaching; the first examples decide which source model it has. */
    private synchronized Teaching teaching(LabeledExamples first) {
        requireOpen();
        Teaching known = teaching;
        if (known == null) {
            Backbone backbone = Backbones.loadUsual(first);
            known = new Teaching(backbone);
            teaching = known;
        }
        return known;
    }

    /** Changes what is there; nothing if there is nothing yet. */
    <T> T change(T without, Function<Teaching, T> change) {
        Teaching known;
        synchronized (this) {
            requireOpen();
            known = teaching;
        }
        if (known == null) {
            return without;
        }
        T result = change.apply(known);
        changed();
        return result;
    }

    private synchronized void changed() {
        touch();
        if (learning || closed) {
            return;
        }
        learning = true;
        try {
            learner.execute(this::catchUp);
        } catch (RejectedExecutionException e) {
            learning = false;
        }
    }

    /** Learns until nothing has changed meanwhile. */
    private void catchUp() {
        while (true) {
            Teaching known;
            synchronized (this) {
                known = teaching;
                if (closed || known == null) {
                    learning = false;
                    return;
                }
            }
            long seen = -1;
            try {
                Teaching.State state = known.state();
                seen = state.revision();
                Lesson lesson = state.learnable() ? known.learn() : null;
                seen = lesson == null ? seen : lesson.revision();
                publish(lesson);
            } catch (ClosedException e) {
                fail(null);
            } catch (GraftException e) {
                fail(e.problem().what());
            } catch (RuntimeException | Error e) {
                LOG.warn("a lesson failed", e);
                fail("the lesson failed; the server's log says why");
            }
            if (hasSeenAll(known, seen)) {
                return;
            }
        }
    }

    private synchronized void fail(@Nullable String why) {
        problem = why;
    }

    /** Whether nothing has changed since; then it is no longer learning. */
    private synchronized boolean hasSeenAll(Teaching known, long seen) {
        learning = !closed && known.state().revision() != seen;
        return !learning;
    }

    /** Puts a network in place of the one before; none if there is nothing to tell apart any more. */
    private synchronized void publish(@Nullable Lesson lesson) {
        if (closed) {
            return;
        }
        Taught before = taught;
        problem = null;
        taught = lesson == null ? null : new Taught(lesson, ModelDirectory.of(lesson.model()));
        if (lesson != null) {
            history.add(new Point(
                    lesson.examples().size(), lesson.model().classNames().size(), lesson.accuracy()));
        }
        if (before != null) {
            before.model().retire();
        }
    }

    /** How it stands. */
    synchronized Status status() {
        requireOpen();
        Teaching known = teaching;
        Taught last = taught;
        Teaching.State state = known == null ? new Teaching.State(0, new LinkedHashMap<>()) : known.state();
        List<ClassCount> counts = new ArrayList<>();
        for (Map.Entry<String, Integer> one : state.counts().entrySet()) {
            counts.add(new ClassCount(one.getKey(), one.getValue()));
        }
        return new Status(
                id,
                known == null ? null : known.backbone().id(),
                known == null ? null : known.takesTexts() ? "texts" : "pictures",
                state.revision(),
                counts,
                learning,
                last == null ? null : Learned.of(last.lesson()),
                problem,
                List.copyOf(history));
    }

    /**
     * Works with the network of the last lesson, which stays open meanwhile.
     *
     * @throws Refusal if nothing was learned yet
     */
    <T> T with(Work<T> work) {
        Taught now;
        Teaching known;
        synchronized (this) {
            requireOpen();
            touch();
            now = taught;
            known = teaching;
            if (now == null || known == null || !now.model().acquire()) {
                throw new Refusal(
                        409,
                        Problem.of("Nothing has been learned yet.")
                                .expected("two classes with an example each")
                                .fix("add examples, and ask again a moment later"));
            }
        }
        try {
            return work.with(known, now.lesson(), now.model().classifier());
        } finally {
            now.model().release();
        }
    }

    /** What is done with a network. */
    interface Work<T> {
        /** Does it. */
        T with(Teaching teaching, Lesson lesson, Classifier classifier);
    }

    private void requireOpen() {
        if (closed) {
            throw TeachSessions.unknown();
        }
    }

    @Override
    public void close() {
        Teaching last;
        synchronized (this) {
            closed = true;
            last = teaching;
            if (taught != null) {
                taught.model().retire();
            }
            taught = null;
        }
        if (last != null) {
            last.close();
        }
    }
}
