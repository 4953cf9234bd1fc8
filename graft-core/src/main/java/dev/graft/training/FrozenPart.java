package dev.graft.training;

import dev.graft.engine.Examples;
import dev.graft.engine.FrozenNetwork;
import dev.graft.engine.Tap;
import dev.graft.engine.TensorEngine;
import dev.graft.error.Problem;
import dev.graft.error.StoppedException;
import dev.graft.error.TrainingException;
import dev.graft.feature.ComposedRows;
import dev.graft.feature.FeatureCache;
import dev.graft.feature.FeatureKey;
import dev.graft.feature.Pooling;
import dev.graft.feature.RowSubset;
import dev.graft.feature.Rows;
import dev.graft.feature.TokenRows;
import dev.graft.feature.TokenStates;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.ParameterSpec;
import dev.graft.preparation.Preparation;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The frozen prefix of a branch in a phase: runs once over each data set, through the cache, and proves at the end that it
 * did not move. Closed by whoever made it.
 */
final class FrozenPart implements AutoCloseable {
    private static final String ACTIVATION = "activation";
    private static final String IN_HALF_PRECISION = " in 16 bits";
    // Sequences of about one length are computed together; so many are held until all of them are there.
    private static final int SORTED_TOGETHER = 256;
    private static final int BATCHES_FOR_EACH_CORE = 16;
    private static final long RESULTS_BYTES = 64L << 20;

    private final BranchPlan plan;
    private final WeightSet weights;
    private final String digest;
    private final FeatureCache cache;
    private final @Nullable WeightSet source;
    private final Map<String, String> digests = new HashMap<>();
    private @Nullable FrozenNetwork network;
    private @Nullable Prepared prepared;
    private long nanos;

    /** The frozen part of a branch, from the weights of the whole network. */
    FrozenPart(BranchPlan plan, WeightSet all, FeatureCache cache) {
        this(plan, all, cache, null);
    }

    private FrozenPart(BranchPlan plan, WeightSet all, FeatureCache cache, @Nullable WeightSet source) {
        this.plan = plan;
        this.cache = cache;
        this.source = source;
        this.weights = ofBranch(all);
        this.digest = source == null || plan.frozen().isEmpty()
                ? weights.digest()
                : cache.digest(source, lastFrozen(), weights::digest);
    }

    /** The frozen part of a source model itself, which is asked for its features again and again. */
    static FrozenPart of(BranchPlan plan, WeightSet source, FeatureCache cache) {
        return new FrozenPart(plan, source, cache, source);
    }

    private String lastFrozen() {
        return plan.frozen().get(plan.frozen().size() - 1).name();
    }

    /** The examples, as the branch's trained part takes them. */
    Examples.Part part(View view) {
        if (plan.frozen().isEmpty()) {
            Rows prepared = prepared(view);
            return new Examples.Part(prepared, List.of(), lengths(prepared), view.changesImages());
        }
        List<Rows> rows = rows(view);
        List<Rows> tapped = rows.subList(0, plan.frozenTaps().size());
        return plan.nothingTrained()
                ? new Examples.Part(null, tapped, null, false)
                : new Examples.Part(
                        rows.get(rows.size() - 1),
                        tapped,
                        plan.trainedInput().isSequence() ? lengths(prepared(view)) : null,
                        false);
    }

    /** The cached features of each frozen tap, and last, if there are trained stages, the activation they start from. */
    List<Rows> rows(View view) {
        if (plan.passesOn()) {
            Rows prepared = prepared(view);
            return plan.frozenTaps().stream().map(tap -> prepared).toList();
        }
        cache.requireOwnDigest(view.data());
        String data = view.digest();
        FeatureCache.Part part = cache.partOf(data);
        if (part != null) {
            return rows(View.plain(part.whole())).stream()
                    .<Rows>map(all -> new RowSubset(all, part.indexes()))
                    .toList();
        }
        List<FeatureCache.Piece> pieces = cache.piecesOf(data);
        if (pieces != null) {
            List<List<Rows>> rows = pieces.stream()
                    .map(piece -> rows(View.plain(piece.examples())))
                    .toList();
            return IntStream.range(0, rows.get(0).size())
                    .<Rows>mapToObj(i -> ComposedRows.of(
                            rows.stream().map(one -> one.get(i)).toList(),
                            pieces.stream().map(FeatureCache.Piece::places).toList()))
                    .toList();
        }
        long start = System.nanoTime();
        Preparation preparation = plan.architecture().preparation();
        List<FeatureCache.Wanted> wanted = new ArrayList<>();
        for (Tap tap : plan.frozenTaps()) {
            ActivationShape shape = plan.architecture().outputShape(tap.stage());
            // A vector stays as it is, however it is said to be pooled.
            Pooling pooling = shape.hasPlaces() ? tap.pooling() : Pooling.NONE;
            wanted.add(wanted(tap.stage(), pooling.label(), pooling.features(shape), preparation, data));
        }
        if (!plan.nothingTrained()) {
            wanted.add(activation(view, lastFrozen(), preparation, data));
        }
        List<Rows> rows =
                cache.get(wanted, view.data().size(), (missing, sink) -> compute(view, missing, wanted, sink));
        nanos += System.nanoTime() - start;
        return rows;
    }

    /** Time spent on the frozen part so far, in seconds. */
    double seconds() {
        return nanos / 1e9;
    }

    /**
     * Fails unless the frozen weights are byte-identical to what they were: those in native memory, and those in the
     * result.
     */
    void verifyUnmoved(WeightSet result) {
        requireDigest(ofBranch(result));
        if (network != null && network.moved()) {
            throw moved("other values in native memory");
        }
    }

    private WeightSet ofBranch(WeightSet all) {
        String prefix = plan.prefix();
        return select(prefix.isEmpty() ? all : all.select(prefix), plan.frozenParameters());
    }

    private void requireDigest(WeightSet now) {
        String found = now.digest();
        if (!found.equals(digest)) {
            throw moved("digest " + found);
        }
    }

    private TrainingException moved(String found) {
        return new TrainingException(Problem.of("Frozen weights changed during training.")
                .where(plan.frozen().stream()
                        .map(stage -> plan.prefix() + stage.name())
                        .toList())
                .expected("digest " + digest)
                .found(found)
                .fix("this is a defect of Graft: please report it"));
    }

    private FeatureCache.Wanted wanted(String stage, String pooling, int width, Preparation preparation, String data) {
        return new FeatureCache.Wanted(key(stage, pooling, preparation, data), width);
    }

    /** The output of the last frozen stage: of sequences the tokens that are there. */
    private FeatureCache.Wanted activation(View view, String stage, Preparation preparation, String data) {
        ActivationShape shape = plan.trainedInput();
        int[] lengths = shape.isSequence() ? lengths(prepared(view)) : null;
        if (lengths == null) {
            return wanted(stage, ACTIVATION, shape.rowLength(), preparation, data);
        }
        TokenStates states = TokenStates.of(lengths, shape.channels());
        String kept = states.inHalfPrecision() ? ACTIVATION + IN_HALF_PRECISION : ACTIVATION;
        return new FeatureCache.Wanted(key(stage, kept, preparation, data), shape.rowLength(), states);
    }

    private FeatureKey key(String stage, String pooling, Preparation preparation, String data) {
        return new FeatureKey(digestThrough(stage), stage, pooling, preparation.fingerprint(), data);
    }

    /** Features depend on the weights up to their stage alone, so that cuts further on find them in the cache too. */
    private String digestThrough(String stage) {
        if (stage.equals(lastFrozen())) {
            return digest;
        }
        Supplier<String> computed = () -> select(
                        weights,
                        plan.architecture().stagesThrough(stage).stream()
                                .flatMap(one -> one.parameters().stream())
                                .toList())
                .digest();
        return source == null
                ? digests.computeIfAbsent(stage, name -> computed.get())
                : cache.digest(source, stage, computed);
    }

    private void compute(
            View view, List<FeatureKey> missing, List<FeatureCache.Wanted> wanted, FeatureCache.Sink sink) {
        FrozenNetwork running = running();
        Rows rows = prepared(view);
        int[] lengths = lengths(rows);
        List<FeatureCache.Wanted> computed =
                wanted.stream().filter(one -> missing.contains(one.key())).toList();
        long width = computed.stream()
                .mapToLong(one -> rowLength(one.width(), one.states()))
                .sum();
        int cores = TensorEngine.threads() == 1 ? 1 : Runtime.getRuntime().availableProcessors();
        int batch = running.batch(rows.count(), cores, rows.width() + width);
        int window = lengths == null ? batch : SORTED_TOGETHER;
        int atOnce = atOnce(window, batch * cores, width);
        boolean alone = rows.count() <= batch || cores == 1;
        Rows source = alone ? rows : rows.byOneThread();
        Consumer<Cores> all = lent -> {
            for (int from = 0; from < rows.count(); from += atOnce) {
                int to = Math.min(rows.count(), from + atOnce);
                compute(running, source, windows(lengths, from, to, window, batch), wanted, computed, lent)
                        .forEach((key, done) -> sink.append(key, done.values()));
            }
        };
        // Work that has one core already, such as a training beside others, keeps to it.
        if (alone) {
            all.accept(Cores.one());
        } else {
            SideBySide.run(all);
        }
    }

    private static int rowLength(int width, @Nullable TokenStates states) {
        return states == null ? width : states.meanRowLength();
    }

    /** Enough rows for the cores to seldom wait for each other, and no more than the memory has room for. */
    private static int atOnce(int window, int eachCoreOne, long width) {
        long enough = BATCHES_FOR_EACH_CORE * (long) eachCoreOne;
        long room = RESULTS_BYTES / Math.max(1, Float.BYTES * width * window);
        return Math.toIntExact(Math.max(1, Math.min((enough + window - 1) / window, room)) * window);
    }

    /** The batches of rows {@code from} to {@code to}: sequences in the order of their lengths, window by window. */
    private static List<int[]> windows(int @Nullable [] lengths, int from, int to, int window, int batch) {
        List<int[]> batches = new ArrayList<>();
        for (int start = from; start < to; start += window) {
            batches.addAll(Batches.of(lengths, start, Math.min(to, start + window), batch));
        }
        return batches;
    }

    /** The missing features of some batches, row after row from the first row of any of them. */
    private static Map<FeatureKey, ComputedRows> compute(
            FrozenNetwork running,
            Rows rows,
            List<int[]> batches,
            List<FeatureCache.Wanted> wanted,
            List<FeatureCache.Wanted> missing,
            Cores cores) {
        int count = batches.stream().mapToInt(batch -> batch.length).sum();
        int from = batches.stream().flatMapToInt(Arrays::stream).min().orElse(0);
        Map<FeatureKey, ComputedRows> computed = new LinkedHashMap<>();
        missing.forEach(one -> computed.put(one.key(), new ComputedRows(one, from, from + count)));
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int[] batch : batches) {
            tasks.add(() -> {
                // Each batch has rows of its own to write.
                compute(running, rows, batch, wanted, computed);
                return true;
            });
        }
        cores.all(tasks, done -> {});
        return computed;
    }

    private static void compute(
            FrozenNetwork running,
            Rows rows,
            int[] batch,
            List<FeatureCache.Wanted> wanted,
            Map<FeatureKey, ComputedRows> computed) {
        StoppedException.throwIfInterrupted();
        boolean activation = computed.keySet().stream().anyMatch(FrozenPart::isActivation);
        FrozenNetwork.Features features = running.run(rows, batch, activation);
        for (int i = 0; i < wanted.size(); i++) {
            FeatureKey key = wanted.get(i).key();
            ComputedRows target = computed.get(key);
            if (target != null) {
                float[] part =
                        isActivation(key) ? features.last() : features.tapped().get(i);
                target.place(part, batch);
            }
        }
    }

    private static boolean isActivation(FeatureKey key) {
        return key.pooling().startsWith(ACTIVATION);
    }

    private Rows prepared(View view) {
        // Texts are cut into tokens, which takes a while, and asked for more than once.
        if (prepared == null || !prepared.view().equals(view)) {
            prepared = new Prepared(view, view.rows(plan.architecture().preparation()));
        }
        return prepared.rows();
    }

    /** The examples that were asked for last. */
    private record Prepared(View view, Rows rows) {}

    private static int @Nullable [] lengths(Rows rows) {
        return rows instanceof TokenRows tokens ? tokens.lengths() : null;
    }

    private FrozenNetwork running() {
        if (network == null) {
            network = new FrozenNetwork(plan.architecture().inputShape(), plan.frozen(), plan.frozenTaps(), weights);
        }
        return network;
    }

    static WeightSet select(WeightSet all, List<ParameterSpec> specs) {
        Map<String, FloatTensor> chosen = new LinkedHashMap<>();
        specs.forEach(spec -> chosen.put(spec.name(), all.get(spec.name())));
        return WeightSet.of(chosen);
    }

    @Override
    public void close() {
        if (network != null) {
            network.close();
        }
    }
}
