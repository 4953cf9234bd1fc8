package dev.graft.update;

import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.layer.Layer;
import dev.graft.layer.Layer.Linear;
import dev.graft.model.ClassRecord;
import dev.graft.model.Confidence;
import dev.graft.model.HeldOut;
import dev.graft.model.TransferModel;
import dev.graft.statistics.ClassDistances;
import dev.graft.statistics.ClassStatistics;
import dev.graft.targets.Decision;
import dev.graft.targets.NumberErrors;
import dev.graft.targets.TargetKind;
import dev.graft.targets.Targets;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Takes classes, labels, grades or numbers out of a network: their outputs, and what is kept of them. */
final class ClassRemoval {
    private final TransferModel model;
    private final List<String> left;
    private final int[] places;
    private final TargetKind kind;

    ClassRemoval(TransferModel model, Set<String> classes) {
        this.model = model;
        List<String> unknown = classes.stream()
                .filter(name -> !model.classNames().contains(name))
                .toList();
        this.left = model.classNames().stream()
                .filter(name -> !classes.contains(name))
                .toList();
        boolean ofNames = model.kind().isOneOfNames();
        if (!unknown.isEmpty() || left.size() < (ofNames ? 2 : 1) || classes.isEmpty()) {
            String noun = model.kind().noun();
            throw new SettingsException(
                    Problem.of("These " + (ofNames ? "classes" : noun + "s") + " cannot be taken out.")
                            .expected("names among " + Excerpt.list(model.classNames()) + ", so that "
                                    + (ofNames ? "two classes" : "one " + noun) + " or more are left")
                            .found(classes.isEmpty() ? "no name" : Excerpt.list(List.copyOf(classes)))
                            .fix("name some that the bundle has, and leave " + (ofNames ? "two" : "one")));
        }
        this.places = JoinedTargets.places(left, model.classNames());
        this.kind = TargetKind.of(model.kind().task(), left);
    }

    TransferModel model() {
        List<Layer> head = new ArrayList<>(model.headLayers());
        Layer last = head.get(head.size() - 1);
        if (!(last instanceof Linear logits)
                || logits.outFeatures() != model.classNames().size()) {
            throw new SettingsException(Problem.of("Nothing can be taken out of such a head.")
                    .expected("a head that ends in a dense layer with an output for each name")
                    .found(model.headName())
                    .fix("fit a network on what is left"));
        }
        head.set(head.size() - 1, new Linear(logits.name(), logits.inFeatures(), left.size()));
        Map<String, FloatTensor> tensors = new LinkedHashMap<>(model.weights().asMap());
        String weights = logits.name() + ".weight";
        String biases = logits.name() + ".bias";
        tensors.put(
                weights,
                FloatTensor.of(
                        ClassRecords.some(model.weights().get(weights).values(), logits.inFeatures(), places),
                        left.size(),
                        logits.inFeatures()));
        tensors.put(
                biases,
                FloatTensor.of(ClassRecords.some(model.weights().get(biases).values(), 1, places), left.size()));
        ClassRecord record = model.record();
        return new TransferModel(
                model.branches(),
                model.fusionName(),
                model.headName(),
                head,
                kind,
                WeightSet.of(tensors),
                model.lineage(),
                confidence(model.confidence()),
                record == null ? null : record(record));
    }

    /** The thresholds of labels and the errors of numbers that are left. */
    private Confidence confidence(Confidence old) {
        List<Double> thresholds = old.decision().thresholds();
        NumberErrors errors = old.errors();
        return old.withDecision(
                        thresholds.isEmpty()
                                ? old.decision()
                                : new Decision(Arrays.stream(places)
                                        .mapToObj(thresholds::get)
                                        .toList()))
                .withErrors(
                        errors == null
                                ? null
                                : new NumberErrors(
                                        Arrays.stream(places)
                                                .mapToObj(errors.sorted()::get)
                                                .toList(),
                                        errors.examples()));
    }

    /** The record without them; distances are measured anew, of those examples whose features are there. */
    private ClassRecord record(ClassRecord old) {
        int features = old.features();
        ClassStatistics statistics = kind.isOneOfNames()
                ? old.statistics().withClasses(places)
                : old.statistics()
                        .withColumns(IntStream.concat(
                                        IntStream.range(0, features),
                                        Arrays.stream(places).map(place -> features + place))
                                .toArray());
        int targets = ClassRecords.targets(kind);
        DiscriminantStrength strength = new DiscriminantStrength(old.shrinkage(), old.temperature(), Double.NaN);
        if (!statistics.varies()) {
            return new ClassRecord(old.cuts(), statistics, targets, old.shrinkage(), old.temperature(), null, null);
        }
        ClassDistances distances =
                ClassDistances.of(statistics, old.blocks(model.branches()), targets, ClassDistances.SHRINKAGE);
        return ClassRecords.of(old.cuts(), statistics, targets, distances, strength, held(old.heldOut(), features));
    }

    private ClassRecords.@Nullable Held held(@Nullable HeldOut heldOut, int width) {
        if (heldOut == null) {
            return null;
        }
        int[] kept = heldOut.kept().places();
        int[] chosen = IntStream.range(0, kept.length)
                .filter(i ->
                        !kind.isOneOfNames() || left.contains(model.classNames().get(heldOut.labels()[kept[i]])))
                .toArray();
        Targets targets = JoinedTargets.of(heldOut.targets().subset(ClassRecords.some(kept, chosen)), kind);
        float[][] answers = Arrays.stream(chosen)
                .mapToObj(i -> among(heldOut.answers()[kept[i]]))
                .toArray(float[][]::new);
        return new ClassRecords.Held(
                targets, answers, ClassRecords.some(heldOut.kept().rows(), width, chosen));
    }

    /** What is said of the names that are left: of classes the probabilities among them. */
    private float[] among(float[] all) {
        float[] row = new float[places.length];
        if (!kind.isOneOfNames()) {
            for (int k = 0; k < row.length; k++) {
                row[k] = all[places[k]];
            }
            return row;
        }
        double sum = 0;
        for (int k = 0; k < row.length; k++) {
            row[k] = Math.max(all[places[k]], Float.MIN_NORMAL);
            sum += row[k];
        }
        for (int k = 0; k < row.length; k++) {
            row[k] = (float) (row[k] / sum);
        }
        return row;
    }
}
