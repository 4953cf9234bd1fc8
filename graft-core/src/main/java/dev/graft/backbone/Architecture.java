package dev.graft.backbone;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.image.Preprocessing;
import dev.graft.image.ResizeMode;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;
import dev.graft.layer.ParameterSpec;
import dev.graft.layer.Stage;
import dev.graft.layer.TokenEmbedding;
import dev.graft.preparation.Preparation;
import dev.graft.preparation.Tokenization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network as named stages, in order. The last stage is the source task's classifier: it makes the logits, and is what
 * transfer replaces by a new head.
 *
 * @param id its name in the catalogue, such as {@code digits-cnn}
 * @param preparation how an image or a text becomes its input
 * @param stages the stages; names are unique
 * @param weightInitialization how weights start when they are not pretrained
 */
public record Architecture(
        String id, Preparation preparation, List<Stage> stages, Initialization weightInitialization) {
    // Far above what any of the networks is used with; keeps sizes of activations within an int.
    private static final int LARGEST_SIDE = 4096;

    /**
     * Copies the stages and checks that they fit each other.
     *
     * @throws SettingsException if a name repeats, there are fewer than two stages, or the shapes do not chain
     */
    public Architecture {
        stages = List.copyOf(stages);
        if (stages.size() < 2 || stages.stream().map(Stage::name).distinct().count() != stages.size()) {
            throw new SettingsException(Problem.of("An architecture needs at least two stages with names of their own.")
                    .where(id)
                    .found(stages.stream().map(Stage::name).toList()));
        }
        ActivationShape shape = new ActivationShape(preparation.axes());
        for (Stage stage : stages) {
            shape = stage.outputShape(shape);
        }
        if (preparation instanceof Tokenization tokenization) {
            stages.forEach(stage -> stage.layers().forEach(layer -> requireRows(layer, tokenization)));
        }
    }

    /** A token without a row would end the work in the middle, or take what lies beside the table. */
    private static void requireRows(Layer layer, Tokenization tokenization) {
        if (layer instanceof TokenEmbedding table && tokenization.highestId() >= table.vocabulary()) {
            throw new SettingsException(Problem.of("The tokeniser gives numbers that the network has no rows for.")
                    .where(table.words())
                    .expected("numbers below " + table.vocabulary() + ", the rows of the table of tokens")
                    .found("numbers up to " + tokenization.highestId())
                    .fix("use the tokeniser that the network was trained with"));
        }
    }

    /** The input of one example: (channels, height, width) or (tokens, 1). */
    public ActivationShape inputShape() {
        return new ActivationShape(preparation.axes());
    }

    /**
     * How an image becomes its input.
     *
     * @throws SettingsException if it takes no images
     */
    public Preprocessing preprocessing() {
        if (preparation instanceof Preprocessing preprocessing) {
            return preprocessing;
        }
        throw new SettingsException(Problem.of("Backbone " + id + " takes texts, not images.")
                .expected("a backbone for images")
                .found(id)
                .fix("choose another backbone, or give texts"));
    }

    /**
     * How a text becomes its input.
     *
     * @throws SettingsException if it takes no texts
     */
    public Tokenization tokenization() {
        if (preparation instanceof Tokenization tokenization) {
            return tokenization;
        }
        throw new SettingsException(Problem.of("Backbone " + id + " takes images, not texts.")
                .expected("a backbone for texts")
                .found(id)
                .fix("choose another backbone, or give images"));
    }

    /** The stages before the classifier. */
    public List<Stage> featureStages() {
        return stages.subList(0, stages.size() - 1);
    }

    /** The last stage, which makes the source task's logits. */
    public Stage classifier() {
        return stages.get(stages.size() - 1);
    }

    /** Returns a copy with a classifier for another number of classes. */
    public Architecture withClasses(int classes) {
        List<Layer> layers = classifier().layers().stream()
                .map(layer -> layer instanceof Layer.Linear linear
                        ? new Layer.Linear(linear.name(), linear.inFeatures(), classes)
                        : layer)
                .toList();
        List<Stage> all = new ArrayList<>(featureStages());
        all.add(new Stage(classifier().name(), layers));
        return new Architecture(id, preparation, all, weightInitialization);
    }

    /**
     * Returns a copy for images of another size; its tensors stay as they are. Possible where the map is pooled before the
     * classifier.
     *
     * @param height rows, 1 to 4096
     * @param width columns, 1 to 4096
     * @throws SettingsException if a size is out of range, or a layer does not fit then: the size is below what the
     *     network needs, or the classifier reads every place of the map
     */
    public Architecture withInputSize(int height, int width) {
        if (height < 1 || width < 1 || height > LARGEST_SIDE || width > LARGEST_SIDE) {
            throw new SettingsException(Problem.of("A network's input must have a size in range.")
                    .where(id)
                    .expected("1 to " + LARGEST_SIDE + " rows and columns")
                    .found(height + " x " + width));
        }
        Preprocessing preprocessing = preprocessing();
        Preprocessing resized = new Preprocessing(
                height,
                width,
                preprocessing.channels(),
                preprocessing.mean(),
                preprocessing.std(),
                fitFor(preprocessing, Math.max(height, width)));
        return new Architecture(id, resized, stages, weightInitialization);
    }

    /**
     * Returns a copy for texts of another length; its tensors stay as they are.
     *
     * @param maxTokens the most tokens of a text, from 3 to the number of positions that the network knows
     * @throws SettingsException if it is out of range, or the network takes no texts
     */
    public Architecture withMaxTokens(int maxTokens) {
        return new Architecture(id, tokenization().withMaxTokens(maxTokens), stages, weightInitialization);
    }

    /** A centre crop keeps the share of the picture that it shows. */
    private static ResizeMode fitFor(Preprocessing preprocessing, int longerSide) {
        if (preprocessing.fit() instanceof ResizeMode.CenterCrop crop) {
            int before = Math.max(preprocessing.height(), preprocessing.width());
            int shorterSide = (int) Math.round((double) crop.shorterSide() * longerSide / before);
            return new ResizeMode.CenterCrop(Math.max(longerSide, shorterSide), crop.interpolation());
        }
        return preprocessing.fit();
    }

    /**
     * Returns a copy for weights that want their images or texts prepared in another way.
     *
     * @throws SettingsException if a layer does not fit then
     */
    public Architecture withPreprocessing(Preparation other) {
        return new Architecture(id, other, stages, weightInitialization);
    }

    /** The output shape of each stage by name, in order. */
    public Map<String, ActivationShape> outputShapes() {
        Map<String, ActivationShape> shapes = new LinkedHashMap<>();
        ActivationShape shape = inputShape();
        for (Stage stage : stages) {
            shape = stage.outputShape(shape);
            shapes.put(stage.name(), shape);
        }
        return shapes;
    }

    /**
     * The output shape of one stage.
     *
     * @throws SettingsException if there is no such stage
     */
    public ActivationShape outputShape(String stageName) {
        ActivationShape shape = inputShape();
        for (Stage stage : stagesThrough(stageName)) {
            shape = stage.outputShape(shape);
        }
        return shape;
    }

    /**
     * The stages from the first to the named one, inclusive.
     *
     * @throws SettingsException if there is no such stage; the message lists those there are
     */
    public List<Stage> stagesThrough(String stageName) {
        return stages.subList(0, position(stageName) + 1);
    }

    /** Where a stage stands, from 0; for comparing two stages, not for naming one. */
    public int position(String stageName) {
        for (int i = 0; i < stages.size(); i++) {
            if (stages.get(i).name().equals(stageName)) {
                return i;
            }
        }
        throw new SettingsException(Problem.of("Backbone " + id + " has no stage '" + stageName + "'.")
                .expected(String.join(", ", stages.stream().map(Stage::name).toList()))
                .found(stageName)
                .fix("choose one of these stages (Architecture.outputShapes)"));
    }

    /** The tensors of all stages, in order. */
    public List<ParameterSpec> parameters() {
        return stages.stream().flatMap(stage -> stage.parameters().stream()).toList();
    }
}
