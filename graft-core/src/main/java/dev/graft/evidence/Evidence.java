package dev.graft.evidence;

import dev.graft.backbone.Architecture;
import dev.graft.data.Image;
import dev.graft.engine.InferenceNetwork;
import dev.graft.engine.Tap;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.image.Preprocessing;
import dev.graft.layer.Layer;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds in pictures what a network's logits come from: exactly where it ends in maps, their means and dense layers without
 * anything between, else by covering the picture place by place. Safe for use by several threads.
 */
public final class Evidence {
    private final Preprocessing preprocessing;
    private final List<String> classNames;
    private final int outputs;
    private final EvidenceSource source;

    /**
     * Prepares for a network.
     *
     * @param architecture its backbone's architecture
     * @param taps where its head's features are taken out, in order
     * @param head its head's layers
     * @param weights at least the tensors of the head
     * @param classNames its classes, by label
     * @throws SettingsException if it takes no images
     */
    public Evidence(
            Architecture architecture, List<Tap> taps, List<Layer> head, WeightSet weights, List<String> classNames) {
        this.preprocessing = architecture.preprocessing();
        this.classNames = List.copyOf(classNames);
        this.outputs = outputs(head, classNames);
        Map<String, FloatTensor> own = new LinkedHashMap<>();
        head.forEach(layer -> layer.parameters().forEach(spec -> own.put(spec.name(), weights.get(spec.name()))));
        this.source = ClassActivation.of(architecture, taps, head, WeightSet.of(own))
                .orElseGet(() -> new Occlusion(preprocessing));
    }

    private static int outputs(List<Layer> head, List<String> classNames) {
        for (int i = head.size() - 1; i >= 0; i--) {
            if (head.get(i) instanceof Layer.Linear linear) {
                return linear.outFeatures();
            }
        }
        return classNames.size();
    }

    /** How the evidence is found. */
    public EvidenceMethod method() {
        return source.method();
    }

    /**
     * The map of a picture's evidence for a class.
     *
     * @param network the network
     * @param image any size, grey or coloured
     * @param label the class
     * @throws SettingsException if there is no such class
     * @throws dev.graft.error.ClosedException if the network is closed
     */
    public EvidenceMap map(InferenceNetwork network, Image image, int label) {
        requireClass(label);
        float[] input = new float[preprocessing.elements()];
        preprocessing.apply(image, input, 0);
        EvidenceSource.Found found = source.find(network, input, weights(label));
        return new EvidenceMap(
                source.method(),
                classNames.get(label),
                found.height(),
                found.width(),
                found.values(),
                found.rest(),
                found.logit(),
                PicturePlace.of(
                        image.height(),
                        image.width(),
                        preprocessing.region(image.height(), image.width()),
                        found.cells(),
                        preprocessing.height(),
                        preprocessing.width()));
    }

    /** Which of the outputs count how much: one output for two classes is the second's logit. */
    private double[] weights(int label) {
        double[] weights = new double[outputs];
        boolean first = outputs == 1 && classNames.size() == 2 && label == 0;
        weights[outputs == 1 ? 0 : label] = first ? -1 : 1;
        return weights;
    }

    private void requireClass(int label) {
        if (label < 0 || label >= classNames.size()) {
            throw new SettingsException(Problem.of("There is no class of that number.")
                    .expected("0 to " + (classNames.size() - 1))
                    .found(label));
        }
    }
}
