package dev.graft.selection;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.data.Folds;
import dev.graft.data.LabeledExamples;
import dev.graft.data.NestedSubsets;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.feature.Pooling;
import dev.graft.feature.RowSubset;
import dev.graft.feature.Rows;
import dev.graft.result.ProbeResult;
import dev.graft.result.SelectionResult;
import dev.graft.targets.Targets;
import dev.graft.training.Cores;
import dev.graft.training.FeatureExtractor;
import dev.graft.transferability.HScore;
import dev.graft.transferability.LogMe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Measures what a frozen backbone's features still tell apart at each stage: a cross-validated linear head on the
 * training data (linear probes, Alain and Bengio 2017, arXiv 1610.01644), and beside it two scores that train nothing.
 * Test data is not touched.
 */
public final class Probes {
    /** Of more examples a part answers as well. */
    public static final int MOST_EXAMPLES = Partition.MOST_EXAMPLES;

    private static final int MOST_SCORED = 500;
    private static final int FOLDS = 5;

    private Probes() {}

    /** The stages that have a probe: those whose outputs differ by more than their shape, in the network's order. */
    public static List<String> stages(Architecture architecture) {
        return FeatureCuts.stages(architecture);
    }

    /**
     * A probe of each stage, in the network's order; none if the smallest class has but one example. Of much data a part
     * answers as well. A network without weights tells nothing that the data does not, and has none.
     *
     * @param cores where the regressions run
     */
    public static List<ProbeResult> measure(
            Backbone backbone, LabeledExamples train, FeatureCache cache, long seed, Cores cores) {
        if (backbone.weights().names().isEmpty()) {
            return List.of();
        }
        LabeledExamples data = Partition.part(train, seed);
        int folds = folds(data.targets());
        if (folds < 2) {
            return List.of();
        }
        List<Cut> cuts = FeatureCuts.stages(backbone.architecture()).stream()
                .map(stage -> new Cut(List.of(stage), FeatureCuts.POOLING))
                .toList();
        List<FeatureCandidate> candidates =
                new FeatureSearch(data, Folds.of(data.targets(), folds, seed), cache, cores).candidates(backbone, cuts);
        int[] all = IntStream.range(0, data.size()).toArray();
        List<ProbeResult> probes = cuts.stream()
                .map(cut -> candidates.stream()
                        .filter(one -> one.cut().equals(cut))
                        .min(Comparator.comparingDouble(one -> one.judged().meanLoss(all)))
                        .map(best -> result(best, all))
                        .orElseThrow())
                .toList();
        return scored(probes, backbone, train, cache, seed, cores, () -> true);
    }

    private static int folds(Targets targets) {
        if (!targets.kind().isOneOfNames()) {
            return Math.min(FOLDS, targets.size() / 2);
        }
        int[] counts = new int[targets.kind().names().size()];
        Arrays.stream(targets.labels()).forEach(label -> counts[label]++);
        return Math.min(FOLDS, Arrays.stream(counts).min().orElse(0));
    }

    /** The examples whose features probes are made of: all of them if they are few, else a stratified part. */
    public static LabeledExamples part(LabeledExamples train, long seed) {
        return Partition.part(train, seed);
    }

    /**
     * The probes that a choice has made already, without the scores that train nothing; empty if it has not tried every stage of
     * the backbone that it chose.
     */
    public static List<ProbeResult> of(Backbone backbone, SelectionResult choice) {
        Architecture architecture = backbone.architecture();
        List<ProbeResult> probes = new ArrayList<>();
        List<String> stages = FeatureCuts.stages(architecture);
        for (String stage : stages) {
            choice.candidates().stream()
                    .filter(one -> one.head() != null
                            && one.backbone().equals(backbone.id())
                            && one.cut().equals(stage)
                            && one.pooling().equals(FeatureCuts.POOLING.label()))
                    .findFirst()
                    .ifPresent(one -> probes.add(new ProbeResult(
                            stage,
                            pooling(architecture, stage).label(),
                            pooling(architecture, stage).features(architecture.outputShape(stage)),
                            one.accuracy(),
                            one.interval())));
        }
        return probes.size() == stages.size() ? probes : List.of();
    }

    /**
     * Adds the scores that train nothing, from features that are in the cache.
     *
     * @param probes those of all stages, in the network's order
     * @param affordable asked before each whether there is time for it
     */
    public static List<ProbeResult> scored(
            List<ProbeResult> probes,
            Backbone backbone,
            LabeledExamples train,
            FeatureCache cache,
            long seed,
            Cores cores,
            BooleanSupplier affordable) {
        if (!train.kind().isOneOfNames()) {
            // Both scores tell classes apart.
            return probes;
        }
        LabeledExamples data = Partition.part(train, seed);
        int[] chosen = scored(data, seed);
        int[] labels = IntStream.of(chosen).map(data::label).toArray();
        List<Cut> cuts = probes.stream()
                .map(probe -> new Cut(List.of(probe.cut()), FeatureCuts.POOLING))
                .toList();
        List<List<Rows>> rows = FeatureExtractor.extract(backbone, cuts, data, cache);
        List<Callable<ProbeResult>> tasks = new ArrayList<>();
        for (int i = 0; i < cuts.size(); i++) {
            ProbeResult probe = probes.get(i);
            List<Rows> features = rows.get(i).stream()
                    .<Rows>map(one -> new RowSubset(one, chosen))
                    .toList();
            tasks.add(() -> affordable.getAsBoolean()
                    ? scored(
                            probe,
                            FeatureSearch.joined(features, chosen.length),
                            labels,
                            data.classNames().size())
                    : probe);
        }
        return cores.all(tasks, done -> {});
    }

    /** The examples that scores are made of: all of few, else some of each class, since their time grows with the cube. */
    private static int[] scored(LabeledExamples data, long seed) {
        int most = Math.max(MOST_SCORED, 2 * data.classNames().size());
        if (data.size() <= most) {
            return IntStream.range(0, data.size()).toArray();
        }
        int[] some = NestedSubsets.stratified(data, List.of(most), seed).get(0);
        Arrays.sort(some);
        return some;
    }

    private static ProbeResult scored(ProbeResult probe, float[] features, int[] labels, int classes) {
        return new ProbeResult(
                probe.cut(),
                probe.pooling(),
                probe.features(),
                probe.accuracy(),
                probe.interval(),
                LogMe.score(features, probe.features(), labels, classes),
                HScore.score(features, probe.features(), labels, classes));
    }

    private static Pooling pooling(Architecture architecture, String stage) {
        return architecture.outputShape(stage).hasPlaces() ? FeatureCuts.POOLING : Pooling.NONE;
    }

    private static ProbeResult result(FeatureCandidate best, int[] all) {
        String stage = best.cut().stageNames();
        return new ProbeResult(
                stage,
                pooling(best.backbone().architecture(), stage).label(),
                best.features(),
                best.judged().score(all),
                best.judged().interval(all));
    }
}
