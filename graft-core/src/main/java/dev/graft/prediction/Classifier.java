package dev.graft.prediction;

import dev.graft.backbone.Backbone;
import dev.graft.data.Image;
import dev.graft.data.Item;
import dev.graft.data.LabeledExamples;
import dev.graft.error.Required;
import dev.graft.error.SettingsException;
import dev.graft.evaluation.Evaluation;
import dev.graft.evaluation.PredictionSets;
import dev.graft.evidence.EvidenceMap;
import dev.graft.evidence.EvidenceMethod;
import dev.graft.layer.Layer;
import dev.graft.model.ClassRecord;
import dev.graft.model.Confidence;
import dev.graft.model.ModelBranch;
import dev.graft.model.TransferModel;
import dev.graft.prediction.BatchedNetwork.FeatureSink;
import dev.graft.statistics.ClassDistances.Distance;
import dev.graft.targets.Numbers;
import dev.graft.targets.OneClass;
import dev.graft.targets.TargetKind;
import dev.graft.targets.Targets;
import dev.graft.weights.WeightSet;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A trained network in use. Holds native memory until whoever made it closes it. Safe for use by several threads, which run side
 * by side. Another thread may close it meanwhile: who uses it ends with a {@link dev.graft.error.ClosedException} at the next
 * batch, and the last of them gives the memory back.
 */
public final class Classifier implements AutoCloseable {
    private final TargetKind kind;
    private final List<String> classNames;
    private final Confidence confidence;
    private final BatchedNetwork network;
    private final RecordedClasses recorded;
    private final PictureEvidence evidence;

    /** Loads a transferred network into the engine. */
    public Classifier(TransferModel model) {
        this(model.branches(), model.headLayers(), model.kind(), model.weights(), model.confidence(), model.record());
    }

    /**
     * Loads a source model into the engine, with the classifier of its own task.
     *
     * @throws SettingsException if it was trained without classes
     */
    public Classifier(Backbone source) {
        this(
                List.of(SourceBranch.of(source)),
                source.architecture().classifier().layers(),
                new OneClass(source.card().classNames()),
                source.weights(),
                Confidence.RAW,
                null);
    }

    private Classifier(
            List<ModelBranch> branches,
            List<Layer> head,
            TargetKind kind,
            WeightSet weights,
            Confidence confidence,
            @Nullable ClassRecord record) {
        this.kind = kind;
        this.classNames = kind.names();
        this.confidence = confidence;
        this.recorded = new RecordedClasses(branches, record);
        this.network = new BatchedNetwork(
                branches, record == null ? List.of() : record.cuts(), head, weights, kind, confidence);
        this.evidence = new PictureEvidence(network, head, weights, kind.names());
    }

    /** The branches of the network, and what each takes of an example. */
    public List<ModelBranch> branches() {
        return network.branches();
    }

    /** The classes' names, in the order of the probabilities. */
    public List<String> classNames() {
        return classNames;
    }

    /** What kind of thing it tells of an example. */
    public TargetKind kind() {
        return kind;
    }

    /** How sure the network may be of what it says. */
    public Confidence confidence() {
        return confidence;
    }

    /** What it keeps of the examples that it learned from; null if it keeps nothing. */
    public @Nullable ClassRecord record() {
        return recorded.record();
    }

    /** Whether it takes items of several parts. */
    public boolean takesItems() {
        return network.takesItems();
    }

    /** Whether it takes texts alone. */
    public boolean takesTexts() {
        return !takesItems() && !takesImages();
    }

    /** Whether it takes pictures alone. */
    public boolean takesImages() {
        return network.takesImages();
    }

    /** So many examples go through the network at a time; to ask for more at once saves nothing. */
    public int batchSize() {
        return network.batchSize();
    }

    /**
     * The calibrated probabilities of the classes, (images, classes); images of any size, grey or coloured.
     *
     * @throws SettingsException if it takes texts
     * @throws dev.graft.error.ClosedException if it is closed
     */
    public float[][] probabilities(List<Image> images) {
        List<Image> given = Required.examples(images, "picture", "the pictures");
        return probabilities(given.size(), given::get);
    }

    /**
     * The calibrated probabilities of images that are made when they are needed: no more of them are in memory than there are threads.
     *
     * @param count how many images there are
     * @param images gives an image by its place; asked by several threads at once
     * @throws SettingsException if it takes texts
     */
    public float[][] probabilities(int count, IntFunction<Image> images) {
        return network.ofImages(count, images, null);
    }

    /**
     * The calibrated probabilities of the classes, (items, classes).
     *
     * @throws dev.graft.error.DataException if an item lacks a column that a branch takes
     * @throws SettingsException if it takes pictures or texts alone
     * @throws dev.graft.error.ClosedException if it is closed
     */
    public float[][] probabilitiesOfItems(List<Item> items) {
        List<Item> given = Required.examples(items, "item", "the items");
        return network.ofItems(given.size(), given::get, null);
    }

    /**
     * The calibrated probabilities of the classes, (texts, classes).
     *
     * @throws SettingsException if it takes images
     * @throws dev.graft.error.ClosedException if it is closed
     */
    public float[][] probabilitiesOfTexts(List<String> texts) {
        return network.ofTexts(Required.examples(texts, "text", "the texts"), null);
    }

    /**
     * How many of some texts are longer than what the network takes of them; their ends do not count.
     *
     * @throws SettingsException if it takes images
     */
    public int tooLong(List<String> texts) {
        return network.tooLong(Required.examples(texts, "text", "the texts"));
    }

    /**
     * What the head takes of each image: the vectors by which images are alike to this network, (images, features).
     *
     * @param count how many images there are
     * @param images gives an image by its place; asked by several threads at once
     * @throws SettingsException if it takes texts or items
     * @throws dev.graft.error.ClosedException if it is closed
     */
    public float[][] features(int count, IntFunction<Image> images) {
        return network.features(count, images);
    }

    /**
     * What the head takes of each text: the vectors by which texts are alike to this network, (texts, features).
     *
     * @throws SettingsException if it takes images or items
     * @throws dev.graft.error.ClosedException if it is closed
     */
    public float[][] featuresOfTexts(List<String> texts) {
        return network.features(Required.examples(texts, "text", "the texts"));
    }

    /** What the network says of each image, and whether it is none of the classes by the network's own rule. */
    public List<Prediction> predict(List<Image> images, int top) {
        return predict(images, PredictionSettings.top(top));
    }

    /**
     * What the network says of each image.
     *
     * @param images images of any size, grey or coloured
     * @throws SettingsException if it takes texts, or is to give sets of classes and has no record of held-out examples
     */
    public List<Prediction> predict(List<Image> images, PredictionSettings settings) {
        List<Image> given = Required.examples(images, "picture", "the pictures");
        return predictions(given.size(), settings, sink -> network.ofImages(given.size(), given::get, sink));
    }

    /** What the network says of each text, and whether it is none of the classes by the network's own rule. */
    public List<Prediction> predictTexts(List<String> texts, int top) {
        return predictTexts(texts, PredictionSettings.top(top));
    }

    /**
     * What the network says of each text.
     *
     * @param texts texts of any length; the end of what is too long does not count
     * @throws SettingsException if it takes images, or is to give sets of classes and has no record of held-out examples
     */
    public List<Prediction> predictTexts(List<String> texts, PredictionSettings settings) {
        List<String> given = Required.examples(texts, "text", "the texts");
        return predictions(given.size(), settings, sink -> network.ofTexts(given, sink));
    }

    /** What the network says of each item, and whether it is none of the classes by the network's own rule. */
    public List<Prediction> predictItems(List<Item> items, int top) {
        return predictItems(items, PredictionSettings.top(top));
    }

    /**
     * What the network says of each item.
     *
     * @param items with the columns that the network was trained on; others are left alone
     * @throws dev.graft.error.DataException if an item lacks a column that a branch takes
     * @throws SettingsException if it takes pictures or texts alone, or is to give sets of classes and has no record of held-out
     *     examples
     */
    public List<Prediction> predictItems(List<Item> items, PredictionSettings settings) {
        List<Item> given = Required.examples(items, "item", "the items");
        return predictions(given.size(), settings, sink -> network.ofItems(given.size(), given::get, sink));
    }

    /**
     * How maps of evidence are computed for this network: exactly, by class activation, where it ends in feature maps, their means
     * and dense layers without anything between; else, as with maxima, by occlusion, which runs the network some 170 times for a
     * picture.
     *
     * @throws SettingsException if it takes texts
     */
    public EvidenceMethod evidenceMethod() {
        return evidence.method();
    }

    /**
     * Where in an image the network finds evidence for a class. {@link EvidenceMap#onPicture()} is the same at the image's size,
     * whatever was cropped and resized before.
     *
     * @param image any size, grey or coloured
     * @param className the class, such as the predicted one
     * @throws SettingsException if it takes texts, or knows no such class
     * @throws dev.graft.error.ClosedException if it is closed
     */
    public EvidenceMap evidence(Image image, String className) {
        return evidence(image, KnownNames.place(classNames, className));
    }

    /**
     * Where in an image the network finds evidence for a class.
     *
     * @param image any size, grey or coloured
     * @param label the class's place in {@link #classNames()}
     * @throws SettingsException if it takes texts, or has no such class
     * @throws dev.graft.error.ClosedException if it is closed
     */
    public EvidenceMap evidence(Image image, int label) {
        return evidence.map(image, label);
    }

    /**
     * Which words of a text carry what the network says of it. The network runs once for each word.
     *
     * @param className the class to explain; null for the most probable one
     * @throws SettingsException if it takes images or items, or knows no such class
     * @throws dev.graft.error.ClosedException if it is closed
     */
    public TextEvidence explain(String text, @Nullable String className) {
        if (className != null) {
            KnownNames.place(classNames, className);
        }
        return new WordErasure(classNames, kind instanceof Numbers, this::probabilitiesOfTexts).of(text, className);
    }

    private List<Prediction> predictions(
            int count, PredictionSettings settings, Function<@Nullable FeatureSink, float[][]> network) {
        return new Predictions(kind, confidence, recorded).of(count, settings, network);
    }

    /**
     * Sets of classes that hold the true one so often, by what the network said of held-out examples.
     *
     * @param coverage above 0 and below 1
     * @throws SettingsException if the network has no record of held-out examples, or too few for such a coverage
     */
    public PredictionSets sets(double coverage) {
        return recorded.sets(coverage);
    }

    /**
     * What the network says of examples, and how far they are from its classes; their labels, if any, do not matter.
     *
     * @throws SettingsException if it takes examples of another kind, or keeps no record of its classes
     * @throws dev.graft.error.ClosedException if it is closed
     */
    public Observation observe(LabeledExamples data) {
        network.requireKind(data);
        return observed(data.size(), sink -> network.of(data, sink));
    }

    /**
     * What the network says of images that are made when they are needed, and how far they are from its classes.
     *
     * @param count how many images there are
     * @param images gives an image by its place; asked by several threads at once
     * @throws SettingsException if it takes texts or items, or keeps no record of its classes
     */
    public Observation observe(int count, IntFunction<Image> images) {
        return observed(count, sink -> network.ofImages(count, images, sink));
    }

    /**
     * What the network says of texts, and how far they are from its classes.
     *
     * @throws SettingsException if it takes images or items, or keeps no record of its classes
     */
    public Observation observeTexts(List<String> texts) {
        List<String> given = Required.examples(texts, "text", "the texts");
        return observed(given.size(), sink -> network.ofTexts(given, sink));
    }

    /**
     * What the network says of items, and how far they are from its classes.
     *
     * @throws SettingsException if it takes images or texts, or keeps no record of its classes
     */
    public Observation observeItems(List<Item> items) {
        List<Item> given = Required.examples(items, "item", "the items");
        return observed(given.size(), sink -> network.ofItems(given.size(), given::get, sink));
    }

    private Observation observed(int count, Function<@Nullable FeatureSink, float[][]> network) {
        Distance[] found = new Distance[count];
        return new Observation(kind, network.apply(recorded.distancesInto(found)), Arrays.asList(found));
    }

    /**
     * The features that the record of the classes is of, row after row: (examples, features).
     *
     * @throws SettingsException if it takes examples of another kind, or keeps no record of its classes
     * @throws dev.graft.error.ClosedException if it is closed
     */
    public float[] recordedFeatures(LabeledExamples data) {
        network.requireKind(data);
        int width = recorded.required().features();
        float[] features = new float[Math.multiplyExact(data.size(), width)];
        network.of(data, (example, rows, offset) -> System.arraycopy(rows, offset, features, example * width, width));
        return features;
    }

    /**
     * Measures the network on labelled examples, with calibrated probabilities. Classes are matched by name, in whatever order the
     * data has them.
     *
     * @throws SettingsException if it takes examples of another kind
     * @throws dev.graft.error.DataException if the data has other classes than the network, or two of one name
     * @throws dev.graft.error.ClosedException if it is closed
     */
    public Evaluation evaluate(LabeledExamples data) {
        network.requireKind(data);
        Targets targets = MatchedTargets.of(kind, data);
        return new Evaluation(network.of(data, null), targets, confidence.decision());
    }

    /** To close it twice does nothing. */
    @Override
    public void close() {
        network.close();
    }
}
