package dev.graft.update;

import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.layer.Layer;
import dev.graft.layer.Layer.Linear;
import dev.graft.model.ClassRecord;
import dev.graft.model.HeldOut;
import dev.graft.model.TransferModel;
import dev.graft.statistics.ClassDistances;
import dev.graft.statistics.ClassStatistics;
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

/** Takes classes out of a network: their logits, and what is kept of them. */
final class ClassRemoval {
    private final TransferModel model;
    private final List<String> left;
    private final int[] places;

    ClassRemoval(TransferModel model, Set<String> classes) {
        this.model = model;
        List<String> unknown = classes.stream()
                .filter(name -> !model.classNames().contains(name))
                .toList();
        this.left = model.classNames().stream()
                .filter(name -> !classes.contains(name))
                .toList();
        if (!unknown.isEmpty() || left.size() < 2 || classes.isEmpty()) {
            throw new SettingsException(Problem.of("These classes cannot be taken out.")
                    .expected("names among " + Excerpt.list(model.classNames())
                            + ", so that two classes or more are left")
                    .found(classes.isEmpty() ? "no name" : Excerpt.list(List.copyOf(classes)))
                    .fix("name classes that the bundle has, and leave two"));
        }
        this.places = ClassUpdate.places(left, model.classNames());
    }

    TransferModel model() {
        List<Layer> head = new ArrayList<>(model.headLayers());
        Layer last = head.get(head.size() - 1);
        if (!(last instanceof Linear logits)
                || logits.outFeatures() != model.classNames().size()) {
            throw new SettingsException(Problem.of("No class can be taken out of such a head.")
                    .expected("a head that ends in a dense layer with a logit for each class")
                    .found(model.headName())
                    .fix("fit a network on the classes that are left"));
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
                left,
                WeightSet.of(tensors),
                model.lineage(),
                model.confidence(),
                record == null ? null : record(record));
    }

    /** The record without them; distances are measured anew, of those examples whose features are there. */
    private ClassRecord record(ClassRecord old) {
        ClassStatistics statistics = old.statistics().withClasses(places);
        DiscriminantStrength strength = new DiscriminantStrength(old.shrinkage(), old.temperature(), Double.NaN);
        if (!statistics.varies()) {
            return new ClassRecord(old.cuts(), statistics, old.shrinkage(), old.temperature(), null, null);
        }
        ClassDistances distances =
                ClassDistances.of(statistics, old.blocks(model.branches()), ClassDistances.SHRINKAGE);
        return ClassRecords.of(old.cuts(), statistics, distances, strength, held(old.heldOut(), statistics.width()));
    }

    private ClassRecords.@Nullable Held held(@Nullable HeldOut heldOut, int width) {
        if (heldOut == null) {
            return null;
        }
        int[] kept = heldOut.kept().places();
        int[] chosen = IntStream.range(0, kept.length)
                .filter(i -> left.contains(model.classNames().get(heldOut.labels()[kept[i]])))
                .toArray();
        int[] labels = Arrays.stream(chosen)
                .map(i -> left.indexOf(model.classNames().get(heldOut.labels()[kept[i]])))
                .toArray();
        float[][] probabilities = Arrays.stream(chosen)
                .mapToObj(i -> among(heldOut.probabilities()[kept[i]]))
                .toArray(float[][]::new);
        return new ClassRecords.Held(
                labels, probabilities, ClassRecords.some(heldOut.kept().rows(), width, chosen));
    }

    /** The probabilities among the classes that are left. */
    private float[] among(float[] all) {
        float[] row = new float[places.length];
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
