package dev.graft.backbone;

import dev.graft.error.WeightsMismatchException;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.ReadSettings;
import dev.graft.weights.TensorFile;
import dev.graft.weights.WeightSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A public checkpoint that fits a network of the catalogue: names translated, every tensor accounted for. It loads whole
 * or not at all; only the number of classes may differ from the catalogue's.
 *
 * @param architecture the network, with as many classes as the checkpoint has
 * @param weights exactly the network's tensors, under its names and in its order
 * @param report what became of each tensor
 */
public record Checkpoint(Architecture architecture, WeightSet weights, LoadReport report) {
    /**
     * Reads a file of weights: safetensors, an index of its shards, or the initialisers of an ONNX model.
     *
     * @param entry the network whose weights it should hold
     * @param file the file, which stays open
     * @param name what to call it in messages
     * @throws WeightsMismatchException if it does not fit; no tensor is read then
     * @throws dev.graft.error.WeightsFileException if a tensor cannot be read as float32, or holds NaN or infinity
     */
    public static Checkpoint read(CatalogueEntry entry, TensorFile file, String name) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        file.tensors().forEach((tensor, info) -> shapes.put(tensor, info.shape()));
        CheckpointPlan plan = plan(entry, shapes, name);
        ReadSettings settings = ReadSettings.defaults()
                .withIgnoredSuffixes(plan.report().ignored().toArray(String[]::new));
        return fit(plan, file.readAll(settings).weights());
    }

    /**
     * Fits tensors that were read from any format.
     *
     * @param entry the network whose weights they should be
     * @param name what to call them in messages
     * @throws WeightsMismatchException if they do not fit
     */
    public static Checkpoint fit(CatalogueEntry entry, WeightSet tensors, String name) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        tensors.asMap().forEach((tensor, values) -> shapes.put(tensor, values.shape()));
        return fit(plan(entry, shapes, name), tensors);
    }

    /**
     * What would become of tensors of these names and shapes; never fails.
     *
     * @param entry the network whose weights they should be
     * @param shapes the tensors' shapes by name
     */
    public static LoadReport report(CatalogueEntry entry, Map<String, long[]> shapes) {
        return CheckpointPlan.of(entry, shapes).report();
    }

    private static Checkpoint fit(CheckpointPlan plan, WeightSet tensors) {
        Map<String, FloatTensor> fitted = new LinkedHashMap<>();
        for (ParameterSpec spec : plan.architecture().parameters()) {
            FloatTensor tensor = tensors.get(Objects.requireNonNull(plan.source(spec.name())));
            fitted.put(spec.name(), new FloatTensor(spec.shapeArray(), tensor.values()));
        }
        return new Checkpoint(plan.architecture(), WeightSet.of(fitted), plan.report());
    }

    private static CheckpointPlan plan(CatalogueEntry entry, Map<String, long[]> shapes, String name) {
        CheckpointPlan plan = CheckpointPlan.of(entry, shapes);
        if (!plan.report().complete()) {
            List<String> likely = Architectures.catalogue().stream()
                    .filter(other -> report(other, shapes).complete())
                    .map(other -> other.architecture().id())
                    .toList();
            throw plan.report().mismatch(name, entry.architecture().id(), likely);
        }
        return plan;
    }
}
