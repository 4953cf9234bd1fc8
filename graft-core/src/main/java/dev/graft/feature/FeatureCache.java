package dev.graft.feature;

import dev.graft.data.LabeledExamples;
import dev.graft.error.ClosedException;
import dev.graft.error.Problem;
import dev.graft.error.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what the frozen part of a backbone computed: in memory up to a limit, then in files, so that the features may be
 * larger than the heap. Several keys that lack their rows are filled in one pass. Whoever made the cache
 * closes it, which deletes its files and ends the use of its rows with a {@link ClosedException}. Safe for use by several threads,
 * one fill at a time, for which closing waits, unless the fill itself does it.
 */
public final class FeatureCache implements AutoCloseable {
    // So that memory does not grow with the machine.
    private static final long MOST_MEMORY = 256L << 20;

    private static final int WIDEST_IN_MEMORY = 4096;
    private static final int SHARE_OF_WIDE = 8;

    // Fewer say more of what comes before the first than of each.
    private static final int ENOUGH_TO_TIME = 50;

    private final long memoryLimit;
    private final Path directory;
    private final Map<FeatureKey, KeptRows> stored = new HashMap<>();
    private final Map<String, Part> parts = new HashMap<>();
    private final Map<String, List<Piece>> pieces = new HashMap<>();
    private final IdentityHashMap<Object, Map<String, String>> digests = new IdentityHashMap<>();
    private final DigestCheck check = new DigestCheck();
    private boolean closed;
    private long memoryUsed;
    private int hits;
    private int misses;
    private double rowSeconds;

    /** A cache that keeps up to so many bytes in memory, the rest in the system's temporary folder. */
    public FeatureCache(long memoryLimitBytes) {
        this(memoryLimitBytes, Path.of(System.getProperty("java.io.tmpdir")));
    }

    FeatureCache(long memoryLimitBytes, Path directory) {
        this.memoryLimit = memoryLimitBytes;
        this.directory = directory;
    }

    /** A cache that takes up to a quarter of the heap, and never more than 256 MiB of it. */
    public static FeatureCache withDefaults() {
        return new FeatureCache(Math.min(MOST_MEMORY, Runtime.getRuntime().maxMemory() / 4));
    }

    /**
     * One wanted feature.
     *
     * @param key what it depends on
     * @param width values in a row
     * @param states the tokens of the rows, if these are sequences; null for rows of one length
     */
    public record Wanted(
            FeatureKey key, int width, @Nullable TokenStates states) {
        /** Rows of one length. */
        public Wanted(FeatureKey key, int width) {
            this(key, width, null);
        }
    }

    /**
     * Examples that are some of others.
     *
     * @param whole the others
     * @param indexes which of them, in this order
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Part(LabeledExamples whole, int[] indexes) {}

    /**
     * Says that some examples are part of others, as the folds of a cross-validation are: their features are then computed once,
     * for the whole, and each part reads its own rows.
     *
     * @param digest the digest of the part
     */
    public synchronized void share(String digest, Part part) {
        parts.put(digest, part);
    }

    /** What was said of examples by {@link #share}; null if nothing was. */
    public synchronized @Nullable Part partOf(String digest) {
        return parts.get(digest);
    }

    /**
     * Examples that make up others, together with more of them.
     *
     * @param examples some of the others
     * @param places where each of them stands among the others
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Piece(LabeledExamples examples, int[] places) {}

    /**
     * Says that some examples are put together of others, whose features are then computed piece by piece, or found where a piece
     * was wanted before.
     *
     * @param digest the digest of the whole
     * @param all pieces that have each of its examples once
     */
    public synchronized void compose(String digest, List<Piece> all) {
        // What is a piece of itself would be looked for without end.
        if (all.size() != 1 || !all.get(0).examples().digest().equals(digest)) {
            pieces.put(digest, List.copyOf(all));
        }
    }

    /** What was said of examples by {@link #compose}; null if nothing was. */
    public synchronized @Nullable List<Piece> piecesOf(String digest) {
        return pieces.get(digest);
    }

    /**
     * Fails where the features of other examples would be taken for those of these. Examples whose digest Graft itself computes are not
     * looked at; of others some pictures are read once.
     *
     * @throws dev.graft.error.DataException if other examples stated their digest before
     */
    public synchronized void requireOwnDigest(LabeledExamples examples) {
        check.require(examples);
    }

    /**
     * The digest of a source model's weights through a stage, computed once for as long as this cache is open.
     *
     * @param weights whose digest it is: the object itself, which does not change
     * @param through what of them, in words
     */
    public synchronized String digest(Object weights, String through, Supplier<String> computed) {
        return digests.computeIfAbsent(weights, one -> new HashMap<>()).computeIfAbsent(through, one -> computed.get());
    }

    /** Computes rows and hands them on, in order, from the first row to the last. */
    @FunctionalInterface
    public interface Filler {
        /** Computes the missing features of all rows in one pass. */
        void fill(List<FeatureKey> missing, Sink sink);
    }

    /** Takes computed rows. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Stores whole rows of one feature, row after row, after those stored before; of sequences each is the number of its
         * tokens and their values, without padding.
         */
        void append(FeatureKey key, float[] rows);
    }

    /**
     * The rows of the wanted features, computed where they are missing.
     *
     * @param count the number of rows
     * @throws StorageException if a file for them cannot be written
     * @throws ClosedException if it is closed
     */
    public synchronized List<Rows> get(List<Wanted> wanted, int count, Filler filler) {
        requireOpen();
        Set<FeatureKey> missing = new LinkedHashSet<>();
        for (Wanted one : wanted) {
            if (stored.containsKey(one.key())) {
                hits++;
            } else if (missing.add(one.key())) {
                misses++;
            }
        }
        if (!missing.isEmpty()) {
            fill(wanted, count, missing, filler);
        }
        List<Rows> rows = new ArrayList<>();
        wanted.forEach(one -> rows.add(Objects.requireNonNull(stored.get(one.key()))));
        return rows;
    }

    /** How many wanted features were there already. */
    public synchronized int hits() {
        return hits;
    }

    /** How many wanted features had to be computed. */
    public synchronized int misses() {
        return misses;
    }

    /** What an example took in the last pass over 50 examples or more, in seconds; 0 before the first. */
    public synchronized double rowSeconds() {
        return rowSeconds;
    }

    private void fill(List<Wanted> wanted, int count, Set<FeatureKey> missing, Filler filler) {
        Map<FeatureKey, KeptRows> fresh = new HashMap<>();
        long usedBefore = memoryUsed;
        long start = System.nanoTime();
        try {
            for (Wanted one : wanted) {
                if (missing.contains(one.key()) && !fresh.containsKey(one.key())) {
                    fresh.put(one.key(), allocate(count, one));
                }
            }
            filler.fill(List.copyOf(missing), (key, rows) -> Objects.requireNonNull(fresh.get(key))
                    .append(rows));
            // Whatever computes them may have closed the cache.
            requireOpen();
            fresh.values().forEach(KeptRows::requireComplete);
        } catch (RuntimeException | Error e) {
            fresh.values().forEach(KeptRows::close);
            memoryUsed = usedBefore;
            throw e;
        }
        stored.putAll(fresh);
        if (count >= ENOUGH_TO_TIME) {
            rowSeconds = (System.nanoTime() - start) / 1e9 / count;
        }
    }

    private KeptRows allocate(int count, Wanted wanted) {
        int width = wanted.width();
        TokenStates states = wanted.states();
        long bytes = states == null ? 4L * count * width : states.bytes();
        // A wide row is read from a file in no time beside what is computed of it.
        long limit = width > WIDEST_IN_MEMORY ? memoryLimit / SHARE_OF_WIDE : memoryLimit;
        if (memoryUsed + bytes <= limit && (states != null || (long) count * width <= Integer.MAX_VALUE - 8)) {
            memoryUsed += bytes;
            return states == null ? StoredRows.inMemory(count, width) : RaggedRows.inMemory(states, width);
        }
        SpillFile file = file(bytes);
        return states == null ? StoredRows.inFile(file, count, width) : RaggedRows.inFile(file, states, width);
    }

    private SpillFile file(long bytes) {
        try {
            if (Files.getFileStore(directory).getUsableSpace() < bytes) {
                throw new IOException("there is too little space on the disk");
            }
            return new SpillFile(Files.createTempFile(directory, "graft-features-", ".rows"));
        } catch (IOException e) {
            throw new StorageException(
                    Problem.of("The feature cache cannot write its file.")
                            .where(directory)
                            .expected("room for " + (bytes >> 20) + " MiB")
                            .found(e)
                            .fix(
                                    "free some space, or set -Djava.io.tmpdir to another disk; features that no disk holds are"
                                            + " computed on Apache Spark (docs/scale.md)"),
                    e);
        }
    }

    private synchronized void requireOpen() {
        if (closed) {
            throw ClosedException.of("feature cache");
        }
    }

    /** To close it twice does nothing. */
    @Override
    public synchronized void close() {
        closed = true;
        stored.values().forEach(KeptRows::close);
        stored.clear();
        parts.clear();
        pieces.clear();
        digests.clear();
        check.clear();
        memoryUsed = 0;
    }
}
