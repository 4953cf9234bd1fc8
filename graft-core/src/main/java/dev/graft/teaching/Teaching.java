package dev.graft.teaching;

import dev.graft.backbone.Backbone;
import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.data.LabeledTexts;
import dev.graft.error.ClosedException;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.error.Required;
import dev.graft.error.SettingsException;
import dev.graft.feature.FeatureCache;
import dev.graft.model.TransferModel;
import dev.graft.preparation.TextPreparation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Teaches a source model classes, example by example. The features of an example are computed once, when it comes; {@link #learn} then
 * chooses cut and head anew on the features of all, by cross-validation, in about a second for some dozens of examples. Pictures themselves
 * are not kept.
 *
 * <pre>{@code
 * try (Teaching teaching = new Teaching(Backbones.load("tf_efficientnet_lite0"))) {
 *     teaching.addImages("cup", cups);
 *     teaching.addImages("spoon", spoons);
 *     Lesson lesson = teaching.learn();
 *     System.out.println(lesson.accuracy());
 *     teaching.addImages("plate", plates);
 *     lesson = teaching.learn();
 * }
 * }</pre>
 *
 * <p>Safe for use by several threads: examples may come while it learns. Holds memory until whoever made it closes it; who learns
 * meanwhile ends with a {@link ClosedException}.
 */
public final class Teaching implements AutoCloseable {
    /** The most examples that it takes: a choice would look at no more. */
    public static final int MOST_EXAMPLES = 1000;

    /** What came and went takes memory too: so many examples are taken altogether. */
    private static final int MOST_EVER = 10 * MOST_EXAMPLES;

    /** The most classes. */
    public static final int MOST_CLASSES = 100;

    // Several may be under way at once; features beyond that lie in a file.
    private static final long MOST_MEMORY = 64L << 20;
    private static final int SHARE_OF_MEMORY = 16;

    private final Backbone backbone;
    private final FeatureCache cache =
            new FeatureCache(Math.min(MOST_MEMORY, Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY));
    private final Lessons lessons;
    private final Map<String, List<Taught>> classes = new LinkedHashMap<>();
    private final Set<String> contents = new LinkedHashSet<>();
    private long next = 1;
    private long ever;
    private long revision;
    private boolean closed;

    /**
     * An example that is there.
     *
     * @param number its number
     * @param batch what it came with
     * @param place its place in that
     */
    record Taught(long number, TaughtBatch batch, int place) {}

    /**
     * What became of examples that were added.
     *
     * @param numbers a number for each example; 0 for one that was there already
     * @param repeated how many were there already, in whichever class, and were left out
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Added(long[] numbers, int repeated) {}

    /**
     * The classes at a moment.
     *
     * @param revision how many changes there were
     * @param counts the number of examples of each class, in the order in which the classes came
     */
    public record State(long revision, Map<String, Integer> counts) {
        /** Copies the map. */
        public State {
            counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
        }

        /** Whether there is something to learn: two classes with an example each. */
        public boolean learnable() {
            return counts.values().stream().filter(count -> count > 0).count() >= 2;
        }
    }

    /** Starts without any class. */
    public Teaching(Backbone backbone) {
        this.backbone = Required.setting(backbone, "backbone");
        this.lessons = new Lessons(backbone, cache);
    }

    /** The source model. */
    public Backbone backbone() {
        return backbone;
    }

    /** Whether it takes texts; pictures otherwise. */
    public boolean takesTexts() {
        return backbone.architecture().preparation() instanceof TextPreparation;
    }

    /**
     * Adds pictures to a class, which is made if it is not there.
     *
     * @param pictures of any size, grey or coloured
     * @throws SettingsException if it takes texts, the name cannot be a class's, or there are too many classes
     * @throws DataException if there would be too many examples
     * @throws ClosedException if it is closed
     */
    public Added addImages(String className, List<Image> pictures) {
        requireKind(false);
        List<Image> images = Required.examples(pictures, "picture", className);
        requireRoom(className, images.size());
        if (images.isEmpty()) {
            return insert(className, null);
        }
        LabeledImages data = LabeledImages.of("examples", images, Collections.nCopies(images.size(), "example"));
        lessons.compute(data);
        List<String> digests = new ArrayList<>();
        for (int i = 0; i < data.size(); i++) {
            digests.add(Objects.requireNonNull(data.content(i)));
        }
        // The pictures go, and their features stay.
        TaughtImages kept =
                new TaughtImages(data.name(), data.classNames(), new int[data.size()], digests, data.digest());
        return insert(className, new TaughtBatch(kept, digests));
    }

    /**
     * Adds texts to a class, which is made if it is not there.
     *
     * @throws SettingsException if it takes pictures, the name cannot be a class's, or there are too many classes
     * @throws DataException if there would be too many examples
     * @throws ClosedException if it is closed
     */
    public Added addTexts(String className, List<String> texts) {
        requireKind(true);
        List<String> held = Required.examples(texts, "text", className);
        requireRoom(className, held.size());
        if (held.isEmpty()) {
            return insert(className, null);
        }
        LabeledTexts data = LabeledTexts.of("examples", held, Collections.nCopies(held.size(), "example"));
        lessons.compute(data);
        return insert(className, new TaughtBatch(data, held));
    }

    private void requireKind(boolean texts) {
        if (takesTexts() != texts) {
            throw new SettingsException(Problem.of("The source model takes other examples than these.")
                    .where(backbone.id())
                    .expected(texts ? "pictures" : "texts")
                    .found(texts ? "texts" : "pictures")
                    .fix("start with a source model for " + (texts ? "texts" : "pictures")));
        }
    }

    private synchronized void requireRoom(String className, int more) {
        requireOpen();
        requireName(className);
        if (!classes.containsKey(className) && classes.size() >= MOST_CLASSES) {
            throw new SettingsException(Problem.of("There are too many classes.")
                    .expected("at most " + MOST_CLASSES)
                    .found("one more")
                    .fix("take one out, or fit a network on a folder of examples"));
        }
        int count = classes.values().stream().mapToInt(List::size).sum();
        if (count + more > MOST_EXAMPLES) {
            throw new DataException(Problem.of("There are too many examples.")
                    .expected("at most " + MOST_EXAMPLES)
                    .found(count + ", and " + more + " more")
                    .fix("take some out, or fit a network on a folder of examples"));
        }
        if (ever + more > MOST_EVER) {
            throw new DataException(Problem.of("Too many examples have come and gone.")
                    .expected("at most " + MOST_EVER + ", those that were taken out among them")
                    .found(ever + ", and " + more + " more")
                    .fix("start anew"));
        }
    }

    private static void requireName(String className) {
        if (className.isBlank() || !className.equals(className.strip())) {
            throw new SettingsException(Problem.of("This cannot be the name of a class.")
                    .expected("a name that is not blank, without blanks at its ends")
                    .found(className));
        }
    }

    private synchronized Added insert(String className, @Nullable TaughtBatch batch) {
        requireOpen();
        int size = batch == null ? 0 : batch.data().size();
        requireRoom(className, size);
        List<Taught> members = classes.computeIfAbsent(className, name -> new ArrayList<>());
        long[] numbers = new long[size];
        int repeated = 0;
        for (int i = 0; i < size; i++) {
            if (contents.add(Objects.requireNonNull(batch).contents().get(i))) {
                numbers[i] = next++;
                members.add(new Taught(numbers[i], batch, i));
            } else {
                repeated++;
            }
        }
        ever += size;
        revision++;
        return new Added(numbers, repeated);
    }

    /**
     * Takes an example out.
     *
     * @param number as {@link Added} gave it
     * @return whether it was there
     */
    public synchronized boolean remove(long number) {
        requireOpen();
        for (List<Taught> members : classes.values()) {
            for (Taught one : members) {
                if (one.number() == number) {
                    contents.remove(one.batch().contents().get(one.place()));
                    members.remove(one);
                    revision++;
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Takes a class out, with its examples.
     *
     * @return whether it was there
     */
    public synchronized boolean removeClass(String className) {
        requireOpen();
        List<Taught> members = classes.remove(className);
        if (members == null) {
            return false;
        }
        members.forEach(one -> contents.remove(one.batch().contents().get(one.place())));
        revision++;
        return true;
    }

    /**
     * Gives a class another name.
     *
     * @throws SettingsException if there is no such class, or the new name is taken or cannot be one
     */
    public synchronized void renameClass(String from, String to) {
        requireOpen();
        requireName(to);
        if (!classes.containsKey(from) || classes.containsKey(to)) {
            throw new SettingsException(Problem.of("The class cannot be renamed so.")
                    .where(from)
                    .expected("a class that is there, and a name that no class has")
                    .found(classes.containsKey(from) ? "a class " + to : "no class " + from));
        }
        Map<String, List<Taught>> renamed = new LinkedHashMap<>();
        classes.forEach((name, members) -> renamed.put(name.equals(from) ? to : name, members));
        classes.clear();
        classes.putAll(renamed);
        revision++;
    }

    /** The classes as they are now. */
    public synchronized State state() {
        requireOpen();
        Map<String, Integer> counts = new LinkedHashMap<>();
        classes.forEach((name, members) -> counts.put(name, members.size()));
        return new State(revision, counts);
    }

    /** The examples at a moment, for a lesson that others do not disturb. */
    record Snapshot(long revision, Map<String, List<Taught>> classes) {}

    private synchronized Snapshot snapshot() {
        requireOpen();
        Map<String, List<Taught>> copy = new LinkedHashMap<>();
        classes.forEach((name, members) -> {
            if (!members.isEmpty()) {
                copy.put(name, List.copyOf(members));
            }
        });
        return new Snapshot(revision, copy);
    }

    /**
     * Learns from all examples that are there. Classes without any are left out.
     *
     * @throws SettingsException if there are fewer than two classes with an example
     * @throws ClosedException if it is closed
     */
    public Lesson learn() {
        Snapshot snapshot = snapshot();
        if (snapshot.classes().size() < 2) {
            throw new SettingsException(Problem.of("There is nothing to tell apart yet.")
                    .expected("two classes with an example each")
                    .found(snapshot.classes().size())
                    .fix("add examples of another class"));
        }
        return lessons.learn(snapshot, this::isClosed);
    }

    /**
     * The network of a lesson, with the record of its classes that bundles keep: more classes can be added to it, and it knows how far
     * an example is from all of them. Making the record takes a second or two.
     *
     * @param lesson one of this teaching's
     * @throws ClosedException if it is closed
     */
    public TransferModel complete(Lesson lesson) {
        return lessons.complete(lesson);
    }

    /**
     * The examples that a picture is most like, by the cosine of their vectors at the source model's usual cut.
     *
     * @param most how many, at least 1
     * @throws SettingsException if it takes texts
     */
    public List<Neighbor> nearest(Image picture, int most) {
        requireKind(false);
        return lessons.nearest(snapshot(), LabeledImages.of("query", List.of(picture), List.of("query")), most);
    }

    /**
     * The examples that a text is most like.
     *
     * @param most how many, at least 1
     * @throws SettingsException if it takes pictures
     */
    public List<Neighbor> nearest(String text, int most) {
        requireKind(true);
        return lessons.nearest(snapshot(), LabeledTexts.of("query", List.of(text), List.of("query")), most);
    }

    /**
     * An example that is like another.
     *
     * @param example its number
     * @param className its class
     * @param similarity the cosine of the angle between their vectors, -1 to 1
     */
    public record Neighbor(long example, String className, double similarity) {}

    private synchronized boolean isClosed() {
        return closed;
    }

    private void requireOpen() {
        if (closed) {
            throw ClosedException.of("teaching");
        }
    }

    /** To close it twice does nothing. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            classes.clear();
            contents.clear();
        }
        cache.close();
    }
}
