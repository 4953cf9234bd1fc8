package dev.graft.engine;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.IValue;
import dev.graft.feature.Pooling;
import dev.graft.layer.ActivationShape;
import dev.graft.layer.AveragePool2d;
import dev.graft.layer.Layer;
import dev.graft.layer.SkipConnection;
import dev.graft.layer.Stage;
import dev.graft.weights.FloatTensor;
import dev.graft.weights.WeightSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A run of convolutional stages for inference, whose activations stay in oneDNN's own blocked layouts from one layer to the
 * next, with kernels that were brought into theirs once, and additions and activations in place. No gradient passes through
 * it. Safe for use by several threads.
 */
final class BlockedProgram implements AutoCloseable {
    private static final String ARGUMENTS = "x: Tensor, p: List[Tensor], keep: bool";

    private final NDManager scope;
    private final Map<String, long[]> shapes = new LinkedHashMap<>();
    private final List<Tap> taps;
    private final List<Boolean> means;
    private final TorchScript script;
    private final IValue packed;

    /**
     * Makes the program; {@link #canRun} says whether it can be.
     *
     * @param scope what it lives in
     * @param chunk how many examples go through all layers at a time
     * @param input the shape of one example
     * @param program the layers and taps
     * @param weights at least the layers' tensors
     */
    BlockedProgram(NDManager scope, int chunk, ActivationShape input, Program program, WeightSet weights) {
        this.scope = scope;
        Writer writer = new Writer(chunk, input);
        program.segments().forEach(writer::add);
        this.taps = writer.taps;
        this.means = writer.means;
        this.script = TorchScript.compile(
                scope,
                List.of(
                        new TorchScript.Function("pack", "w: List[Tensor]", List.of("return " + list(writer.packing))),
                        new TorchScript.Function("chunk", ARGUMENTS, writer.finished()),
                        new TorchScript.Function("forward", ARGUMENTS, inChunks(chunk)),
                        new TorchScript.Function(
                                "unpack", "p: List[Tensor]", List.of("return " + list(writer.unpacking)))));
        writer.names.forEach(name -> shapes.put(name, weights.get(name).shape()));
        this.packed = pack(writer, weights);
    }

    /**
     * Whether all layers are among those that have a blocked kernel, and all weights are numbers: oneDNN's relu makes a
     * zero of what is none, which would hide that weights are broken.
     */
    static boolean canRun(ActivationShape input, List<Stage> stages, WeightSet weights) {
        return input.isMap()
                && stages.stream().allMatch(stage -> canRun(stage.layers()))
                && weights.isFinite()
                && Engine.HAS_LAYOUTS;
    }

    /**
     * Runs a batch chunk by chunk, so that a chunk's activations stay in the cache of the processor, and only the batch
     * crosses into the engine.
     */
    private static List<String> inChunks(int chunk) {
        return """
                r = annotate(List[Tensor], [])
                n = torch.size(x, 0)
                if torch.le(n, CHUNK):
                  r = (self).chunk(x, p, keep, )
                else:
                  rs = annotate(List[List[Tensor]], [])
                  for i in range(torch.floordiv(torch.add(n, CHUNK - 1), CHUNK)):
                    start = torch.mul(i, CHUNK)
                    part = torch.slice(x, 0, start, torch.add(start, CHUNK))
                    _0 = torch.append(rs, (self).chunk(part, p, keep, ))
                  for j in range(torch.len(rs[0])):
                    same = annotate(List[Tensor], [])
                    for k in range(torch.len(rs)):
                      _1 = torch.append(same, rs[k][j])
                    _2 = torch.append(r, torch.cat(same))
                return r
                """.replace("CHUNK - 1", String.valueOf(chunk - 1))
                .replace("CHUNK", String.valueOf(chunk))
                .lines()
                .toList();
    }

    /** Asked once: where the engine is built without oneDNN, it has no blocked layouts. */
    private static final class Engine {
        private static final boolean HAS_LAYOUTS = hasLayouts();

        private static boolean hasLayouts() {
            try (NDManager scope = TensorEngine.newScope();
                    IValue argument = TorchScript.argument(scope.zeros(new Shape(1, 1, 1, 1)))) {
                TorchScript script = TorchScript.compile(
                        scope,
                        List.of(new TorchScript.Function(
                                "probe", "x: Tensor", List.of("return [torch.to_dense(torch.to_mkldnn(x))]"))));
                return script.run(scope, "probe", argument).size() == 1;
            } catch (EngineException e) {
                return false;
            }
        }
    }

    private static boolean canRun(List<Layer> layers) {
        return layers.stream().allMatch(BlockedProgram::canRun);
    }

    private static boolean canRun(Layer layer) {
        if (layer instanceof Layer.Linear linear) {
            return linear.adapter() == null;
        }
        boolean known = layer instanceof Layer.Residual
                || layer instanceof SkipConnection
                || layer instanceof Layer.Conv2d
                || layer instanceof Layer.Relu
                || layer instanceof Layer.MaxPool2d
                || layer instanceof AveragePool2d
                || layer instanceof Layer.GlobalAveragePool
                || layer instanceof Layer.Flatten
                || layer instanceof Layer.Dropout;
        return known && layer.chains().stream().allMatch(BlockedProgram::canRun);
    }

    private IValue pack(Writer writer, WeightSet weights) {
        try (NDManager passing = scope.newSubManager()) {
            List<NDArray> plain = new ArrayList<>();
            for (String name : writer.names) {
                FloatTensor tensor = weights.get(name);
                plain.add(passing.create(tensor.values(), new Shape(tensor.shape())));
            }
            try (IValue argument = TorchScript.argument(plain)) {
                return script.call("pack", argument);
            }
        }
    }

    /**
     * Runs a batch.
     *
     * @param activation (batch, channels, height, width)
     * @param keepLast whether the last stage's output is wanted
     */
    Program.Outcome run(NDArray activation, boolean keepLast) {
        try (IValue input = TorchScript.argument(activation);
                IValue keep = IValue.from(keepLast)) {
            List<NDArray> results = script.run(activation.getManager(), "forward", input, packed, keep);
            Map<Tap, NDArray> tapped = new LinkedHashMap<>();
            for (int i = 0; i < taps.size(); i++) {
                NDArray taken = results.get(i);
                Tap tap = taps.get(i);
                tapped.put(tap, means.get(i) ? taken : Kernels.pool(taken, tap.pooling(), Pass.inference()));
            }
            return new Program.Outcome(tapped, keepLast ? results.get(taps.size()) : null);
        }
    }

    /** The weights, as they lie in native memory. */
    WeightSet weights() {
        try (NDManager passing = scope.newSubManager()) {
            List<NDArray> plain = script.run(passing, "unpack", packed);
            Map<String, FloatTensor> tensors = new LinkedHashMap<>();
            int place = 0;
            for (Map.Entry<String, long[]> one : shapes.entrySet()) {
                tensors.put(
                        one.getKey(),
                        new FloatTensor(one.getValue(), plain.get(place++).toFloatArray()));
            }
            return WeightSet.of(tensors);
        }
    }

    @Override
    public void close() {
        packed.close();
    }

    private static String list(List<String> parts) {
        return parts.isEmpty() ? "annotate(List[Tensor], [])" : "[" + String.join(", ", parts) + "]";
    }

    /** A value of the function, and whether nothing else reads it, so that it may be overwritten. */
    private record Value(String name, ActivationShape shape, boolean owned) {
        Value shared() {
            return new Value(name, shape, false);
        }
    }

    /**
     * Writes the function, statement by statement. Numbers go in by {@code %s}: {@code %d} would write the digits of the
     * user's language.
     */
    private static final class Writer {
        private static final String COPY = "torch.clone(%s)";

        private final int chunk;
        private final List<String> statements = new ArrayList<>();
        private final List<String> names = new ArrayList<>();
        private final List<String> packing = new ArrayList<>();
        private final List<String> unpacking = new ArrayList<>();
        private final List<Tap> taps = new ArrayList<>();
        private final List<Boolean> means = new ArrayList<>();
        private final List<String> taken = new ArrayList<>();
        private int values;
        private Value current;

        Writer(int chunk, ActivationShape input) {
            this.chunk = chunk;
            this.current = new Value("v0", input, true);
            statements.add("v0 = torch.to_mkldnn(x)");
        }

        void add(Program.Segment segment) {
            current = after(segment.layers(), current);
            for (Tap tap : segment.taps()) {
                boolean mean = current.shape().isMap() && tap.pooling() == Pooling.MEAN;
                taps.add(tap);
                means.add(mean);
                taken.add((mean ? mean(current) : dense(current)).name());
            }
        }

        List<String> finished() {
            List<String> all = new ArrayList<>(statements);
            List<String> withLast =
                    Stream.concat(taken.stream(), Stream.of(plain(current))).toList();
            all.add("if keep:");
            all.add("  r = " + list(withLast));
            all.add("else:");
            all.add("  r = " + list(taken));
            all.add("return r");
            return all;
        }

        private Value after(List<Layer> layers, Value input) {
            Value value = input;
            for (Layer layer : layers) {
                value = after(layer, value);
            }
            return value;
        }

        private Value after(Layer layer, Value input) {
            ActivationShape shape = layer.outputShape(input.shape());
            if (layer instanceof Layer.Conv2d conv) {
                return convolved(conv, input, shape);
            } else if (layer instanceof Layer.Relu) {
                return rectified(input);
            } else if (layer instanceof Layer.MaxPool2d pool) {
                return set(
                        shape,
                        "torch.max_pool2d(%s, %s, %s, %s, [1, 1], False)"
                                .formatted(
                                        input.name(), pair(pool.kernel()), pair(pool.stride()), pair(pool.padding())));
            } else if (layer instanceof AveragePool2d pool) {
                return set(
                        shape,
                        "torch.avg_pool2d(%s, %s, %s, %s, False, True)"
                                .formatted(
                                        input.name(), pair(pool.kernel()), pair(pool.stride()), pair(pool.padding())));
            } else if (layer instanceof Layer.GlobalAveragePool) {
                return mean(input);
            } else if (layer instanceof Layer.Flatten) {
                return set(shape, "torch.reshape(%s, [-1, %s])".formatted(plain(input), shape.elements()));
            } else if (layer instanceof Layer.Linear linear) {
                return projected(linear, input, shape);
            } else if (layer instanceof Layer.Dropout) {
                return input;
            } else if (layer instanceof Layer.Residual residual) {
                return rectified(sum(residual.body(), residual.shortcut(), input));
            } else if (layer instanceof SkipConnection skip) {
                return sum(skip.body(), List.of(), input);
            }
            throw new AssertionError("no blocked kernel for " + layer);
        }

        private Value convolved(Layer.Conv2d conv, Value input, ActivationShape shape) {
            ActivationShape in = input.shape();
            String weight = packed(
                    conv.name() + ".weight",
                    "torch.mkldnn_reorder_conv2d_weight(torch.to_mkldnn(%s), %s, %s, [1, 1], %s, [%s, %s, %s, %s])"
                            .formatted(
                                    "%s",
                                    pair(conv.padding()),
                                    pair(conv.stride()),
                                    conv.groups(),
                                    chunk,
                                    in.channels(),
                                    in.height(),
                                    in.width()),
                    "torch.to_dense(%s)");
            String bias =
                    conv.bias() ? packed(conv.name() + ".bias", "torch.to_mkldnn(%s)", "torch.to_dense(%s)") : "None";
            return set(
                    shape,
                    "torch.conv2d(%s, %s, %s, %s, %s, [1, 1], %s)"
                            .formatted(
                                    input.name(),
                                    weight,
                                    bias,
                                    pair(conv.stride()),
                                    pair(conv.padding()),
                                    conv.groups()));
        }

        private Value projected(Layer.Linear linear, Value input, ActivationShape shape) {
            String weight = packed(linear.name() + ".weight", COPY, "%s");
            String bias = packed(linear.name() + ".bias", COPY, "%s");
            return set(shape, "torch.linear(%s, %s, %s)".formatted(input.name(), weight, bias));
        }

        private Value sum(List<Layer> body, List<Layer> shortcut, Value input) {
            Value left = after(body, input.shared());
            Value right = after(shortcut, input.shared());
            return set(
                    left.shape(),
                    (left.owned() ? "torch.add_(%s, %s)" : "torch.add(%s, %s)").formatted(left.name(), right.name()));
        }

        private Value rectified(Value input) {
            return set(input.shape(), (input.owned() ? "torch.relu_(%s)" : "torch.relu(%s)").formatted(input.name()));
        }

        private Value mean(Value map) {
            int channels = map.shape().channels();
            return set(
                    ActivationShape.vector(channels),
                    "torch.reshape(torch.to_dense(torch.adaptive_avg_pool2d(%s, [1, 1])), [-1, %s])"
                            .formatted(map.name(), channels));
        }

        private Value dense(Value value) {
            return set(value.shape(), plain(value));
        }

        /** A value in the engine's own layout, where it is a map; a vector is in no other. */
        private static String plain(Value value) {
            return value.shape().isMap() ? "torch.to_dense(" + value.name() + ")" : value.name();
        }

        /**
         * A tensor as the function gets it: packed once by an expression of the plain one, and unpacked by another. The
         * plain one lies in memory of Java's, which is gone after that.
         */
        private String packed(String name, String pack, String unpack) {
            int place = names.size();
            String inFunction = "p[" + place + "]";
            names.add(name);
            packing.add(pack.formatted("w[" + place + "]"));
            unpacking.add(unpack.formatted(inFunction));
            return inFunction;
        }

        private Value set(ActivationShape shape, String expression) {
            values++;
            Value value = new Value("v" + values, shape, true);
            statements.add(value.name() + " = " + expression);
            return value;
        }

        private static String pair(int number) {
            return "[" + number + ", " + number + "]";
        }
    }
}
