package dev.graft.bundle;

import dev.graft.backbone.Architecture;
import dev.graft.backbone.Backbone;
import dev.graft.backbone.Layer;
import dev.graft.backbone.Stage;
import dev.graft.data.BagOfWords;
import dev.graft.data.ClassNames;
import dev.graft.data.Image;
import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledImages;
import dev.graft.data.LabeledTexts;
import dev.graft.data.TextPreparation;
import dev.graft.engine.InferenceNetwork;
import dev.graft.engine.Tap;
import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.evaluation.Evaluation;
import dev.graft.evidence.Evidence;
import dev.graft.evidence.EvidenceMap;
import dev.graft.evidence.EvidenceMethod;
import dev.graft.feature.Pooling;
import dev.graft.feature.Rows;
import dev.graft.feature.SparseRows;
import dev.graft.feature.TokenRows;
import dev.graft.image.Preprocessing;
import dev.graft.optimization.CrossEntropy;
import dev.graft.weights.WeightSet;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A trained network in use. Holds native memory until whoever made it closes it. Safe for use by several threads, which run side
 * by side. Another thread may close it meanwhile: who uses it ends with a {@link dev.graft.error.ClosedException} at the next
 * batch, and the last of them gives the memory back.
 */
public final class Classifier implements AutoCloseable {
    private static final int LARGEST_BATCH = 256;
    private static final int BATCH_VALUES = 1 << 22;
    private static final int TEXT_BATCH = 32;
    private static final int BATCH_TOKENS = 2048;

    private static final Logger LOG = LoggerFactory.getLogger(Classifier.class);

    private final Architecture architecture;
    private final List<String> classNames;
    private final Confidence confidence;
    private final InferenceNetwork network;
    private final @Nullable Evidence evidence;
    private boolean toldOfTooLong;

    /** Loads a transferred network into the engine. */
    public Classifier(TransferModel model) {
        this.architecture = model.architecture();
        this.classNames = model.classNames();
        this.confidence = model.confidence();
        List<Tap> taps = model.cut().ordered(model.architecture()).stream()
                .map(stage -> new Tap(stage, model.cut().pooling()))
                .toList();
        this.network = new InferenceNetwork(
                model.architecture().inputShape(), model.stages(), taps, model.headLayers(), model.weights());
        this.evidence = evidence(taps, model.headLayers(), model.weights());
    }

    /**
     * Loads a source model into the engine, with the classifier of its own task.
     *
     * @throws SettingsException if it was trained without classes
     */
    public Classifier(Backbone source) {
        this.architecture = source.architecture();
        this.classNames = source.card().classNames();
        if (classNames.isEmpty()) {
            throw new SettingsException(Problem.of("Backbone " + source.id() + " has no classes of its own.")
                    .expected("a transferred network, or a source model that was trained on classes")
                    .found("a source model that makes vectors of texts")
                    .fix("transfer it first, to data that has classes (TransferLearning.on)"));
        }
        this.confidence = Confidence.RAW;
        List<Stage> stages = source.architecture().featureStages();
        List<Tap> taps = List.of(new Tap(stages.get(stages.size() - 1).name(), Pooling.NONE));
        List<Layer> head = architecture.classifier().layers();
        this.network = new InferenceNetwork(architecture.inputShape(), stages, taps, head, source.weights());
        this.evidence = evidence(taps, head, source.weights());
    }

    /** Of texts there is none. */
    private @Nullable Evidence evidence(List<Tap> taps, List<Layer> head, WeightSet weights) {
        return takesTexts() ? null : new Evidence(architecture, taps, head, weights, classNames);
    }

    /** The classes' names, in the order of the probabilities. */
    public List<String> classNames() {
        return classNames;
    }

    /** How sure the network may be of what it says. */
    public Confidence confidence() {
        return confidence;
    }

    /** Whether it takes texts; images otherwise. */
    public boolean takesTexts() {
        return architecture.preparation() instanceof TextPreparation;
    }

    /** So many examples go through the network at a time; to ask for more at once saves nothing. */
    public int batchSize() {
        return takesTexts()
                ? TEXT_BATCH
                : Math.max(
                        1,
                        Math.min(
                                LARGEST_BATCH,
                                BATCH_VALUES / architecture.preprocessing().elements()));
    }

    /**
     * The calibrated probabilities of the classes, (images, classes); images of any size, grey or coloured.
     *
     * @throws SettingsException if it takes texts
     * @throws dev.graft.error.ClosedException if it is closed
     */
    public float[][] probabilities(List<Image> images) {
        return probabilities(images.size(), images::get);
    }

    /**
     * The same of images that are made when they are needed: no more of them are in memory than there are threads.
     *
     * @param count how many images there are
     * @param images gives an image by its place; asked by several threads at once
     * @throws SettingsException if it takes texts
     */
    public float[][] probabilities(int count, IntFunction<Image> images) {
        network.requireOpen();
        Preprocessing preprocessing = architecture.preprocessing();
        float[][] all = new float[count][];
        int batch = batchSize();
        for (int from = 0; from < count; from += batch) {
            int first = from;
            int size = Math.min(batch, count - from);
            float[] rows = new float[size * preprocessing.elements()];
            IntStream.range(0, size)
                    .parallel()
                    .forEach(i -> preprocessing.apply(images.apply(first + i), rows, i * preprocessing.elements()));
            float[][] part = probabilities(rows, size);
            System.arraycopy(part, 0, all, from, size);
        }
        return all;
    }

    /**
     * The calibrated probabilities of the classes, (texts, classes).
     *
     * @throws SettingsException if it takes images
     * @throws dev.graft.error.ClosedException if it is closed
     */
    public float[][] probabilitiesOfTexts(List<String> texts) {
        network.requireOpen();
        Rows rows = rows(texts);
        tellOfTooLong(rows);
        int[] lengths = lengths(rows);
        // Texts of about one length together: a batch is padded to its longest.
        int[] order = IntStream.range(0, lengths.length)
                .boxed()
                .sorted(Comparator.comparingInt(i -> -lengths[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        float[][] all = new float[lengths.length][];
        for (int from = 0, to; from < order.length; from = to) {
            to = Math.min(order.length, from + Math.min(TEXT_BATCH, Math.max(1, BATCH_TOKENS / lengths[order[from]])));
            int[] batch = Arrays.copyOfRange(order, from, to);
            float[] values = new float[batch.length * rows.width()];
            rows.read(batch, values);
            float[][] part = probabilities(values, batch.length);
            for (int i = 0; i < batch.length; i++) {
                all[batch[i]] = part[i];
            }
        }
        return all;
    }

    /**
     * How many of some texts are longer than what the network takes of them; their ends do not count.
     *
     * @throws SettingsException if it takes images
     */
    public int tooLong(List<String> texts) {
        // Whoever asks knows.
        toldOfTooLong = true;
        return rows(texts) instanceof TokenRows rows ? rows.truncated() : 0;
    }

    private Rows rows(List<String> texts) {
        return architecture.preparation() instanceof BagOfWords words
                ? SparseRows.of(texts.size(), texts::get, words)
                : TokenRows.of(texts.size(), texts::get, architecture.tokenization());
    }

    /** Once for each classifier, however many texts come later. */
    private void tellOfTooLong(Rows rows) {
        if (!toldOfTooLong && rows instanceof TokenRows tokens && tokens.truncated() > 0) {
            toldOfTooLong = true;
            LOG.warn(
                    "{} of {} texts are longer than what the network reads: only their beginning counts",
                    tokens.truncated(),
                    tokens.count());
        }
    }

    /** How costly each text is: its tokens, or the same for all where words are only counted. */
    private static int[] lengths(Rows rows) {
        if (rows instanceof TokenRows tokens) {
            return tokens.lengths();
        }
        int[] lengths = new int[rows.count()];
        Arrays.fill(lengths, 1);
        return lengths;
    }

    private float[][] probabilities(float[] rows, int examples) {
        float[] logits = confidence.tempered(network.logits(rows, examples));
        return CrossEntropy.probabilities(logits, logits.length / examples);
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
     * @throws SettingsException if it takes texts
     */
    public List<Prediction> predict(List<Image> images, int top, @Nullable Double threshold) {
        return predictions(probabilities(images), top, threshold);
    }

    /** What the network says of each text, and whether it is none of the classes by the network's own threshold. */
    public List<Prediction> predictTexts(List<String> texts, int top) {
        return predictTexts(texts, top, confidence.threshold());
    }

    /**
     * What the network says of each text.
     *
     * @param texts texts of any length; the end of what is too long does not count
     * @param top how many classes to give for each, at least 1
     * @param threshold the confidence below which a text is none of the classes; null for none
     * @throws SettingsException if it takes images
     */
    public List<Prediction> predictTexts(List<String> texts, int top, @Nullable Double threshold) {
        return predictions(probabilitiesOfTexts(texts), top, threshold);
    }

    /**
     * How maps of evidence are computed for this network: exactly, by class activation, where it ends in feature maps, their means
     * and dense layers without anything between; else, as with maxima, by occlusion, which runs the network some 170 times for a
     * picture.
     *
     * @throws SettingsException if it takes texts
     */
    public EvidenceMethod evidenceMethod() {
        return requireEvidence().method();
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
        int label = classNames.indexOf(className);
        if (label < 0) {
            throw new SettingsException(Problem.of("The network knows no class of that name.")
                    .expected(Excerpt.list(classNames))
                    .found(className));
        }
        return evidence(image, label);
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
        Evidence found = requireEvidence();
        network.requireOpen();
        return found.map(network, image, label);
    }

    private Evidence requireEvidence() {
        if (evidence == null) {
            throw new SettingsException(Problem.of("There are no maps of evidence in texts.")
                    .expected("a network for pictures")
                    .found("one for texts: " + architecture.id())
                    .fix("leave the maps out; what the network says of texts comes without them"));
        }
        return evidence;
    }

    private List<Prediction> predictions(float[][] probabilities, int top, @Nullable Double threshold) {
        return Arrays.stream(probabilities)
                .map(row -> Prediction.of(row, classNames, top, threshold))
                .toList();
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
        requireKind(data);
        int[] truth = ClassNames.labelsFor(classNames, data);
        return new Evaluation(probabilities(data), truth, classNames);
    }

    /** Says that the network takes no such examples, before it says that it knows other classes. */
    private void requireKind(LabeledExamples data) {
        if (takesTexts() && data instanceof LabeledImages) {
            architecture.preprocessing();
        } else if (!takesTexts() && data instanceof LabeledTexts) {
            architecture.tokenization();
        }
    }

    private float[][] probabilities(LabeledExamples data) {
        if (data instanceof LabeledImages images) {
            return probabilities(images.size(), images::image);
        }
        if (!(data instanceof LabeledTexts texts)) {
            throw new SettingsException(
                    Problem.of("A network for one kind of input cannot take items of several parts.")
                            .where(data.name())
                            .expected("images or texts")
                            .found("items of several parts")
                            .fix("take a column of them, or use a network of several branches"));
        }
        return probabilitiesOfTexts(
                IntStream.range(0, texts.size()).mapToObj(texts::text).toList());
    }

    /** To close it twice does nothing. */
    @Override
    public void close() {
        network.close();
    }
}
