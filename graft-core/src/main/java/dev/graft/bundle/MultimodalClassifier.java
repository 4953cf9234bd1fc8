package dev.graft.bundle;

import dev.graft.backbone.Architecture;
import dev.graft.data.ClassNames;
import dev.graft.data.Item;
import dev.graft.data.LabeledItems;
import dev.graft.data.Preparation;
import dev.graft.data.TableCoding;
import dev.graft.data.Tokenization;
import dev.graft.engine.InferenceNetwork;
import dev.graft.engine.Tap;
import dev.graft.engine.Trunk;
import dev.graft.evaluation.Evaluation;
import dev.graft.feature.TokenRows;
import dev.graft.image.Preprocessing;
import dev.graft.optimization.CrossEntropy;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Classifies items with a network of several branches. Holds native memory until whoever made it closes it. Safe for use by several
 * threads, and for closing meanwhile, as {@link Classifier} is.
 */
public final class MultimodalClassifier implements AutoCloseable {
    private static final int BATCH = 32;

    private final MultimodalModel model;
    private final InferenceNetwork network;

    /** Makes the network ready. */
    public MultimodalClassifier(MultimodalModel model) {
        this.model = model;
        List<Trunk> trunks = model.branches().stream()
                .map(branch -> {
                    Architecture architecture = branch.architecture();
                    List<Tap> taps = branch.cut().ordered(architecture).stream()
                            .map(stage -> new Tap(stage, branch.cut().pooling()))
                            .toList();
                    return new Trunk(
                            branch.prefix(),
                            architecture.inputShape(),
                            architecture.stagesThrough(branch.cut().last(architecture)),
                            taps);
                })
                .toList();
        this.network = new InferenceNetwork(trunks, model.headLayers(), model.weights());
    }

    /** The network. */
    public MultimodalModel model() {
        return model;
    }

    /** How sure the network may be of what it says. */
    public Confidence confidence() {
        return model.confidence();
    }

    /**
     * The calibrated probability of each class, for each item.
     *
     * @throws dev.graft.error.DataException if an item lacks a column that a branch takes
     * @throws dev.graft.error.ClosedException if it is closed
     */
    public float[][] probabilities(List<Item> items) {
        return probabilities(items.size(), items::get);
    }

    /**
     * What the network says of each item, and whether it is none of the classes by the network's own threshold.
     *
     * @param top how many classes to give for each, at least 1
     * @throws dev.graft.error.DataException if an item lacks a column that a branch takes
     */
    public List<Prediction> predict(List<Item> items, int top) {
        return predict(items, top, model.confidence().threshold());
    }

    /**
     * What the network says of each item.
     *
     * @param top how many classes to give for each, at least 1
     * @param threshold the confidence below which an item is none of the classes; null for none
     * @throws dev.graft.error.DataException if an item lacks a column that a branch takes
     */
    public List<Prediction> predict(List<Item> items, int top, @Nullable Double threshold) {
        return Arrays.stream(probabilities(items))
                .map(row -> Prediction.of(row, model.classNames(), top, threshold))
                .toList();
    }

    /**
     * Measures the network on labelled items, with calibrated probabilities. Classes are matched by name, in whatever order the
     * data has them.
     *
     * @throws dev.graft.error.DataException if the data has other classes than the network, or an item lacks a column
     * @throws dev.graft.error.ClosedException if it is closed
     */
    public Evaluation evaluate(LabeledItems items) {
        int[] truth = ClassNames.labelsFor(model.classNames(), items);
        return new Evaluation(probabilities(items.size(), items::item), truth, model.classNames());
    }

    private float[][] probabilities(int count, IntFunction<Item> items) {
        network.requireOpen();
        float[][] all = new float[count][];
        for (int from = 0; from < count; from += BATCH) {
            int size = Math.min(BATCH, count - from);
            int start = from;
            Item[] batch = new Item[size];
            IntStream.range(0, size).parallel().forEach(i -> batch[i] = items.apply(start + i));
            List<float[]> rows =
                    model.branches().stream().map(branch -> rows(branch, batch)).toList();
            float[] logits = model.confidence().tempered(network.logits(rows, size));
            float[][] part = CrossEntropy.probabilities(logits, logits.length / size);
            System.arraycopy(part, 0, all, from, size);
        }
        return all;
    }

    private static float[] rows(MultimodalModel.Branch branch, Item[] batch) {
        int width = branch.architecture().inputShape().rowLength();
        float[] rows = new float[Math.multiplyExact(batch.length, width)];
        IntStream.range(0, batch.length).parallel().forEach(i -> prepare(branch, batch[i], rows, i * width));
        return rows;
    }

    private static void prepare(MultimodalModel.Branch branch, Item item, float[] target, int offset) {
        Preparation preparation = branch.architecture().preparation();
        String column = branch.columns().get(0);
        if (preparation instanceof Preprocessing preprocessing) {
            preprocessing.apply(item.image(column), target, offset);
        } else if (preparation instanceof Tokenization tokenization) {
            TokenRows.write(
                    tokenization.checkedTokens(item.text(column)).ids(), tokenization.maxTokens(), target, offset);
        } else if (preparation instanceof TableCoding coding) {
            coding.encode(item, target, offset);
        } else {
            throw new AssertionError("no item becomes " + preparation);
        }
    }

    /** To close it twice does nothing. */
    @Override
    public void close() {
        network.close();
    }
}
