package dev.graft.training;

import dev.graft.backbone.ParameterSpec;
import dev.graft.data.LabeledImages;
import dev.graft.engine.Examples;
import dev.graft.engine.FrozenNetwork;
import dev.graft.engine.Tap;
import dev.graft.error.Problem;
import dev.graft.error.TrainingException;
import dev.graft.feature.FeatureCache;
import dev.graft.feature.FeatureKey;
import dev.graft.feature.Rows;
import dev.graft.image.Preprocessing;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The frozen prefix of a phase: runs once over each data set, through the cache, and proves at the end that it did not
 * move. Closed by whoever made it.
 */
final class FrozenPart implements AutoCloseable {
    private static final String ACTIVATION = "activation";
    // Small enough for the activations of a convolution to stay in the cache of the processor until they are read.
    private static final int BATCH = 32;

    private final PhasePlan plan;
    private final WeightSet weights;
    private final String digest;
    private final FeatureCache cache;
    private final Map<String, String> digests = new HashMap<>();
    private @Nullable FrozenNetwork network;
    private long nanos;

    FrozenPart(PhasePlan plan, WeightSet all, FeatureCache cache) {
        this.plan = plan;
        this.weights = select(all, plan.frozenParameters());
        this.digest = weights.digest();
        this.cache = cache;
    }

    /** The images, as the trained part takes them. */
    Examples examples(View view) {
        int[] labels = labels(view.data());
        if (plan.frozen().isEmpty()) {
            Rows images = view.rows(plan.architecture().preprocessing());
            return view.augmentation().changesImages()
                    ? Examples.once(images, labels)
                    : new Examples(images, List.of(), labels);
        }
        List<Rows> rows = rows(view);
        List<Rows> tapped = rows.subList(0, plan.frozenTaps().size());
        return new Examples(plan.headOnly() ? null : rows.get(rows.size() - 1), tapped, labels);
    }

    /** The cached features of each frozen tap, and last, if there are trained stages, the activation they start from. */
    List<Rows> rows(View view) {
        long start = System.nanoTime();
        Preprocessing preprocessing = plan.architecture().preprocessing();
        String images = view.digest();
        List<FeatureCache.Wanted> wanted = new ArrayList<>();
        for (Tap tap : plan.frozenTaps()) {
            int width = tap.pooling().features(plan.architecture().outputShape(tap.stage()));
            wanted.add(wanted(tap.stage(), tap.pooling().label(), width, preprocessing, images));
        }
        if (!plan.headOnly()) {
            String last = plan.frozen().get(plan.frozen().size() - 1).name();
            int width = plan.trainedInput().elements();
            wanted.add(wanted(last, ACTIVATION, width, preprocessing, images));
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
        requireDigest(select(result, plan.frozenParameters()));
        if (network != null && network.moved()) {
            throw moved("other values in native memory");
        }
    }

    private void requireDigest(WeightSet now) {
        String found = now.digest();
        if (!found.equals(digest)) {
            throw moved("digest " + found);
        }
    }

    private TrainingException moved(String found) {
        return new TrainingException(Problem.of("Frozen weights changed during training.")
                .where(plan.frozen().stream().map(stage -> stage.name()).toList())
                .expected("digest " + digest)
                .found(found)
                .fix("this is a defect of Graft: please report it"));
    }

    private FeatureCache.Wanted wanted(
            String stage, String pooling, int width, Preprocessing preprocessing, String images) {
        return new FeatureCache.Wanted(
                new FeatureKey(digestThrough(stage), stage, pooling, preprocessing.toString(), images), width);
    }

    /** Features depend on the weights up to their stage alone, so that cuts further on find them in the cache too. */
    private String digestThrough(String stage) {
        boolean last = stage.equals(plan.frozen().get(plan.frozen().size() - 1).name());
        return last
                ? digest
                : digests.computeIfAbsent(stage, name -> select(
                                weights,
                                plan.architecture().stagesThrough(name).stream()
                                        .flatMap(one -> one.parameters().stream())
                                        .toList())
                        .digest());
    }

    private void compute(
            View view, List<FeatureKey> missing, List<FeatureCache.Wanted> wanted, FeatureCache.Sink sink) {
        FrozenNetwork running = running();
        Rows images = view.rows(plan.architecture().preprocessing());
        boolean activation = missing.stream().anyMatch(key -> key.pooling().equals(ACTIVATION));
        for (int from = 0; from < images.count(); from += BATCH) {
            int to = Math.min(images.count(), from + BATCH);
            FrozenNetwork.Features features = running.run(images, from, to, activation);
            for (int i = 0; i < wanted.size(); i++) {
                FeatureKey key = wanted.get(i).key();
                if (missing.contains(key)) {
                    sink.append(
                            key,
                            key.pooling().equals(ACTIVATION)
                                    ? features.last()
                                    : features.tapped().get(i));
                }
            }
        }
    }

    private FrozenNetwork running() {
        if (network == null) {
            network = new FrozenNetwork(plan.architecture().inputShape(), plan.frozen(), plan.frozenTaps(), weights);
        }
        return network;
    }

    static int[] labels(LabeledImages data) {
        int[] labels = new int[data.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = data.label(i);
        }
        return labels;
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
