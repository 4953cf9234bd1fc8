package dev.graft.update;

import dev.graft.data.LabeledExamples;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.model.ClassRecord;
import dev.graft.model.HeldOut;
import dev.graft.model.Lineage;
import dev.graft.model.TransferModel;
import dev.graft.prediction.Classifier;
import dev.graft.result.GraftVersion;
import dev.graft.result.UpdateResult;
import dev.graft.statistics.ClassStatistics;
import dev.graft.targets.OneClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Adds classes and examples to a trained network, takes classes out, and puts two networks together, in closed form and without the
 * examples that they learned from. The network's frozen or trained stages stay as they are; its head becomes linear discriminant
 * analysis on the record of its classes, to which the new examples are added ({@link ClassStatistics#plus}).
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
        List<String> names = joined(model.classNames(), examples.classNames());
        int[] labels = IntStream.range(0, examples.size())
                .map(i -> names.indexOf(examples.classNames().get(examples.label(i))))
                .toArray();
        ClassStatistics old = record.statistics().withClasses(places(names, model.classNames()));
        boolean[] out = heldOut(labels, names.size());
        HeldRows held = HeldRows.of(record.heldOut(), old.width(), model.classNames(), names);
        ClassStatistics learned = old;
        ClassStatistics kept = ClassStatistics.of(new float[0], old.width(), new int[0], names.size());
        try (Classifier classifier = new Classifier(model)) {
            for (int from = 0; from < examples.size(); from += AT_ONCE) {
                int[] part = IntStream.range(from, Math.min(examples.size(), from + AT_ONCE))
                        .toArray();
                float[] rows = classifier.recordedFeatures(examples.subset(part));
                int[] inside = places(part, out, false);
                int[] outside = places(part, out, true);
                learned = learned.plus(statistics(rows, old.width(), labels, part, inside, names.size()));
                kept = kept.plus(statistics(rows, old.width(), labels, part, outside, names.size()));
                held.add(
                        ClassRecords.some(rows, old.width(), outside),
                        Arrays.stream(outside).map(i -> labels[part[i]]).toArray());
            }
        }
        RecordedHead head = RecordedHead.of(model, names, learned, learned.plus(kept), held);
        Lineage lineage = lineage(model.lineage(), examples.name(), examples.digest(), examples.size());
        List<String> added = names.subList(model.classNames().size(), names.size());
        return new Updated(head.model(lineage), result(model, head, held, added, examples.size()));
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
        List<String> names = joined(first.classNames(), second.classNames());
        ClassStatistics statistics = record.statistics()
                .withClasses(places(names, first.classNames()))
                .plus(other.statistics().withClasses(places(names, second.classNames())));
        int width = statistics.width();
        HeldRows held = HeldRows.of(record.heldOut(), width, first.classNames(), names);
        HeldRows added = HeldRows.of(other.heldOut(), width, second.classNames(), names);
        held.add(added.rows(), added.labels());
        RecordedHead head = RecordedHead.of(first, names, statistics, statistics, held);
        Lineage from = second.lineage();
        Lineage lineage = lineage(first.lineage(), from.data(), from.dataDigest(), from.trainingExamples());
        return new Updated(
                head.model(lineage),
                result(
                        first,
                        head,
                        held,
                        names.subList(first.classNames().size(), names.size()),
                        Math.toIntExact(other.statistics().examples())));
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
        HeldRows held = HeldRows.of(null, all.width(), model.classNames(), model.classNames());
        held.add(heldRows, heldLabels);
        return RecordedHead.of(model, model.classNames(), chosenBy, all, held).model(lineage);
    }

    /**
     * Takes classes out. What is left of the head stays as it was, so that no answer among the other classes changes.
     *
     * @param classes names of classes that it knows
     * @throws SettingsException if it does not know one, fewer than two are left, or its head does not end in a logit for each class
     */
    public static TransferModel remove(TransferModel model, Set<String> classes) {
        requireClasses(model);
        return new ClassRemoval(model, classes).model();
    }

    /** Labels, numbers and grades are learned together, and cannot be added to. */
    private static void requireClasses(TransferModel model) {
        if (!(model.kind() instanceof OneClass)) {
            throw new SettingsException(Problem.of("Classes are added to networks that tell classes apart.")
                    .expected("a network for " + OneClass.TASK)
                    .found("one for " + model.kind().task())
                    .fix("fit it again on all examples"));
        }
    }

    static ClassRecord required(TransferModel model) {
        requireClasses(model);
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

    private static List<String> joined(List<String> first, List<String> second) {
        Set<String> names = new LinkedHashSet<>(first);
        names.addAll(second);
        return new ArrayList<>(names);
    }

    /** For each name its place among others; -1 for one that is not there. */
    static int[] places(List<String> names, List<String> among) {
        return names.stream().mapToInt(among::indexOf).toArray();
    }

    private static int[] places(int[] part, boolean[] out, boolean wanted) {
        return IntStream.range(0, part.length)
                .filter(i -> out[part[i]] == wanted)
                .toArray();
    }

    private static ClassStatistics statistics(
            float[] rows, int width, int[] labels, int[] part, int[] chosen, int classes) {
        return ClassStatistics.of(
                ClassRecords.some(rows, width, chosen),
                width,
                Arrays.stream(chosen).map(i -> labels[part[i]]).toArray(),
                classes);
    }

    /** Every fifth example of a class, until there are enough. */
    private static boolean[] heldOut(int[] labels, int classes) {
        int[] counts = new int[classes];
        Arrays.stream(labels).forEach(label -> counts[label]++);
        int[] seen = new int[classes];
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
            TransferModel before, RecordedHead head, HeldRows held, List<String> added, int examples) {
        HeldOut old = before.record() == null ? null : before.record().heldOut();
        int known = held.old();
        return new UpdateResult(
                added,
                examples,
                held.labels().length,
                before.headName().equals(RecordedHead.NAME),
                old == null ? null : share(old),
                share(head, held, 0, known),
                share(head, held, known, held.labels().length));
    }

    private static @Nullable Double share(HeldOut old) {
        int[] places = old.kept().places();
        long right = Arrays.stream(places)
                .filter(place -> largest(old.probabilities()[place]) == old.labels()[place])
                .count();
        return places.length == 0 ? null : (Double) (right / (double) places.length);
    }

    private static @Nullable Double share(RecordedHead head, HeldRows held, int from, int to) {
        long right = IntStream.range(from, to)
                .filter(i -> largest(head.heldOut()[i]) == held.labels()[i])
                .count();
        return from == to ? null : (Double) (right / (double) (to - from));
    }

    private static int largest(float[] row) {
        int best = 0;
        for (int k = 1; k < row.length; k++) {
            best = row[k] > row[best] ? k : best;
        }
        return best;
    }

    private static Lineage lineage(Lineage old, String data, String digest, int examples) {
        return new Lineage(
                old.backbone(),
                old.backboneOrigin(),
                old.backboneDigest(),
                old.strategy() + ", then " + RecordedHead.NAME,
                old.data() + " + " + data,
                Digest.of(old.dataDigest(), digest),
                Math.addExact(old.trainingExamples(), examples),
                old.seed(),
                GraftVersion.current());
    }
}
