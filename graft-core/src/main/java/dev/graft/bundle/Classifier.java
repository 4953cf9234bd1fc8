package dev.graft.bundle;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.backbone.Stage;
import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.engine.InferenceNetwork;
import dev.graft.engine.Tap;
import dev.graft.evaluation.Evaluation;
import dev.graft.feature.Pooling;
import dev.graft.image.Preprocessing;
import dev.graft.optimization.CrossEntropy;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A trained network in use. Holds native memory until closed. Not safe for use by several threads: give each its own.
 */
public final class Classifier implements AutoCloseable {
    private static final int BATCH = 256;

    private final Preprocessing preprocessing;
    private final List<String> classNames;
    private final InferenceNetwork network;

    /** Loads a transferred network into the engine. */
    public Classifier(TransferModel model) {
        this.preprocessing = model.architecture().preprocessing();
        this.classNames = model.classNames();
        List<Tap> taps = model.cut().ordered(model.architecture()).stream()
                .map(stage -> new Tap(stage, model.cut().pooling()))
                .toList();
        this.network = new InferenceNetwork(
                model.architecture().inputShape(), model.stages(), taps, model.headLayers(), model.weights());
    }

    /** Loads a source model into the engine, with the classifier of its own task. */
    public Classifier(Backbone source) {
        Architecture architecture = source.architecture();
        this.preprocessing = architecture.preprocessing();
        this.classNames = source.card().classNames();
        List<Stage> stages = architecture.featureStages();
        this.network = new InferenceNetwork(
                architecture.inputShape(),
                stages,
                List.of(new Tap(stages.get(stages.size() - 1).name(), Pooling.NONE)),
                architecture.classifier().layers(),
                source.weights());
    }

    /** The classes' names, in the order of the probabilities. */
    public List<String> classNames() {
        return classNames;
    }

    /** The probabilities of the classes, (images, classes); images of any size, grey or coloured. */
    public float[][] probabilities(List<Image> images) {
        float[][] all = new float[images.size()][];
        for (int from = 0; from < images.size(); from += BATCH) {
            int first = from;
            int count = Math.min(BATCH, images.size() - from);
            float[] rows = new float[count * preprocessing.elements()];
            IntStream.range(0, count)
                    .parallel()
                    .forEach(i -> preprocessing.apply(images.get(first + i), rows, i * preprocessing.elements()));
            float[] logits = network.logits(rows, count);
            float[][] part = CrossEntropy.probabilities(logits, logits.length / count);
            System.arraycopy(part, 0, all, from, count);
        }
        return all;
    }

    /** Measures the network on labelled images. */
    public Evaluation evaluate(LabeledImages data) {
        List<Image> images =
                IntStream.range(0, data.size()).mapToObj(data::image).toList();
        int[] truth = IntStream.range(0, data.size()).map(data::label).toArray();
        return new Evaluation(probabilities(images), truth, classNames);
    }

    @Override
    public void close() {
        network.close();
    }
}
