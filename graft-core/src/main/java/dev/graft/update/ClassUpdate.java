package dev.graft.update;

import dev.graft.data.LabeledExamples;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.evaluation.Evaluation;
import dev.graft.evaluation.TargetMeasures;
import dev.graft.model.ClassRecord;
import dev.graft.model.Confidence;
import dev.graft.model.HeldOut;
import dev.graft.model.Lineage;
import dev.graft.model.TransferModel;
import dev.graft.prediction.Classifier;
import dev.graft.result.GraftVersion;
import dev.graft.result.UpdateResult;
import dev.graft.statistics.ClassStatistics;
import dev.graft.targets.TargetKind;
import dev.graft.targets.Targets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Adds classes and examples to a trained network, takes classes out, and puts two networks together, in closed form and without the
 * examples that they learned from. The network's frozen or trained stages stay as they are; its head becomes linear discriminant
 * analysis on the record of its classes, to which the new examples are added ({@link ClassStatistics#plus}); of several labels and
 * numbers ridge regression on theirs. A label that is new is taken to be one that no earlier example has.
 */
public final class ClassUpdate {
    /** Of each class with at least so many new examples, every fifth is held out while the strength is chosen. */
    private static final int HELD_OUT_OF = 5;

    private static final int MOST_HELD_OUT = 400;
    private static final int AT_ONCE = 1024;

    private ClassUpdate() {}

    /**
     * An updated network.
     *
     * @param model the network
     * @param result what became of it
     */
    public record Updated(TransferModel model, UpdateResult result) {}

    /**
     * Adds examples, of classes that the network knows or does not know.
     *
     * @param model a network with a record of its classes
     * @param examples of the kind that it takes; their classes are matched by name
     * @throws SettingsException if it keeps no record of its classes, or takes examples of another kind
     */
    public static Updated add(TransferModel model, LabeledExamples examples) {
        ClassRecord record = required(model);
        TargetKind kind = JoinedTargets.kind(model.kind(), examples.kind());
        Targets targets = JoinedTargets.of(examples.targets(), kind);
        int width = record.features();
        boolean[] out = heldOut(targets);
        HeldRows held = HeldRows.of(record.heldOut(), kind);
        ClassStatistics learned = moved(record, model.kind(), kind);
        ClassStatistics kept = ClassRecords.statistics(new float[0], width, Targets.of(kind));
        try (Classifier classifier = new Classifier(model)) {
            for (int from = 0; from < examples.size(); from += AT_ONCE) {
                int[] part = IntStream.range(from, Math.min(examples.size(), from + AT_ONCE))
                        .toArray();
                float[] rows = classifier.recordedFeatures(examples.subset(part));
                int[] inside = places(part, out, false);
                int[] outside = places(part, out, true);
                learned = learned.plus(statistics(rows, width, targets, part, inside));
                kept = kept.plus(statistics(rows, width, targets, part, outside));
                held.add(ClassRecords.some(rows, width, outside), targets.subset(ClassRecords.some(part, outside)));
            }
        }
        RecordedHead head = RecordedHead.of(model, kind, learned, learned.plus(kept), held);
        Lineage lineage = lineage(model.lineage(), head, examples.name(), examples.digest(), examples.size());
        return new Updated(head.model(lineage), result(model, head, kind, held.old(), examples.size()));
    }

    /**
     * Puts the classes of two networks together; examples of a class that both know add up.
     *
     * @param first a network with a record of its classes
     * @param second another on the same stages, their weights alike
     * @throws SettingsException if one keeps no record, or their stages differ
     */
    public static Updated merge(TransferModel first, TransferModel second) {
        ClassRecord record = required(first);
        ClassRecord other = required(second);
        SameStages.require(first, second);
        TargetKind kind = JoinedTargets.kind(first.kind(), second.kind());
        ClassStatistics statistics = moved(record, first.kind(), kind).plus(moved(other, second.kind(), kind));
        HeldRows held = HeldRows.of(record.heldOut(), kind);
        HeldRows added = HeldRows.of(other.heldOut(), kind);
        held.add(added.rows(), added.targets());
        RecordedHead head = RecordedHead.of(first, kind, statistics, statistics, held);
        Lineage from = second.lineage();
        Lineage lineage = lineage(first.lineage(), head, from.data(), from.dataDigest(), from.trainingExamples());
        return new Updated(
                head.model(lineage),
                result(
                        first,
                        head,
                        kind,
                        held.old(),
                        Math.toIntExact(other.statistics().examples())));
    }

    /** The statistics of a record by the names of another kind. */
    private static ClassStatistics moved(ClassRecord record, TargetKind from, TargetKind to) {
        int[] places = JoinedTargets.places(to.names(), from.names());
        if (to.isOneOfNames()) {
            return record.statistics().withClasses(places);
        }
        int features = record.features();
        return record.statistics()
                .withColumns(IntStream.concat(
                                IntStream.range(0, features),
                                Arrays.stream(places).map(place -> place < 0 ? -1 : features + place))
                        .toArray());
    }

    /**
     * A network whose head is made of statistics that were summed up elsewhere, such as on many machines: linear discriminants that
     * are chosen on some held-out examples and then solved on the statistics of all.
     *
     * @param model a network with a record of its classes; of the record only the cut is used, of the head nothing
     * @param chosenBy statistics of the features at that cut, of some examples without the held-out ones
     * @param all statistics of the features of all examples
     * @param heldRows features of the held-out examples, row after row, (examples, features); empty for none
     * @param heldLabels their classes
     * @param lineage where the new network comes from
     * @throws SettingsException if the network keeps no record of its classes
     */
    public static TransferModel ofStatistics(
            TransferModel model,
            ClassStatistics chosenBy,
            ClassStatistics all,
            float[] heldRows,
            int[] heldLabels,
            Lineage lineage) {
        required(model);
        HeldRows held = HeldRows.of(null, model.kind());
        held.add(heldRows, Targets.ofIndexes(model.kind(), heldLabels));
        return RecordedHead.of(model, model.kind(), chosenBy, all, held).model(lineage);
    }

    /**
     * Takes classes out. What is left of the head stays as it was, so that no answer among the other classes changes.
     *
     * @param classes names of classes that it knows
     * @throws SettingsException if it does not know one, fewer than two are left, or its head does not end in a logit for each class
     */
    public static TransferModel remove(TransferModel model, Set<String> classes) {
        return new ClassRemoval(model, classes).model();
    }

    static ClassRecord required(TransferModel model) {
        ClassRecord record = model.record();
        if (record == null) {
            throw new SettingsException(
                    Problem.of("A network keeps no record of its classes, which additions stand on.")
                            .expected("a network that was fitted, or added to, since there are such records")
                            .found("one without, or adapters")
                            .fix("fit it again"));
        }
        return record;
    }

    private static int[] places(int[] part, boolean[] out, boolean wanted) {
        return IntStream.range(0, part.length)
                .filter(i -> out[part[i]] == wanted)
                .toArray();
    }

    private static ClassStatistics statistics(float[] rows, int width, Targets targets, int[] part, int[] chosen) {
        return ClassRecords.statistics(
                ClassRecords.some(rows, width, chosen), width, targets.subset(ClassRecords.some(part, chosen)));
    }

    /** Every fifth example of a class, until there are enough; of labels and numbers every fifth of all. */
    private static boolean[] heldOut(Targets targets) {
        int[] labels = targets.kind().isOneOfNames() ? targets.labels() : new int[targets.size()];
        int[] counts = new int[Arrays.stream(labels).max().orElse(0) + 1];
        Arrays.stream(labels).forEach(label -> counts[label]++);
        int[] seen = new int[counts.length];
        boolean[] out = new boolean[labels.length];
        int every = Math.max(HELD_OUT_OF, labels.length / MOST_HELD_OUT);
        for (int i = 0; i < labels.length; i++) {
            int label = labels[i];
            seen[label]++;
            out[i] = counts[label] >= HELD_OUT_OF && seen[label] % every == 0;
        }
        return out;
    }

    private static UpdateResult result(
            TransferModel before, RecordedHead head, TargetKind kind, int known, int examples) {
        HeldOut old = Objects.requireNonNull(before.record()).heldOut();
        Evaluation now = head.heldOut();
        List<String> names = kind.names();
        int[] added = IntStream.range(known, now.size()).toArray();
        return new UpdateResult(
                TargetMeasures.primary(kind),
                names.subList(before.kind().names().size(), names.size()),
                examples,
                now.size(),
                head.isHeadOf(before),
                old == null ? null : score(before(old, before.confidence())),
                score(now.first(known)),
                score(now.some(added)));
    }

    /** What the network said of the held-out examples whose features it kept. */
    private static Evaluation before(HeldOut old, Confidence confidence) {
        return new Evaluation(old.answers(), old.targets(), confidence.decision())
                .some(old.kept().places());
    }

    private static @Nullable Double score(Evaluation evaluation) {
        return evaluation.size() == 0 ? null : (Double) evaluation.score();
    }

    private static Lineage lineage(Lineage old, RecordedHead head, String data, String digest, int examples) {
        return new Lineage(
                old.backbone(),
                old.backboneOrigin(),
                old.backboneDigest(),
                old.strategy() + ", then " + head.name(),
                old.data() + " + " + data,
                Digest.of(old.dataDigest(), digest),
                Math.addExact(old.trainingExamples(), examples),
                old.seed(),
                GraftVersion.current());
    }
}
