package dev.graft.backbone;

import dev.graft.error.WeightsMismatchException;
import dev.graft.layer.ParameterSpec;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.ReadSettings;
import dev.graft.weights.TensorFile;
import dev.graft.weights.WeightSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A public checkpoint that fits a network of the catalogue: names translated, every tensor accounted for. It loads whole
 * or not at all; only the classifier may differ from the catalogue's: in its number of classes, or by being absent. Without
 * one, the network has a classifier of one class, all zero, which stands for nothing until a transfer replaces it. Names may
 * have a prefix that training programs put before them. Both are logged.
 *
 * @param architecture the network, with as many classes as the checkpoint has
 * @param weights exactly the network's tensors, under its names and in its order
 * @param report what became of each tensor
 */
public record Checkpoint(Architecture architecture, WeightSet weights, LoadReport report) {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoint.class);

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
        plan.report().notes().forEach(note -> LOG.warn("{}: {}", name, note));
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
        Architecture architecture = plan.report().allowance().withoutClassifier()
                ? plan.architecture().withClasses(1)
                : plan.architecture();
        Map<String, FloatTensor> fitted = new LinkedHashMap<>();
        for (ParameterSpec spec : architecture.parameters()) {
            String source = plan.source(spec.name());
            fitted.put(
                    spec.name(),
                    source == null
                            ? new FloatTensor(spec.shapeArray(), new float[Math.toIntExact(spec.elements())])
                            : new FloatTensor(
                                    spec.shapeArray(), tensors.get(source).values()));
        }
        return new Checkpoint(architecture, WeightSet.of(fitted), plan.report());
    }

    private static CheckpointPlan plan(CatalogueEntry entry, Map<String, long[]> shapes, String name) {
        CheckpointPlan plan = CheckpointPlan.of(entry, shapes);
        if (!plan.report().fits()) {
            List<String> likely = Architectures.catalogue().stream()
                    .filter(other -> report(other, shapes).fits())
                    .map(other -> other.architecture().id())
                    .toList();
            throw plan.report().mismatch(name, entry.architecture().id(), likely);
        }
        return plan;
    }
}
