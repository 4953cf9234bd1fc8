package dev.graft.experiment;

import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledItems;
import dev.graft.data.NestedSubsets;
import dev.graft.evaluation.Calibration;
import dev.graft.evaluation.Evaluation;
import dev.graft.evaluation.UnknownInputs;
import dev.graft.feature.Cut;
import dev.graft.feature.FeatureCache;
import dev.graft.layer.Stage;
import dev.graft.model.ClassRecord;
import dev.graft.model.HeldOut;
import dev.graft.model.RecordedCut;
import dev.graft.model.TransferModel;
import dev.graft.result.UnknownThreshold;
import dev.graft.selection.Budget;
import dev.graft.selection.Probes;
import dev.graft.statistics.ClassDistances;
import dev.graft.statistics.ClassDistances.Distance;
import dev.graft.statistics.ClassStatistics;
import dev.graft.statistics.UnknownRule;
import dev.graft.targets.Targets;
import dev.graft.training.TransferResult;
import dev.graft.update.ClassRecords;
import dev.graft.update.DiscriminantStrength;
import dev.graft.update.RecordedFeatures;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the record of a trained network's classes: of the examples that probes look at, whose features are in the cache where nothing was
 * trained, and of what the network says of held-out ones.
 */
final class ClassRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(ClassRecorder.class);

    // Besides the features, in seconds: the covariance and its factors.
    private static final double SOLVING = 3;

    private final TransferModel model;
    private final FeatureCache cache;
    private final long seed;
    private final List<Cut> cuts;

    private ClassRecorder(TransferModel model, List<Cut> cuts, FeatureCache cache, long seed) {
        this.model = model;
        this.cuts = cuts;
        this.cache = cache;
        this.seed = seed;
    }

    /**
     * A record, and what its rule for unknown examples costs.
     *
     * @param record the record
     * @param unknown what the rule costs examples of the classes; null without a rule
     */
    record Recorded(ClassRecord record, @Nullable UnknownThreshold unknown) {}

    /**
     * Makes the record, unless the budget has no time for it or there are too few examples.
     *
     * @param calibration of the network's confidences
     * @param byConfidence the rule that goes by confidence alone; null if there is none
     * @return null if there is no record
     */
    static @Nullable Recorded record(
            TransferResult trained,
            Judged judged,
            Calibration calibration,
            @Nullable UnknownThreshold byConfidence,
            FeatureCache cache,
            Budget budget,
            long seed) {
        TransferModel model = trained.model();
        Optional<List<Cut>> cuts = RecordedCut.of(model.branches());
        if (cuts.isEmpty()) {
            LOG.info("the network keeps no record of its classes: it has too many features for that");
            return null;
        }
        ClassRecorder recorder = new ClassRecorder(model, cuts.get(), cache, seed);
        LabeledExamples train = Probes.part(trained.train(), seed);
        if (!hasPair(train.targets())) {
            LOG.info("the network keeps no record of its classes: none has two examples");
            return null;
        }
        Part held = recorder.part(trained.validation(), judged.validation(), calibration);
        Part tested = recorder.part(judged.data().test(), judged.test(), calibration);
        int passes = (held == null ? 0 : held.size())
                + (tested == null ? 0 : tested.size())
                + (recorder.isCached(trained) ? 0 : train.size());
        if (!budget.affords(
                SOLVING + passes * cache.rowSeconds(),
                "what the network keeps of its classes, so that unknown examples are told by confidence alone")) {
            return null;
        }
        return recorder.record(train, held, tested, byConfidence);
    }

    /** Whether two examples make a class; labels and numbers make one class of all. */
    private static boolean hasPair(Targets targets) {
        if (!targets.kind().isOneOfNames()) {
            return targets.size() > 1;
        }
        long[] counts = new long[targets.kind().names().size()];
        Arrays.stream(targets.labels()).forEach(label -> counts[label]++);
        return Arrays.stream(counts).anyMatch(count -> count > 1);
    }

    /** Whether probes have computed the training examples' features: those of a source model that was not trained. */
    private boolean isCached(TransferResult trained) {
        return !model.takesItems()
                && trained.frozenStages()
                        .containsAll(model.branches().get(0).stages().stream()
                                .map(Stage::name)
                                .toList());
    }

    /** Some examples, and what the network says of them, calibrated where it can be. */
    private record Part(LabeledExamples examples, Evaluation calibrated) {
        int size() {
            return examples.size();
        }
    }

    private @Nullable Part part(@Nullable LabeledExamples examples, @Nullable Evaluation raw, Calibration calibration) {
        if (examples == null || raw == null || examples.size() == 0) {
            return null;
        }
        Evaluation all = raw.kind().isOneOfNames() ? calibration.apply(raw) : raw;
        if (examples.size() <= ClassRecord.MOST_HELD_OUT) {
            return new Part(examples, all);
        }
        int[] some = NestedSubsets.stratified(examples, List.of(ClassRecord.MOST_HELD_OUT), seed)
                .get(0);
        return new Part(examples.subset(some), all.some(some));
    }

    private @Nullable Recorded record(
            LabeledExamples train,
            @Nullable Part held,
            @Nullable Part tested,
            @Nullable UnknownThreshold byConfidence) {
        float[] rows = features(train);
        int width = rows.length / train.size();
        Targets targets = train.targets();
        int last = ClassRecords.targets(targets.kind());
        ClassStatistics statistics = ClassRecords.statistics(rows, width, targets);
        ClassRecord plain = new ClassRecord(cuts, statistics, last, ClassDistances.SHRINKAGE, 1, null, null);
        List<Integer> blocks = plain.blocks(model.branches());
        if (!statistics.varies()) {
            LOG.info("the network keeps no record of its classes: their examples do not differ");
            return null;
        }
        ClassDistances distances = plain.distances(model.branches());
        if (held == null) {
            DiscriminantStrength strength = last > 0
                    ? DiscriminantStrength.UNUSED
                    : DiscriminantStrength.byHalves(rows, targets.labels(), statistics.classes(), blocks);
            return new Recorded(ClassRecords.of(cuts, statistics, last, distances, strength, null), null);
        }
        float[] heldRows = features(held.examples());
        ClassRecord record = ClassRecords.of(
                cuts,
                statistics,
                last,
                distances,
                last > 0
                        ? DiscriminantStrength.UNUSED
                        : DiscriminantStrength.of(
                                statistics, blocks, heldRows, held.calibrated().truth()),
                new ClassRecords.Held(
                        held.calibrated().targets(), held.calibrated().answers(), heldRows));
        UnknownRule rule = record.unknown();
        HeldOut heldOut = Objects.requireNonNull(record.heldOut());
        UnknownThreshold told = rule == null || tested == null || byConfidence == null
                ? null
                : new UnknownThreshold(
                        UnknownThreshold.DISTANCE,
                        byConfidence.confidence(),
                        UnknownInputs.ALLOWED_SHARE,
                        cost(rule, held, heldOut.distances()),
                        cost(rule, tested, ClassRecords.distances(distances, features(tested.examples()), width)));
        return new Recorded(record, told);
    }

    private static UnknownThreshold.Cost cost(UnknownRule rule, Part part, List<Distance> distances) {
        return UnknownInputs.cost(part.calibrated(), (i, confidence) -> rule.score(distances.get(i), confidence) > 1);
    }

    /** The features of some examples at the record's cuts, row after row. */
    private float[] features(LabeledExamples data) {
        if (data instanceof LabeledItems) {
            return RecordedFeatures.of(model, cuts, data);
        }
        return RecordedFeatures.of(model, cuts.get(0), data, cache);
    }
}
