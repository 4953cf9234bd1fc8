package dev.graft.backbone;

import dev.graft.error.Problem;
import dev.graft.error.WeightsMismatchException;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.Layer;
import dev.graft.layer.ParameterSpec;
import dev.graft.layer.Stage;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.Hdf5File;
import dev.graft.weights.KerasLayer;
import dev.graft.weights.KerasLayers;
import dev.graft.weights.KerasOrder;
import dev.graft.weights.WeightSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Loads the weights of a Keras model into an architecture of the same layers, one after the other.
 *
 * <p>Layers are paired by name if all of the architecture's names occur in the file, else by their order among the
 * layers of their kind. Kernels are brought into Graft's order, that of the first dense layer after a flattened map
 * included, because Keras flattens with the channels innermost. Every layer and every tensor must find its place.
 */
public final class KerasWeights {
    private static final int SHOWN = 10;

    /** Keras's default. A file of weights does not tell it, so that no other can be taken for granted. */
    private static final float EPSILON = 1e-3f;
    /** What Keras keeps in a layer beside its weights. */
    private static final Set<String> NOT_WEIGHTS = Set.of("seed_generator_state");

    private final Path path;
    private final Hdf5File file;
    private final Architecture architecture;
    private final Map<String, FloatTensor> weights = new LinkedHashMap<>();
    /** The map that was flattened, until a dense layer has taken it up. */
    private @Nullable ActivationShape flattened;

    private List<KerasLayer> theirs = List.of();

    private KerasWeights(Path path, Hdf5File file, Architecture architecture) {
        this.path = path;
        this.file = file;
        this.architecture = architecture;
    }

    /** What a layer is, told by the variables that it has. */
    private enum Kind {
        CONVOLUTION,
        DENSE,
        BATCH_NORM
    }

    /**
     * Reads the weights for an architecture from a file that Keras saved as {@code .h5} or {@code .weights.h5}.
     *
     * @return exactly the tensors that the architecture needs
     * @throws dev.graft.error.WeightsFileException if the file is malformed, or a weight is NaN or infinite
     * @throws WeightsMismatchException if its layers are not those of the architecture
     * @throws dev.graft.error.StorageException if it is not there or cannot be read
     */
    public static WeightSet read(Path path, Architecture architecture) {
        try (Hdf5File file = Hdf5File.open(path)) {
            return new KerasWeights(path, file, architecture).read();
        }
    }

    private WeightSet read() {
        theirs = KerasLayers.of(file).stream()
                .filter(layer -> !variables(layer).isEmpty())
                .toList();
        Map<String, KerasLayer> pairs = pairs();
        ActivationShape shape = architecture.inputShape();
        for (Stage stage : architecture.stages()) {
            for (Layer layer : stage.layers()) {
                convert(layer, shape, pairs);
                shape = layer.outputShape(shape);
            }
        }
        WeightSet read = WeightSet.of(weights);
        Backbone.requireFit(architecture.parameters(), read, "architecture " + architecture.id());
        return read;
    }

    /** Our layers' names, each with the file's layer whose weights it takes. */
    private Map<String, KerasLayer> pairs() {
        Map<Kind, List<String>> ours = new LinkedHashMap<>();
        for (Stage stage : architecture.stages()) {
            for (Layer layer : stage.layers()) {
                Kind kind = kind(layer);
                if (kind != null) {
                    ours.computeIfAbsent(kind, unused -> new ArrayList<>()).add(name(layer));
                }
            }
        }
        List<String> names = ours.values().stream().flatMap(List::stream).toList();
        Map<String, KerasLayer> byName = new LinkedHashMap<>();
        theirs.forEach(layer -> byName.put(layer.name(), layer));
        if (names.size() != theirs.size() || byName.size() != theirs.size()) {
            throw differ(
                    names.size() + " layers with weights: " + shown(names),
                    theirs.size() + " Keras layers with weights");
        }
        return byName.keySet().containsAll(names) ? byName : byOrder(ours);
    }

    private Map<String, KerasLayer> byOrder(Map<Kind, List<String>> ours) {
        Map<String, KerasLayer> pairs = new LinkedHashMap<>();
        ours.forEach((kind, names) -> {
            List<KerasLayer> alike =
                    theirs.stream().filter(layer -> kind(layer) == kind).toList();
            if (names.size() != alike.size()) {
                throw differ(
                        names.size() + " layers of the kind of " + shown(names),
                        alike.size() + ": "
                                + shown(alike.stream().map(KerasLayer::name).toList()));
            }
            for (int i = 0; i < names.size(); i++) {
                pairs.put(names.get(i), alike.get(i));
            }
        });
        return pairs;
    }

    /** The layers of the Keras file with the shapes of their kernels, and which of these occur in the architecture. */
    private String described() {
        Set<String> ours = new HashSet<>();
        for (ParameterSpec spec : architecture.parameters()) {
            ours.add(Arrays.toString(kerasOrder(spec.shapeArray())));
        }
        List<String> fitting = theirs.stream()
                .filter(layer ->
                        layer.variables().containsKey("kernel") && ours.contains(Arrays.toString(kernel(layer))))
                .map(KerasLayer::name)
                .toList();
        return theirs.size() + " Keras layers with weights: "
                + shown(theirs.stream()
                        .map(layer -> layer.name()
                                + (layer.variables().containsKey("kernel") ? " " + Arrays.toString(kernel(layer)) : ""))
                        .toList())
                + (fitting.isEmpty()
                        ? "; none has a kernel of a shape that the architecture has"
                        : "; kernels of the right shape: " + shown(fitting));
    }

    private long[] kernel(KerasLayer layer) {
        return Objects.requireNonNull(file.tensors()
                        .get(Objects.requireNonNull(layer.variables().get("kernel"))))
                .shape();
    }

    /** Our (out, in, height, width) or (out, in) as Keras has it: (height, width, in, out) or (in, out). */
    private static long[] kerasOrder(long[] shape) {
        return switch (shape.length) {
            case 4 -> new long[] {shape[2], shape[3], shape[1], shape[0]};
            case 2 -> new long[] {shape[1], shape[0]};
            default -> shape;
        };
    }

    private static String shown(List<String> names) {
        return names.size() <= SHOWN
                ? names.toString()
                : names.subList(0, SHOWN) + " and " + (names.size() - SHOWN) + " more";
    }

    private static Set<String> variables(KerasLayer layer) {
        Set<String> names = new LinkedHashSet<>(layer.variables().keySet());
        names.removeAll(NOT_WEIGHTS);
        return names;
    }

    private @Nullable Kind kind(KerasLayer layer) {
        if (layer.variables().containsKey("moving_mean")) {
            return Kind.BATCH_NORM;
        }
        String kernel = layer.variables().get("kernel");
        int axes = kernel == null
                ? 0
                : Objects.requireNonNull(file.tensors().get(kernel)).shape().length;
        return axes == 4 ? Kind.CONVOLUTION : axes == 2 ? Kind.DENSE : null;
    }

    private @Nullable Kind kind(Layer layer) {
        if (layer instanceof Layer.Conv2d) {
            return Kind.CONVOLUTION;
        }
        if (layer instanceof Layer.Linear) {
            return Kind.DENSE;
        }
        if (layer instanceof Layer.BatchNorm2d) {
            return Kind.BATCH_NORM;
        }
        if (!layer.parameters().isEmpty()) {
            throw differ(
                    "an architecture of convolutions, dense layers and batch normalisations one after the other, which"
                            + " alone Keras files are read into",
                    "in " + architecture.id() + ": " + layer.describe());
        }
        return null;
    }

    private static String name(Layer layer) {
        String parameter = layer.parameters().get(0).name();
        return parameter.substring(0, parameter.lastIndexOf('.'));
    }

    private void convert(Layer layer, ActivationShape input, Map<String, KerasLayer> pairs) {
        if (layer instanceof Layer.Flatten && input.isMap()) {
            flattened = input;
        } else if (layer instanceof Layer.Conv2d convolution) {
            KerasLayer from = from(layer, pairs, convolution.bias() ? Set.of("kernel", "bias") : Set.of("kernel"));
            take(convolution.name() + ".weight", from, "kernel", KerasOrder::convolution);
            if (convolution.bias()) {
                take(convolution.name() + ".bias", from, "bias", bias -> bias);
            }
        } else if (layer instanceof Layer.Linear linear) {
            KerasLayer from = from(layer, pairs, Set.of("kernel", "bias"));
            take(linear.name() + ".weight", from, "kernel", this::dense);
            take(linear.name() + ".bias", from, "bias", bias -> bias);
        } else if (layer instanceof Layer.BatchNorm2d norm) {
            takeBatchNorm(norm, pairs);
        }
    }

    private FloatTensor dense(FloatTensor kernel) {
        ActivationShape map = flattened;
        flattened = null;
        return map == null
                ? KerasOrder.dense(kernel)
                : KerasOrder.denseAfterFlatten(kernel, map.channels(), map.height(), map.width());
    }

    private void takeBatchNorm(Layer.BatchNorm2d norm, Map<String, KerasLayer> pairs) {
        if (norm.epsilon() != EPSILON) {
            throw differ(
                    "batch normalisation with Keras's epsilon, " + EPSILON,
                    norm.name() + " with epsilon " + norm.epsilon() + " in the architecture");
        }
        KerasLayer from = from(norm, pairs, Set.of("gamma", "beta", "moving_mean", "moving_variance"));
        take(norm.name() + ".weight", from, "gamma", values -> values);
        take(norm.name() + ".bias", from, "beta", values -> values);
        take(norm.name() + ".running_mean", from, "moving_mean", values -> values);
        take(norm.name() + ".running_var", from, "moving_variance", values -> values);
    }

    private KerasLayer from(Layer layer, Map<String, KerasLayer> pairs, Set<String> expected) {
        KerasLayer from = Objects.requireNonNull(pairs.get(name(layer)), "paired above");
        if (!variables(from).equals(expected)) {
            throw differ(expected + " for " + name(layer), variables(from) + " in layer '" + from.name() + "'");
        }
        return from;
    }

    private void take(String name, KerasLayer layer, String variable, UnaryOperator<FloatTensor> convert) {
        String tensor = Objects.requireNonNull(layer.variables().get(variable), variable);
        try {
            weights.put(name, convert.apply(file.readFinite(tensor)));
        } catch (WeightsMismatchException e) {
            throw new WeightsMismatchException(
                    Problem.of("A tensor of a Keras model does not fit architecture " + architecture.id() + ".")
                            .where(path)
                            .with("tensor", tensor + ", for " + name)
                            .found(e.getMessage())
                            .fix("use weights of a model with the same layers and input size; nothing was loaded"),
                    e);
        }
    }

    private WeightsMismatchException differ(String expected, String found) {
        return new WeightsMismatchException(Problem.of(
                        "The layers of a Keras model are not those of architecture " + architecture.id() + ".")
                .where(path)
                .expected(expected)
                .found(found)
                .with("the file", described())
                .fix("use weights of a model with the same layers, or bring the model's weights as safetensors or"
                        + " ONNX; nothing was loaded"));
    }
}
