package dev.graft.prediction;

import dev.graft.backbone.Architecture;
import dev.graft.data.Image;
import dev.graft.data.Item;
import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledImages;
import dev.graft.data.LabeledItems;
import dev.graft.data.LabeledTexts;
import dev.graft.engine.InferenceNetwork;
import dev.graft.engine.Tap;
import dev.graft.engine.Trunk;
import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.feature.Cut;
import dev.graft.image.Preprocessing;
import dev.graft.layer.Layer;
import dev.graft.model.Confidence;
import dev.graft.model.ModelBranch;
import dev.graft.optimization.Answers;
import dev.graft.preparation.TextPreparation;
import dev.graft.targets.TargetKind;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A network through which any number of examples go, batch by batch. Holds native memory until it is closed. */
final class BatchedNetwork implements AutoCloseable {
    private static final int LARGEST_BATCH = 256;
    private static final int BATCH_VALUES = 1 << 22;
    private static final int ITEM_BATCH = 32;

    private final List<ModelBranch> branches;
    private final TargetKind kind;
    private final Confidence confidence;
    private final InferenceNetwork network;
    private final TruncationWarning truncation = new TruncationWarning();

    /** Takes the features of an example, which are observed beside the probabilities. */
    @FunctionalInterface
    interface FeatureSink {
        /** Takes them: from the offset on; by several threads at once. */
        void take(int example, float[] rows, int offset);
    }

    /** What a network makes of a batch, an answer for each example. */
    @FunctionalInterface
    private interface Step {
        /** Answers for the rows that enter each branch, of the examples at these places. */
        float[][] of(List<float[]> rows, int[] places);
    }

    /**
     * Makes a network.
     *
     * @param observed for each branch where features are observed; none for a network without
     */
    BatchedNetwork(
            List<ModelBranch> branches,
            List<Cut> observed,
            List<Layer> head,
            WeightSet weights,
            TargetKind kind,
            Confidence confidence) {
        this.kind = kind;
        this.branches = branches;
        this.confidence = confidence;
        List<Trunk> trunks = new ArrayList<>();
        List<List<Tap>> taps = new ArrayList<>();
        for (int i = 0; i < branches.size(); i++) {
            ModelBranch branch = branches.get(i);
            trunks.add(Trunk.of(branch.prefix(), branch.architecture(), branch.cut()));
            taps.add(observed.isEmpty() ? List.of() : Tap.at(branch.architecture(), observed.get(i)));
        }
        this.network = new InferenceNetwork(trunks, taps, head, weights);
    }

    List<ModelBranch> branches() {
        return branches;
    }

    boolean takesItems() {
        return branches.get(0).takesColumns();
    }

    /** The network itself, if nobody closed it. */
    InferenceNetwork open() {
        network.requireOpen();
        return network;
    }

    /** The architecture of a network that takes pictures or texts themselves. */
    Architecture architecture() {
        if (takesItems()) {
            List<String> columns = branches.stream()
                    .flatMap(branch -> branch.columns().stream())
                    .distinct()
                    .toList();
            throw new SettingsException(Problem.of("This network takes items of several parts.")
                    .expected("items with the columns " + columns)
                    .found("pictures or texts alone")
                    .fix("call predictItems, or use a network that was trained on pictures or texts alone"));
        }
        return branches.get(0).architecture();
    }

    boolean takesImages() {
        return !takesItems() && !takesTexts();
    }

    private boolean takesTexts() {
        return architecture().preparation() instanceof TextPreparation;
    }

    int batchSize() {
        if (takesItems()) {
            return ITEM_BATCH;
        }
        return takesTexts()
                ? TextInput.BATCH
                : Math.max(
                        1,
                        Math.min(
                                LARGEST_BATCH,
                                BATCH_VALUES / architecture().preprocessing().elements()));
    }

    /** Says that the network takes no such examples. */
    void requireKind(LabeledExamples data) {
        if (data instanceof LabeledItems) {
            requireItems();
        } else if (data instanceof LabeledImages) {
            architecture().preprocessing();
        } else if (!takesTexts()) {
            architecture().tokenization();
        }
    }

    private void requireItems() {
        if (!takesItems()) {
            throw new SettingsException(
                    Problem.of("A network for one kind of input cannot take items of several parts.")
                            .expected(takesTexts() ? "texts" : "images")
                            .found("items of several parts")
                            .fix("take a column of them, or use a network that was trained on items"));
        }
    }

    /**
     * The calibrated probabilities of images, (images, classes).
     *
     * @param sink takes the features that are observed; null for none
     */
    float[][] ofImages(int count, IntFunction<Image> images, @Nullable FeatureSink sink) {
        return ofImages(count, images, (rows, places) -> probabilities(rows, places, sink));
    }

    /** What the head takes of images, (images, features). */
    float[][] features(int count, IntFunction<Image> images) {
        return ofImages(count, images, this::features);
    }

    private float[][] ofImages(int count, IntFunction<Image> images, Step step) {
        network.requireOpen();
        Preprocessing preprocessing = architecture().preprocessing();
        float[][] all = new float[count][];
        int batch = batchSize();
        for (int from = 0; from < count; from += batch) {
            int first = from;
            int size = Math.min(batch, count - from);
            float[] rows = new float[size * preprocessing.elements()];
            IntStream.range(0, size)
                    .parallel()
                    .forEach(i -> preprocessing.apply(images.apply(first + i), rows, i * preprocessing.elements()));
            int[] places = IntStream.range(from, from + size).toArray();
            System.arraycopy(step.of(List.of(rows), places), 0, all, from, size);
        }
        return all;
    }

    /**
     * The calibrated probabilities of labelled examples, (examples, classes).
     *
     * @param data of the kind that the network takes
     * @param sink takes the features that are observed; null for none
     */
    float[][] of(LabeledExamples data, @Nullable FeatureSink sink) {
        if (data instanceof LabeledItems items) {
            return ofItems(items.size(), items::item, sink);
        } else if (data instanceof LabeledImages images) {
            return ofImages(images.size(), images::image, sink);
        }
        LabeledTexts texts = (LabeledTexts) data;
        return ofTexts(IntStream.range(0, texts.size()).mapToObj(texts::text).toList(), sink);
    }

    /**
     * The calibrated probabilities of items, (items, classes).
     *
     * @param sink takes the features that are observed; null for none
     */
    float[][] ofItems(int count, IntFunction<Item> items, @Nullable FeatureSink sink) {
        network.requireOpen();
        requireItems();
        AtomicInteger tooLong = new AtomicInteger();
        float[][] all = new float[count][];
        for (int from = 0; from < count; from += ITEM_BATCH) {
            int first = from;
            Item[] batch = new Item[Math.min(ITEM_BATCH, count - from)];
            IntStream.range(0, batch.length).parallel().forEach(i -> batch[i] = items.apply(first + i));
            List<float[]> rows = branches.stream()
                    .map(branch -> ItemInput.rows(branch, batch, tooLong))
                    .toList();
            int[] places = IntStream.range(from, from + batch.length).toArray();
            System.arraycopy(probabilities(rows, places, sink), 0, all, from, batch.length);
        }
        truncation.give(tooLong.get(), count);
        return all;
    }

    /** How many of some texts are longer than what the network takes of them; whoever asks needs no warning. */
    int tooLong(List<String> texts) {
        truncation.omit();
        return input(texts).truncated();
    }

    private TextInput input(List<String> texts) {
        network.requireOpen();
        return TextInput.of(texts, architecture());
    }

    /**
     * The calibrated probabilities of texts, (texts, classes).
     *
     * @param sink takes the features that are observed; null for none
     */
    float[][] ofTexts(List<String> texts, @Nullable FeatureSink sink) {
        return ofTexts(texts, (rows, places) -> probabilities(rows, places, sink));
    }

    /** What the head takes of texts, (texts, features). */
    float[][] features(List<String> texts) {
        return ofTexts(texts, this::features);
    }

    private float[][] ofTexts(List<String> texts, Step step) {
        TextInput input = input(texts);
        truncation.give(input.truncated(), input.count());
        float[][] all = new float[input.count()][];
        for (int[] batch : input.batches()) {
            float[][] part = step.of(List.of(input.values(batch)), batch);
            for (int i = 0; i < batch.length; i++) {
                all[batch[i]] = part[i];
            }
        }
        return all;
    }

    private float[][] features(List<float[]> rows, int[] places) {
        float[] joined = network.features(rows, places.length);
        int width = joined.length / places.length;
        return IntStream.range(0, places.length)
                .mapToObj(i -> Arrays.copyOfRange(joined, i * width, (i + 1) * width))
                .toArray(float[][]::new);
    }

    private float[][] probabilities(List<float[]> rows, int[] examples, @Nullable FeatureSink sink) {
        InferenceNetwork.Outputs outputs = network.outputs(rows, examples.length, sink != null);
        float[] features = outputs.features();
        if (sink != null) {
            int width = features.length / examples.length;
            IntStream.range(0, examples.length).parallel().forEach(i -> sink.take(examples[i], features, i * width));
        }
        float[] logits = Answers.areProbabilities(kind) ? confidence.tempered(outputs.logits()) : outputs.logits();
        return Answers.of(kind, logits, logits.length / examples.length);
    }

    @Override
    public void close() {
        network.close();
    }
}
