package dev.graft.engine;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.IValue;
import dev.graft.backbone.Activation;
import dev.graft.backbone.Layer;
import dev.graft.backbone.PointwiseLinear;
import dev.graft.backbone.SelfAttention;
import dev.graft.backbone.SkipConnection;
import dev.graft.backbone.Stage;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The matrices of frozen fully connected layers, laid out once as the products of oneDNN read them, which end in their
 * activation without another pass over the memory. No gradient passes through them. Safe for use by several threads.
 */
final class PackedLinears implements AutoCloseable {
    private static final String ARGUMENTS = "x: Tensor, w: Tensor, b: Tensor";
    private static final List<TorchScript.Function> FUNCTIONS = List.of(
            new TorchScript.Function(
                    "pack",
                    "w: Tensor, b: Tensor, t: bool",
                    List.of(
                            "m = w",
                            "if t:",
                            "  m = torch.contiguous(torch.t(w))",
                            "return [ops.mkldnn._reorder_linear_weight(m, None), torch.clone(b)]")),
            new TorchScript.Function(
                    "unpack",
                    "w: Tensor, b: Tensor, t: bool",
                    List.of("m = torch.to_dense(w)", "if t:", "  m = torch.contiguous(torch.t(m))", "return [m, b]")),
            product("linear", "none", ""),
            product("gelu", "gelu", "none"),
            product("gelu_tanh", "gelu", "tanh"));

    private final NDManager scope;
    private final Map<String, Packed> layers = new LinkedHashMap<>();

    private record Packed(PointwiseLinear layer, IValue weight, IValue bias) {}

    /**
     * Packs some layers; {@link #canRun} says whether it can be.
     *
     * @param scope what they live in
     * @param linears the layers, whose adapters are left to others
     * @param weights at least the layers' tensors
     */
    PackedLinears(NDManager scope, List<PointwiseLinear> linears, WeightSet weights) {
        this.scope = scope;
        linears.forEach(layer -> layers.put(layer.name(), pack(layer, weights)));
    }

    /** All such layers of some stages, those of attentions included. */
    static List<PointwiseLinear> in(List<Stage> stages) {
        return stages.stream().flatMap(stage -> in(stage.layers().stream())).toList();
    }

    private static Stream<PointwiseLinear> in(Stream<Layer> layers) {
        return layers.flatMap(layer -> {
            if (layer instanceof PointwiseLinear linear) {
                return Stream.of(linear);
            } else if (layer instanceof SelfAttention attention) {
                return Stream.concat(attention.inputs().stream(), Stream.of(attention.output()));
            } else if (layer instanceof SkipConnection skip) {
                return in(skip.body().stream());
            } else if (layer instanceof Layer.Residual residual) {
                return in(Stream.concat(residual.body().stream(), residual.shortcut().stream()));
            }
            return Stream.of();
        });
    }

    /** Whether the engine is built with oneDNN. */
    static boolean canRun() {
        return Engine.FUNCTIONS != null;
    }

    /** Compiled once: the functions are the same for all layers. */
    private static final class Engine {
        private static final @Nullable TorchScript FUNCTIONS = compiled();

        private static @Nullable TorchScript compiled() {
            NDManager scope = TensorEngine.newScope();
            try {
                TorchScript functions = TorchScript.compile(scope, PackedLinears.FUNCTIONS);
                try (NDManager passing = scope.newSubManager();
                        IValue weight = TorchScript.argument(passing.ones(new Shape(1, 1)));
                        IValue bias = TorchScript.argument(passing.ones(new Shape(1)));
                        IValue straight = IValue.from(false);
                        IValue packed = functions.call("pack", weight, bias, straight)) {
                    functions.run(passing, "linear", weight, packed.toIValueArray()[0], bias);
                }
                return functions;
            } catch (EngineException e) {
                scope.close();
                return null;
            }
        }

        static TorchScript functions() {
            if (FUNCTIONS == null) {
                throw new IllegalStateException("the engine is built without oneDNN");
            }
            return FUNCTIONS;
        }
    }

    private static TorchScript.Function product(String name, String activation, String algorithm) {
        return new TorchScript.Function(
                name,
                ARGUMENTS,
                List.of(
                        "return [ops.mkldnn._linear_pointwise(x, w, b, \"%s\", annotate(List[Optional[number]], []), \"%s\")]"
                                .formatted(activation, algorithm)));
    }

    private Packed pack(PointwiseLinear layer, WeightSet weights) {
        try (NDManager passing = scope.newSubManager();
                IValue weight = argument(passing, weights.get(layer.name() + ".weight"));
                IValue bias = argument(passing, weights.get(layer.name() + ".bias"));
                IValue turned = IValue.from(layer.inputsFirst());
                IValue packed = Engine.functions().call("pack", weight, bias, turned)) {
            IValue[] parts = packed.toIValueArray();
            return new Packed(layer, parts[0], parts[1]);
        }
    }

    private static IValue argument(NDManager passing, FloatTensor tensor) {
        return TorchScript.argument(passing.create(tensor.values(), new Shape(tensor.shape())));
    }

    /** The names of their tensors. */
    Set<String> tensors() {
        return layers.keySet().stream()
                .flatMap(name -> Stream.of(name + ".weight", name + ".bias"))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a layer is among them. */
    boolean contains(String name) {
        return layers.containsKey(name);
    }

    /** Whether a product can end in an activation. */
    static boolean endsIn(Activation activation) {
        return activation == Activation.GELU || activation == Activation.GELU_TANH;
    }

    /**
     * The layer's output without its adapter.
     *
     * @param input (…, channels)
     * @param activation what follows; null for nothing
     */
    NDArray run(String name, NDArray input, @Nullable Activation activation) {
        Packed packed = Objects.requireNonNull(layers.get(name), name);
        try (IValue argument = TorchScript.argument(input)) {
            return Engine.functions()
                    .run(input.getManager(), function(activation), argument, packed.weight(), packed.bias())
                    .get(0);
        }
    }

    private static String function(@Nullable Activation activation) {
        if (activation == null) {
            return "linear";
        }
        return switch (activation) {
            case GELU -> "gelu";
            case GELU_TANH -> "gelu_tanh";
            case RELU6, SILU -> throw new AssertionError("no product ends in " + activation);
        };
    }

    /** The tensors, as they lie in native memory. */
    WeightSet toWeights() {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        layers.forEach((name, packed) -> {
            try (NDManager passing = scope.newSubManager();
                    IValue turned = IValue.from(packed.layer().inputsFirst())) {
                List<NDArray> plain = Engine.functions().run(passing, "unpack", packed.weight(), packed.bias(), turned);
                tensors.put(name + ".weight", tensor(plain.get(0)));
                tensors.put(name + ".bias", tensor(plain.get(1)));
            }
        });
        return WeightSet.of(tensors);
    }

    private static FloatTensor tensor(NDArray array) {
        return new FloatTensor(array.getShape().getShape(), array.toFloatArray());
    }

    @Override
    public void close() {
        layers.values().forEach(packed -> {
            packed.weight().close();
            packed.bias().close();
        });
        layers.clear();
    }
}
