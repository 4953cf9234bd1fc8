package dev.graft.engine;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.IValue;
import dev.graft.layer.Activation;
import dev.graft.layer.Layer;
import dev.graft.layer.Layer.Conv2d;
import dev.graft.layer.ParameterSpec;
import dev.graft.layer.PointwiseLinear;
import dev.graft.layer.SelfAttention;
import dev.graft.layer.Stage;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Frozen convolutions and fully connected layers, whose kernels are laid out once as oneDNN reads them, and which end in
 * their activation without another pass over the memory. No gradient passes through them. Safe for use by several threads.
 */
final class PackedLayers implements AutoCloseable {
    private final NDManager scope;
    private final Map<String, PackedLayer> layers = new LinkedHashMap<>();

    /** Begins with no layer in a scope; {@link #canRun} says whether any can be packed. */
    PackedLayers(NDManager scope) {
        this.scope = scope;
    }

    /**
     * Packs some layers.
     *
     * @param scope what they live in
     * @param chosen convolutions and fully connected layers
     * @param weights at least the layers' tensors
     */
    PackedLayers(NDManager scope, List<? extends Layer> chosen, WeightSet weights) {
        this(scope);
        add("", chosen, weights);
    }

    /**
     * A layer in native memory.
     *
     * @param layer the layer, whose adapter is left to others
     * @param tensors its kernel, and its bias if there is one
     * @param sizes what the functions want to know of it besides
     */
    record PackedLayer(Layer layer, IValue tensors, IValue sizes) {
        /**
         * The output without the adapter.
         *
         * @param input (batch, channels, height, width) with the channels innermost in memory for a convolution, else (…,
         *     channels)
         * @param activation what follows; null for nothing
         */
        NDArray run(NDArray input, @Nullable Activation activation) {
            String function = kind(layer) + "_" + (activation == null ? Functions.NOTHING : activation.name());
            try (IValue argument = TorchScript.argument(input)) {
                return Engine.functions()
                        .run(input.getManager(), function, argument, tensors, sizes)
                        .get(0);
            }
        }
    }

    /**
     * Packs some layers of a trunk.
     *
     * @param prefix what the names of the trunk's tensors begin with in the whole network
     * @param chosen convolutions and fully connected layers
     * @param weights at least the layers' tensors, without the prefix
     */
    void add(String prefix, List<? extends Layer> chosen, WeightSet weights) {
        chosen.forEach(layer -> layers.put(prefix + name(layer), pack(layer, weights)));
    }

    /**
     * All layers of some stages that can be packed, those of attentions included. Convolutions only if the weights are
     * numbers: an activation that is cut off above would hide what is none.
     */
    static List<Layer> in(List<Stage> stages, WeightSet weights) {
        boolean convolutions = weights.isFinite();
        return stages.stream()
                .flatMap(stage -> in(stage.layers().stream()))
                .filter(layer -> convolutions || !(layer instanceof Conv2d))
                .toList();
    }

    private static Stream<Layer> in(Stream<Layer> layers) {
        return layers.flatMap(layer -> {
            if (layer instanceof PointwiseLinear || layer instanceof Conv2d) {
                return Stream.of(layer);
            } else if (layer instanceof SelfAttention attention) {
                return Stream.concat(attention.inputs().stream(), Stream.of(attention.output()));
            }
            return in(layer.chains().stream().flatMap(List::stream));
        });
    }

    /** Whether the engine is built with oneDNN. */
    static boolean canRun() {
        return Engine.FUNCTIONS != null;
    }

    private PackedLayer pack(Layer layer, WeightSet weights) {
        List<Long> sizes = layer instanceof Conv2d conv
                ? List.of((long) conv.stride(), (long) conv.padding(), (long) conv.groups())
                : List.of(((PointwiseLinear) layer).inputsFirst() ? 1L : 0L);
        IValue known = IValue.listFrom(sizes.stream().mapToLong(size -> size).toArray());
        try (NDManager passing = scope.newSubManager()) {
            List<NDArray> plain = new ArrayList<>();
            for (String tensor : tensors(layer)) {
                FloatTensor values = weights.get(tensor);
                plain.add(passing.create(values.values(), new Shape(values.shape())));
            }
            try (IValue given = TorchScript.argument(plain)) {
                return new PackedLayer(layer, Engine.functions().call("pack_" + kind(layer), given, known), known);
            }
        }
    }

    private static String kind(Layer layer) {
        return layer instanceof Conv2d ? Functions.CONVOLUTION : Functions.LINEAR;
    }

    private static String name(Layer layer) {
        return layer instanceof Conv2d conv ? conv.name() : ((PointwiseLinear) layer).name();
    }

    /** Kernel and bias, without what an adapter adds. */
    private static List<String> tensors(Layer layer) {
        return Stream.of(name(layer) + ".weight", name(layer) + ".bias")
                .filter(layer.parameters().stream().map(ParameterSpec::name).toList()::contains)
                .toList();
    }

    /** The names of all their tensors. */
    Set<String> tensors() {
        return layers.entrySet().stream()
                .flatMap(entry -> {
                    Layer layer = entry.getValue().layer();
                    String prefix = entry.getKey()
                            .substring(0, entry.getKey().length() - name(layer).length());
                    return tensors(layer).stream().map(prefix::concat);
                })
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The layer of this name, its trunk's prefix included; null if it is not packed. */
    @Nullable
    PackedLayer get(String name) {
        return layers.get(name);
    }

    /** Whether a layer can end in an activation. */
    static boolean endsIn(Layer layer, Activation activation) {
        return Functions.NAMES.contains(kind(layer) + "_" + activation.name());
    }

    /** The tensors of layers without a prefix, as they lie in native memory. */
    WeightSet toWeights() {
        Map<String, FloatTensor> all = new LinkedHashMap<>();
        layers.values().forEach(packed -> {
            try (NDManager passing = scope.newSubManager()) {
                List<NDArray> plain = Engine.functions()
                        .run(passing, "unpack_" + kind(packed.layer()), packed.tensors(), packed.sizes());
                List<String> names = tensors(packed.layer());
                for (int i = 0; i < names.size(); i++) {
                    NDArray tensor = plain.get(i);
                    all.put(names.get(i), new FloatTensor(tensor.getShape().getShape(), tensor.toFloatArray()));
                }
            }
        });
        return WeightSet.of(all);
    }

    @Override
    public void close() {
        layers.values().forEach(packed -> {
            packed.tensors().close();
            packed.sizes().close();
        });
        layers.clear();
    }

    /** What is computed, in the engine's own language. */
    private static final class Functions {
        static final String LINEAR = "linear";
        static final String CONVOLUTION = "convolution";
        static final String NOTHING = "NOTHING";

        private static final String ARGUMENTS = "w: List[Tensor], s: List[int]";
        private static final String NO_NUMBERS = "annotate(List[Optional[number]], [])";
        private static final String WITH_BIAS = "if torch.gt(torch.len(w), 1):";
        private static final String BIAS = "  r = [r[0], torch.clone(w[1])]";

        static final List<TorchScript.Function> ALL = List.of(
                new TorchScript.Function(
                        "pack_linear",
                        ARGUMENTS,
                        List.of(
                                "m = w[0]",
                                "if torch.eq(s[0], 1):",
                                "  m = torch.contiguous(torch.t(m))",
                                "return [ops.mkldnn._reorder_linear_weight(m, None), torch.clone(w[1])]")),
                new TorchScript.Function(
                        "unpack_linear",
                        ARGUMENTS,
                        List.of(
                                "m = torch.to_dense(w[0])",
                                "if torch.eq(s[0], 1):",
                                "  m = torch.contiguous(torch.t(m))",
                                "return [m, w[1]]")),
                new TorchScript.Function(
                        "pack_convolution",
                        ARGUMENTS,
                        List.of(
                                "r = [ops.mkldnn._reorder_convolution_weight(w[0], [s[1], s[1]], [s[0], s[0]], [1, 1],"
                                        + " s[2], None)]",
                                WITH_BIAS,
                                BIAS,
                                "return r")),
                new TorchScript.Function(
                        "unpack_convolution",
                        ARGUMENTS,
                        List.of("r = [torch.to_dense(w[0])]", WITH_BIAS, BIAS, "return r")),
                linear(NOTHING, "none", ""),
                linear(Activation.GELU.name(), "gelu", "none"),
                linear(Activation.GELU_TANH.name(), "gelu", "tanh"),
                convolution(NOTHING, "none", NO_NUMBERS),
                convolution(Activation.SILU.name(), "swish", NO_NUMBERS),
                convolution(Activation.RELU6.name(), "hardtanh", "annotate(List[Optional[number]], [0., 6.])"));

        static final Set<String> NAMES =
                ALL.stream().map(TorchScript.Function::name).collect(Collectors.toUnmodifiableSet());

        private Functions() {}

        private static TorchScript.Function linear(String activation, String label, String algorithm) {
            return new TorchScript.Function(
                    LINEAR + "_" + activation,
                    "x: Tensor, " + ARGUMENTS,
                    List.of("return [ops.mkldnn._linear_pointwise(x, w[0], w[1], \"%s\", %s, \"%s\")]"
                            .formatted(label, NO_NUMBERS, algorithm)));
        }

        private static TorchScript.Function convolution(String activation, String label, String numbers) {
            return new TorchScript.Function(
                    CONVOLUTION + "_" + activation,
                    "x: Tensor, " + ARGUMENTS,
                    List.of(
                            "b = annotate(Optional[Tensor], None)",
                            WITH_BIAS,
                            "  b = w[1]",
                            ("return [ops.mkldnn._convolution_pointwise(x, w[0], b, [s[1], s[1]], [s[0], s[0]], [1, 1],"
                                            + " s[2], \"%s\", %s, \"\")]")
                                    .formatted(label, numbers)));
        }
    }

    /** Compiled once: the functions are the same for all layers. */
    private static final class Engine {
        private static final @Nullable TorchScript FUNCTIONS = compiled();

        private static @Nullable TorchScript compiled() {
            NDManager scope = TensorEngine.newScope();
            try {
                TorchScript functions = TorchScript.compile(scope, Functions.ALL);
                probe(scope, functions);
                return functions;
            } catch (EngineException e) {
                scope.close();
                return null;
            }
        }

        /** An engine built without oneDNN may know the names of its operations, and fail when they run. */
        private static void probe(NDManager scope, TorchScript functions) {
            try (NDManager passing = scope.newSubManager();
                    IValue input = TorchScript.argument(passing.ones(new Shape(1, 1)));
                    IValue sizes = IValue.listFrom(0L);
                    IValue plain =
                            TorchScript.argument(List.of(passing.ones(new Shape(1, 1)), passing.ones(new Shape(1))));
                    IValue packed = functions.call("pack_linear", plain, sizes)) {
                functions.run(passing, Functions.LINEAR + "_" + Functions.NOTHING, input, packed, sizes);
            }
        }

        static TorchScript functions() {
            if (FUNCTIONS == null) {
                throw new IllegalStateException("the engine is built without oneDNN");
            }
            return FUNCTIONS;
        }
    }
}
