package dev.graft.bundle;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.backbone.Stage;
import dev.graft.bundle.Prediction.Candidate;
import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.engine.InferenceNetwork;
import dev.graft.engine.Tap;
import dev.graft.evaluation.Evaluation;
import dev.graft.feature.Pooling;
import dev.graft.image.Preprocessing;
import dev.graft.optimization.CrossEntropy;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A trained network in use. Holds native memory until closed. Not safe for use by several threads: give each its own.
 */
public final class Classifier implements AutoCloseable {
    private static final int LARGEST_BATCH = 256;
    private static final int BATCH_VALUES = 1 << 22;

    private final Preprocessing preprocessing;
    private final List<String> classNames;
    private final Confidence confidence;
    private final InferenceNetwork network;

    /** Loads a transferred network into the engine. */
    public Classifier(TransferModel model) {
        this.preprocessing = model.architecture().preprocessing();
        this.classNames = model.classNames();
        this.confidence = model.confidence();
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
        this.confidence = Confidence.RAW;
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

    /** How sure the network may be of what it says. */
    public Confidence confidence() {
        return confidence;
    }

    /** So many images go through the network at a time; to ask for more at once saves nothing. */
    public int batchSize() {
        return Math.max(1, Math.min(LARGEST_BATCH, BATCH_VALUES / preprocessing.elements()));
    }

    /** The calibrated probabilities of the classes, (images, classes); images of any size, grey or coloured. */
    public float[][] probabilities(List<Image> images) {
        return probabilities(images.size(), images::get);
    }

    /**
     * The same of images that are made when they are needed: no more of them are in memory than there are threads.
     *
     * @param count how many images there are
     * @param images gives an image by its place; asked by several threads at once
     */
    public float[][] probabilities(int count, IntFunction<Image> images) {
        float[][] all = new float[count][];
        int batch = batchSize();
        for (int from = 0; from < count; from += batch) {
            int first = from;
            int size = Math.min(batch, count - from);
            float[] rows = new float[size * preprocessing.elements()];
            IntStream.range(0, size)
                    .parallel()
                    .forEach(i -> preprocessing.apply(images.apply(first + i), rows, i * preprocessing.elements()));
            float[] logits = tempered(network.logits(rows, size));
            float[][] part = CrossEntropy.probabilities(logits, logits.length / size);
            System.arraycopy(part, 0, all, from, size);
        }
        return all;
    }

    /** What the network says of each image, and whether it is none of the classes by the network's own threshold. */
    public List<Prediction> predict(List<Image> images, int top) {
        return predict(images, top, confidence.threshold());
    }

    /**
     * What the network says of each image.
     *
     * @param images images of any size, grey or coloured
     * @param top how many classes to give for each, at least 1
     * @param threshold the confidence below which an image is none of the classes; null for none
     */
    public List<Prediction> predict(List<Image> images, int top, @Nullable Double threshold) {
        return Arrays.stream(probabilities(images))
                .map(row -> prediction(row, top, threshold))
                .toList();
    }

    private Prediction prediction(float[] probabilities, int top, @Nullable Double threshold) {
        List<Candidate> candidates = IntStream.range(0, probabilities.length)
                .mapToObj(label -> new Candidate(classNames.get(label), probabilities[label]))
                .sorted(Comparator.comparingDouble(Candidate::confidence).reversed())
                .limit(Math.max(1, top))
                .toList();
        Candidate best = candidates.get(0);
        return new Prediction(
                best.label(), best.confidence(), candidates, threshold != null && best.confidence() < threshold);
    }

    private float[] tempered(float[] logits) {
        double temperature = confidence.temperature();
        for (int i = 0; temperature != 1 && i < logits.length; i++) {
            logits[i] = (float) (logits[i] / temperature);
        }
        return logits;
    }

    /** Measures the network on labelled images, with calibrated probabilities. */
    public Evaluation evaluate(LabeledImages data) {
        int[] truth = IntStream.range(0, data.size()).map(data::label).toArray();
        return new Evaluation(probabilities(data.size(), data::image), truth, classNames);
    }

    @Override
    public void close() {
        network.close();
    }
}
